import PolicyAnalysis
import PolicyModel
import PolicySource
import PolicyTestSupport
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
    // Anonymous principals hold what is assigned to them.
    (
      "role R { allow device.list } assign R to anonymous assert anyone cannot device.list", false
    ),
    (
      "role R { allow device.list } assign R to anonymous assert everyone cannot device.list", true
    ),
    // Whoever everyone's assignment makes a holder is not another.
    (
      "role R { allow device.list } role S { } assign R to everyone "
        + "assert only R can device.list", true
    ),
    (
      "role R { allow device.list } role S includes R { } role T { } "
        + "assign S to everyone when context.mfa assert only R can device.list", true
    ),
    (
      "role R { allow device.list } role S { } role T { allow device.list when context.mfa } "
        + "assign R to everyone when context.mfa assert only R can device.list", true
    ),
    // A group that denies denies whoever is in it, whatever else one holds.
    (
      "group g policy D { deny device.* } role R { allow device.list } assign D to group g "
        + "assert anyone cannot device.list when principal in group g", true
    ),
    (
      "group g group h { group g } policy D { deny device.get } "
        + "role R { allow device.read when principal in group h } assign D to group g "
        + "assert R cannot device.read", false
    ),
    // Nobody is two.
    (
      "role R { allow device.list when principal == user \"x\" and principal is service-account } "
        + "assert R cannot device.list", true
    ),
    (
      "group g { user \"x\" } role R { allow device.list when principal in group g "
        + "and principal == user \"y\" } assert R cannot device.list", true
    ),
    // An element that is below a path is below all that it is below; a set is there or is not.
    (
      "role R { allow device.list when resource.trees under \"a/b\" "
        + "and not resource.trees under \"a\" } assert R cannot device.list", true
    ),
    (
      "role R { allow device.list when resource.tags contains \"a\" "
        + "and resource.tags contains \"b\" } "
        + "assert R cannot device.list when not has resource.tags", true
    ),
    (
      "role R { allow device.list when resource.owner == principal } "
        + "assert R cannot device.list when not has resource.owner", true
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
    (
      "role A { } role B { } assign A to everyone assign B to anonymous assert nobody holds A, B",
      false
    ),
    (
      "role A { } role B { } role C { } assign A to user \"x\" assign C to user \"x\" "
        + "assert nobody holds A, B, C", false
    ),
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

  @Test func `what requests alone bring together is a note`() throws {
    let set = try policySet(
      catalogue + """
        group g group h role A { } role B { }
        assign A to user "x" assign B to group g assign A to group h
        assert nobody holds A, B
        """
    )
    let run = judgeAssertions(of: set)
    #expect(run.proved == 1)
    let finding = try #require(run.diagnostics.first)
    #expect(run.diagnostics.count == 1 && finding.severity == .note)
    #expect(
      finding.notes == [
        "user \"x\" holds `A`, and whoever is in `group g` `B`",
        "whoever is in `group g` holds `B`, and whoever is in `group h` `A`",
      ]
    )
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
