import PolicyEngine
import PolicyModel
import PolicyTestSupport
import Testing

/// Section 5, clauses 4 and 5: when rules apply, and what is decided.
@Suite struct RuleTests {
  @Test func `what no rule allows is denied by default`() throws {
    let set = try policySet(catalogue + "role R { allow device.list }")
    let decision = interpret(RequestData(action: set.action("device.list")), in: set)
    #expect(decision == .denyByDefault)
  }

  @Test func `a deny beats every allow, wherever it stands`() throws {
    let rules = ["role A { allow device.* }", "policy D { deny device.delete }"]
    for text in [rules.joined(separator: "\n"), rules.reversed().joined(separator: "\n")] {
      let found = try failures(
        text + """

          test "both" { as A, D  allow device.list, device.update  deny device.delete }
          test "one" { as A  allow device.delete }
          test "other" { as D  deny device.list, device.delete }
          """
      )
      #expect(found == [])
    }
  }

  @Test func `an allow applies only when its condition is true`() throws {
    let found = try failures(
      """
      role R { allow device.list when context.mfa }
      test "t" {
        as R
        allow device.list with context.mfa = true
        deny device.list with context.mfa = false
        deny device.list
      }
      """
    )
    #expect(found == [])
  }

  @Test func `a deny applies unless its condition is false`() throws {
    let found = try failures(
      """
      role R { allow device.list  deny device.list when context.mfa }
      test "t" {
        as R
        deny device.list with context.mfa = true
        allow device.list with context.mfa = false
        deny device.list
      }
      """
    )
    #expect(found == [])
  }

  @Test func `unless takes away what when gives`() throws {
    let found = try failures(
      """
      role R { allow device.list when context.level > 3 unless context.mfa }
      policy D { deny device.list when context.level > 8 unless context.mfa }
      test "an allow" {
        as R
        allow device.list with context.level = 4, context.mfa = false
        deny device.list with context.level = 4, context.mfa = true
        deny device.list with context.level = 4
        deny device.list with context.level = 3, context.mfa = false
      }
      test "a deny" {
        as R, D
        deny device.list with context.level = 9, context.mfa = false
        deny device.list with context.level = 9
        allow device.list with context.level = 8, context.mfa = false
        deny device.list with context.level = 8
      }
      """
    )
    #expect(found == [])
  }

  @Test func `what is false decides beside what is unknown`() throws {
    let found = try failures(
      """
      role R { allow device.list unless context.mfa and context.level > 3 }
      role S { allow device.get when context.mfa or context.level > 3 }
      test "t" {
        as R, S
        allow device.list with context.mfa = false
        deny device.list with context.mfa = true
        allow device.get with context.mfa = true
        deny device.get with context.mfa = false
      }
      """
    )
    #expect(found == [])
  }

  @Test func `who holds a policy holds what it includes`() throws {
    let found = try failures(
      """
      role Base { allow device.list }
      role Middle includes Base { allow device.get }
      role Top includes Middle { deny device.update }
      role Other { allow device.update }
      test "t" { as Top, Other  allow device.list, device.get  deny device.update }
      test "not the other way round" { as Base  allow device.list  deny device.get }
      """
    )
    #expect(found == [])
  }

  @Test func `the best of several ways to a policy counts`() throws {
    let found = try failures(
      """
      ou acme { plant }
      role R { allow device.list }
      policy D { deny device.get }
      role G { allow device.get }
      assign R to user "ada" in acme/plant
      assign R to user "ada" when context.mfa
      assign G to user "ada"
      assign D to user "ada" when context.mfa
      test "t" {
        as user "ada"
        allow device.list in acme/plant
        allow device.list in outside with context.mfa = true
        deny device.list in outside with context.mfa = false
        deny device.list in outside
        allow device.get with context.mfa = false
        deny device.get
      }
      """
    )
    #expect(found == [])
  }

  @Test func `the deciding rules come in their order, with how they came into force`() throws {
    let set = try policySet(
      catalogue + """
        role A { allow device.list  allow device.list when context.mfa  allow device.list }
        role B includes A { }
        assign B to everyone
        assign A to everyone
        """
    )
    let list = set.action("device.list")
    let decision = interpret(
      RequestData(held: [Holding(set.policy("A"))], action: list),
      in: set
    )
    #expect(decision.effect == .allow && decision.basis == .rule)
    #expect(decision.deciding.map(\.rule) == [RuleIndex(0), RuleIndex(2)])
    #expect(decision.deciding.allSatisfy { $0.policy == set.policy("B") })
    #expect(decision.deciding.allSatisfy { $0.grant == .assignment(AssignmentIndex(0)) })
  }
}
