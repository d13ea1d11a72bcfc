import PolicyCommands
import Testing

/// `pol test`.
@Suite struct TestCommandTests {
  private static let set = """
    catalogue portal { context { mfa: Bool }  service device { list delete } }
    role Observer { allow device.list }
    role Operator { allow device.delete when context.mfa }

    """

  private func test(_ text: String, _ options: String = "") throws -> Session.Outcome {
    try Session(["a.pol": Self.set + text]).pol("test DIR " + options)
  }

  @Test func `what holds is counted`() throws {
    let outcome = try test(
      """
      test "one" { as Observer  allow device.list  deny device.delete }
      test "two" { as Observer, Operator  allow device.* with context.mfa = true }
      assert anyone cannot device.delete when not context.mfa
      """
    )
    #expect(outcome.status == .success)
    #expect(
      outcome.output == """
        2 tests passed, with 4 expectations
        1 assertion proved
        covered: 100% of 2 rules, 100% of 2 cells, 50% of 2 condition outcomes, \
        50% of 2 check outcomes

        """
    )
    #expect(outcome.error.isEmpty)
  }

  @Test func `what is not proved fails where that is asked for`() throws {
    let session = try Session([
      "a.pol": """
      catalogue portal { service device { resource { level: Int  limit: Int } update } }
      role Operator {
        allow device.update when resource.level < resource.limit
          and resource.limit < 3 and resource.level > 4
      }
      test "none" { as Operator  deny device.update }
      assert Operator cannot device.update
      """
    ])
    let outcome = session.pol("test DIR")
    #expect(outcome.status == .success)
    #expect(outcome.output.contains("1 assertion: 0 proved, 1 not proved"))
    #expect(session.pol("test DIR --fail-on warning").status == .negative)
    #expect(
      session.pol("check DIR --fail-on warning --only assertion-not-proved").status == .negative
    )
  }

  @Test func `what does not hold is shown and counted`() throws {
    let text = """
      test "one" { as Observer  allow device.list  deny device.list }
      test "two" { as Observer  deny device.delete }
      assert anyone cannot device.delete
      assert Observer cannot device.delete
      """
    let outcome = try test(text)
    #expect(outcome.status == .negative)
    #expect(outcome.output.hasPrefix("error[test-failed]: "))
    #expect(outcome.output.contains("\nerror[assertion-failed]: "))
    #expect(
      outcome.output.hasSuffix(
        """

        1 of 2 tests failed: 1 of 3 expectations do not hold
        2 assertions: 1 proved, 1 refuted
        covered: 50% of 2 rules, 50% of 2 cells, 0% of 2 condition outcomes, 0% of 2 check outcomes

        """
      )
    )
    let json = try test(text, "--format json")
    #expect(json.status == .negative)
    #expect(json.output.contains(#""code": "assertion-failed""#))
    #expect(json.output.contains(#""refuted": 1"#))
    // `check` proves assertions too, and runs no tests.
    let check = try Session(["a.pol": Self.set + text]).pol("check DIR")
    #expect(check.status == .negative)
    #expect(check.output.contains("assertion-failed") && !check.output.contains("test-failed"))
  }

  @Test func `a filter leaves assertions out`() throws {
    let text = """
      test "one" { as Observer  allow device.list }
      test "two" { as Observer  allow device.delete }
      assert anyone cannot device.delete
      """
    let outcome = try test(text, "--filter one")
    #expect(outcome.status == .success)
    #expect(outcome.output == "1 test passed, with 1 expectation\n")
    let none = try test(text, "--filter three")
    #expect(none.status == .unable)
    #expect(
      none.error == """
        error: no test has `three` in its title
          = help: a title is such as `one`

        """
    )
    let near = try test(text, "--filter oen")
    #expect(near.status == .unable)
    #expect(near.error.hasSuffix("= help: did you mean `one`?\n"))
  }

  @Test(
    arguments: [
      ("e", 2), ("o*", 1), ("*o*", 2), ("t?o", 1), ("?", 0), ("*", 3), ("*ee", 0), ("tw", 1),
      ("t*e", 1), ("", 3), ("**e*", 2), ("ONE", 0), ("two?", 0), ("*e?e", 1),
    ]
  ) func `a filter is a part of a title, or a pattern for the whole`(
    filter: String,
    count: Int
  ) throws {
    let text = """
      test "one" { as Observer  allow device.list }
      test "two" { as Observer  allow device.list }
      test "three e" { as Observer  allow device.list }
      """
    let outcome = try Session(["a.pol": Self.set + text]).pol(["test", "DIR", "--filter", filter])
    #expect(outcome.status == (count == 0 ? .unable : .success))
    let noun = count == 1 ? "test" : "tests"
    if count > 0 { #expect(outcome.output.hasPrefix("\(count) \(noun) passed")) }
  }

  @Test func `what denies by default shows the rules that came near`() throws {
    let outcome = try test("test \"t\" { as Operator  allow device.delete }")
    #expect(outcome.status == .negative)
    #expect(
      outcome.output.contains(
        """
        3│ role Operator { allow device.delete when context.mfa }
         │                       ------------- `Operator#1` would allow it
        """
      )
    )
    let because = try test(
      """
      policy guard { deny device.list because "not now" }
      test "t" { as Observer, guard  deny device.list because "never" }
      """
    )
    #expect(because.output.contains("\n = note: `guard#1` says \"not now\"\n"))
  }

  @Test func `an empty run is not a green run`() throws {
    let outcome = try test("")
    #expect(outcome.status == .unable)
    #expect(outcome.error.hasPrefix("error: there are no tests and no assertions\n"))
    #expect(outcome.error.contains("`pol test --generate` writes"))
    let broken = try test("test \"x\" { as Observr }")
    #expect(broken.status == .unchecked)
    #expect(broken.output.isEmpty)
  }
}
