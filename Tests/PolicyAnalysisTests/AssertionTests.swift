import PolicyAnalysis
import PolicyModel
import PolicySource
import Testing

@Suite struct AssertionTests {
  @Test(arguments: samples) func `every assertion of the samples is proved`(_ name: String) throws {
    let set = try sample(name)
    let run = judgeAssertions(of: set)
    #expect(run.diagnostics.map(\.message) == [])
    #expect(run.proved == set.assertions.count)
    #expect(run.proved > 0)
  }

  /// Text after the catalogue, and whether its one assertion is proved.
  static let cases: [(text: String, isProved: Bool)] = [
    ("role R { allow device.read } assert R cannot device.write", true),
    ("role R { allow device.* } assert R cannot device.write", false),
    ("role R { allow device.delete when context.mfa } assert R cannot device.delete", false),
    (
      "role R { allow device.delete when context.mfa } "
        + "assert R cannot device.delete when not context.mfa", true
    ),
    ("role R { allow device.list } assert R can device.list", true),
    ("role R { allow device.list when context.mfa } assert R can device.list", false),
    (
      "role R { allow device.list when context.mfa } assert R can device.list when context.mfa",
      true
    ),
    // A guardrail denies, also where its attribute is missing.
    (
      "role R { allow device.* } policy G { deny device.delete unless context.mfa } "
        + "assign G to everyone assert R can device.delete", false
    ),
    (
      "role R { allow device.* } policy G { deny device.delete unless context.mfa } "
        + "assign G to everyone assert R can device.delete when context.mfa", true
    ),
    (
      "role R { allow device.* } policy G { deny device.delete unless context.mfa } "
        + "assign G to everyone assert anyone cannot device.delete when not context.mfa", true
    ),
    ("role R { allow device.* } assert anyone cannot device.delete", false),
    // Thresholds that exclude each other have no class in common.
    (
      "role R { allow device.update when context.level > 5 and context.level < 3 } "
        + "assert R cannot device.update", true
    ),
    (
      "role R { allow device.update when context.level > 3 and context.level < 5 } "
        + "assert R cannot device.update", false
    ),
    // Two attributes compared with each other.
    (
      "role R { allow device.update when resource.size < resource.limit } "
        + "assert R cannot device.update when resource.size == resource.limit", true
    ),
    (
      "role R { allow device.update when resource.size < resource.limit } "
        + "assert R cannot device.update", false
    ),
    (
      "role R { allow device.update when resource.owner == principal } "
        + "assert R cannot device.update", false
    ),
    (
      "role R { allow device.update when resource.tags contains \"a\" } "
        + "assert R cannot device.update when resource.tags contains \"b\"", false
    ),
    // Only.
    ("role R { allow device.* } role S { allow device.read } assert only R can device.write", true),
    (
      "role R { allow device.* } role S { allow device.write } assert only R can device.write",
      false
    ),
    ("role R { allow device.* } role S includes R { } assert only R can device.write", true),
    // Units.
    (
      "ou a { b } role R { allow device.list } assign R to everyone in a "
        + "assert everyone cannot device.list in outside", true
    ),
    (
      "ou a { b } role R { allow device.list } assign R to everyone in a "
        + "assert everyone can device.list in a/b", true
    ),
    (
      "ou a { b } role R { allow device.list } assign R to everyone in a/b "
        + "assert everyone can device.list in a", false
    ),
    // Subjects.
    ("role R { allow device.list } assign R to user \"x\" assert user \"x\" can device.list", true),
    (
      "role R { allow device.list } assign R to user \"x\" assert user \"y\" cannot device.list",
      true
    ),
    (
      "group g { user \"x\" } role R { allow device.list } assign R to group g "
        + "assert user \"x\" can device.list", true
    ),
    (
      "group g role R { allow device.list when principal in group g } "
        + "assign R to everyone assert group g can device.list", true
    ),
    (
      "group g role R { allow device.list when principal in group g } "
        + "assign R to everyone assert user \"x\" cannot device.list", true
    ),
    (
      "role R { allow device.list unless principal is anonymous } assign R to everyone "
        + "assert anonymous cannot device.list", true
    ),
    (
      "role R { allow device.list when principal == user \"x\" } assign R to everyone "
        + "assert user \"y\" cannot device.list", true
    ),
    (
      "role R { allow device.list when principal == user \"x\" } assign R to everyone "
        + "assert user \"x\" can device.list", true
    ),
    // Separation of duties.
    (
      "role A { } role B { } assign A to user \"x\" assign B to user \"y\" "
        + "assert nobody holds A, B", true
    ),
    (
      "role A { } role B { } assign A to user \"x\" assign B to group g "
        + "group g { user \"x\" } assert nobody holds A, B", false
    ),
    ("role A { } role B { } role C includes A, B { } assert nobody holds A, B", false),
    ("group g role A { } role B { } assign A, B to group g assert nobody holds A, B", false),
  ]

  @Test(arguments: cases.indices) func `an assertion is judged`(_ index: Int) throws {
    let (text, isProved) = Self.cases[index]
    let run = judgeAssertions(of: try policySet(catalogue + text))
    #expect(
      (run.proved, run.refuted, run.notProved) == (isProved ? (1, 0, 0) : (0, 1, 0)),
      "\(text)"
    )
  }

  @Test func `what cannot be decided is not claimed`() throws {
    let set = try policySet(
      catalogue + """
        role R {
          allow device.update when resource.size < resource.limit
            and resource.limit < 3 and resource.size > 4
        }
        assert R cannot device.update
        """
    )
    let run = judgeAssertions(of: set)
    #expect((run.proved, run.refuted, run.notProved) == (0, 0, 1))
    #expect(run.diagnostics.map(\.code) == [.assertionNotProved])
  }

  @Test func `a broken assertion shows a request and the rules`() throws {
    let set = try policySet(
      catalogue + """
        role R { allow device.delete when context.mfa }
        assert R cannot device.write
        """
    )
    let finding = try #require(judgeAssertions(of: set).diagnostics.first)
    #expect(finding.message == "someone who holds `R` can `device.delete`")
    #expect(
      finding.notes == [
        "the request: device.delete as someone who holds `R`, with context.mfa = true"
      ]
    )
    #expect(finding.secondary.map(\.text) == ["`R#1` allows"])
  }
}
