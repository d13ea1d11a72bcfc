import PolicyDirectory
import PolicyEngine
import PolicyTestSupport
import Testing

/// `assert nobody holds` is enforced when policies are granted.
@Suite struct SeparationTests {
  private var directory: DirectorySnapshot

  init() throws { directory = DirectorySnapshot(try engine(portal)) }

  private mutating func refusal(_ grant: PolicyGrant) -> String? {
    let count = directory.count
    do throws(GrantRefusal) { try directory.grant(grant) } catch {
      #expect(directory.count == count)
      return error.description
    }
    return nil
  }

  @Test mutating func `two grants, whatever their places`() throws {
    try directory.grant(PolicyGrant("Buyer", to: .user("bob"), in: "acme/plant-1"))
    #expect(
      refusal(PolicyGrant("Approver", to: .user("bob"), in: "acme/plant-2"))
        == "user `bob` would hold both `Approver` and `Buyer`, which nobody may"
    )
    try directory.revoke(PolicyGrant("Buyer", to: .user("bob"), in: "acme/plant-1"))
    #expect(refusal(PolicyGrant("Approver", to: .user("bob"))) == nil)
  }

  @Test mutating func `an assignment of the policy set, and a policy that includes one`() {
    #expect(
      refusal(PolicyGrant("Chief", to: .user("carl")))
        == "user `carl` would hold both `Approver` and `Buyer`, which nobody may"
    )
    #expect(refusal(PolicyGrant("Chief", to: .serviceAccount("carl"))) == nil)
  }

  @Test mutating func `by a declared group`() throws {
    try directory.grant(PolicyGrant("Buyer", to: .user("eve")))
    #expect(
      refusal(PolicyGrant("Approver", to: .group("staff")))
        == "user `eve` would hold both `Approver` and `Buyer`, which nobody may"
    )
    try directory.revokeAll(from: .user("eve"))
    #expect(refusal(PolicyGrant("Approver", to: .group("staff"))) == nil)
    #expect(
      refusal(PolicyGrant("Buyer", to: .user("ada")))
        == "user `ada` would hold both `Buyer` and `Approver`, which nobody may"
    )
  }

  @Test mutating func `by an open group and one that holds it`() throws {
    try directory.grant(PolicyGrant("Buyer", to: .group("operators")))
    #expect(
      refusal(PolicyGrant("Approver", to: .group("night")))
        == "whoever is in group `operators` would hold both `Approver` and `Buyer`, which nobody may"
    )
  }

  @Test mutating func `by everyone, and by anonymous`() throws {
    #expect(
      refusal(PolicyGrant("Approver", to: .everyone))
        == "user `carl` would hold both `Approver` and `Buyer`, which nobody may"
    )
    #expect(refusal(PolicyGrant("Buyer", to: .everyone)) == nil)
    #expect(
      refusal(PolicyGrant("Approver", to: .anonymous))
        == "an anonymous principal would hold both `Approver` and `Buyer`, which nobody may"
    )
    #expect(refusal(PolicyGrant("Approver", to: .user("zoe"))) != nil)
  }

  @Test mutating func `the other of two hundred principals is found`() throws {
    for number in 0..<200 {
      try directory.grant(PolicyGrant("Observer", to: .user("user-\(number)")))
    }
    try directory.grant(PolicyGrant("Approver", to: .user("user-77")))
    #expect(
      refusal(PolicyGrant("Buyer", to: .everyone))
        == "user `user-77` would hold both `Buyer` and `Approver`, which nobody may"
    )
  }
}
