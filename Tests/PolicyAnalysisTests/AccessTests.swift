import PolicyEngine
import PolicyModel
import PolicyTestSupport
import Testing

@testable import PolicyAnalysis

/// Who can do what, and when.
@Suite struct AccessTests {
  private func told(_ text: String, _ givens: AccessGivens = AccessGivens()) throws -> [String] {
    let set = try policySet(catalogue + text)
    return whoCan(ActionIndex(0), given: givens, in: set).flatMap { row in
      row.grants.map { grant in
        let condition = grant.condition.map { "when " + conditionText($0, in: set) } ?? "always"
        let places = grant.places.words(in: set)
        let shown = grant.example == nil ? " ?" : ""
        return
          "\(describe(row.subject, in: set)): \(places)\(places.isEmpty ? "" : ", ")\(condition)"
          + shown
      }
    }
  }

  @Test func `what is left of conditions`() throws {
    let text = """
      let strong = context.mfa and context.ip in "10.0.0.0/8"
      role R { allow device.list when context.mfa or strong }
      role O { allow device.list when resource.owner == principal }
      policy G { deny device.list unless context.level < 3 }
      assign G to everyone
      assign O, R to user "ada"
      """
    let open = try told(text)
    #expect(
      open == [
        "policy R: when context.level < 3 and context.mfa",
        "policy O: when context.level < 3 and principal == resource.owner",
        "user \"ada\": when (context.mfa or resource.owner == user \"ada\") and context.level < 3",
      ]
    )
    let givens = AccessGivens(values: [
      .attribute(AttributeIndex(0)): .bool(true), .attribute(AttributeIndex(1)): .int(1),
    ])
    let given = try told(text, givens)
    #expect(
      given == [
        "policy R: always", "policy O: when principal == resource.owner", "user \"ada\": always",
      ]
    )
  }

  @Test func `places, with exceptions`() throws {
    let text = """
      ou acme { plant { line } office }
      role R { allow device.list }
      policy G { deny device.list }
      policy M { deny device.list unless context.mfa }
      assign R to user "ada" in acme
      assign G to everyone in acme/plant
      assign M to group crew in acme/office
      group crew { user "ada" }
      """
    #expect(
      try told(text) == [
        "policy R: everywhere but in `acme/plant`, always",
        "user \"ada\": in `acme`, but not in `acme/plant`, `acme/office`, always",
        "user \"ada\": in `acme/office`, when context.mfa",
      ]
    )
    let line = AccessGivens(unit: .unit(UnitIndex(2)))
    #expect(try told(text, line) == [])
    #expect(
      try told(text, AccessGivens(unit: .unit(UnitIndex(3)))) == [
        "policy R: always", "user \"ada\": when context.mfa",
      ]
    )
  }

  @Test func `what somebody can do`() throws {
    let text = """
      role R { allow device.read  allow device.delete when context.mfa }
      assign R to user "ada"
      """
    let set = try policySet(catalogue + text)
    let all = ActionSet([0..<set.catalogue.actions.count])
    let found = whatCan(.principal(.user("ada")), within: all, in: set)
    var patterns = ActionPatterns(set.catalogue)
    #expect(found.map { patterns.patterns($0.actions) } == [["device.read"], ["device.delete"]])
    #expect(found.map { $0.grant.condition == nil } == [true, false])
    #expect(found.allSatisfy { $0.grant.example != nil })
  }
}

private func describe(_ subject: AccessSubject, in set: PolicySet) -> String {
  switch subject {
  case .everyone: "everyone"
  case .anonymous: "anonymous"
  case .policy(let policy): "policy \(describe(policy, in: set))"
  case .group(let group): describe(Subject.group(group), in: set)
  case .principal(let id): describe(id)
  }
}
