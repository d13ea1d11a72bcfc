import PolicyDirectory
import PolicyEngine
import PolicyTestSupport
import Testing

/// Grants mean what assignments do, and what is refused is refused by name.
@Suite struct GrantTests {
  private let policies: PolicyEngine
  private var directory: DirectorySnapshot

  init() throws {
    policies = try engine(portal)
    directory = DirectorySnapshot(policies)
  }

  @Test mutating func `a grant covers its unit and all below, until it is revoked`() throws {
    let grant = PolicyGrant("Observer", to: .user("bob"), in: "acme/plant-2")
    let before = try directory.subject(.user("bob"))
    #expect(try directory.grant(grant))
    #expect(try !directory.grant(grant), "granted already")
    let bob = try directory.subject(.user("bob"))
    #expect(try policies.allows(bob, "device.list", in: "acme/plant-2/line-a"))
    #expect(try !policies.allows(bob, "device.list", in: "acme/plant-1"))
    #expect(try !policies.allows(bob, "device.list"), "the unit is not said")
    #expect(try !policies.allows(bob, "device.delete", in: "acme/plant-2"))
    #expect(try !policies.allows(before, "device.list", in: "acme/plant-2"), "prepared before")
    #expect(
      try !policies.allows(directory.subject(.serviceAccount("bob")), "device.list", in: "acme")
    )
    #expect(try directory.revoke(grant))
    #expect(try !directory.revoke(grant))
    #expect(directory.count == 0)
    #expect(try policies.allows(bob, "device.list", in: "acme/plant-2"), "prepared meanwhile")
    let after = try directory.subject(.user("bob"))
    #expect(try !policies.allows(after, "device.list", in: "acme/plant-2"))
  }

  @Test mutating func `groups, everyone and anonymous`() throws {
    try directory.grant(PolicyGrant("Operator", to: .group("night")))
    try directory.grant(PolicyGrant("Observer", to: .anonymous))
    let operators = try directory.subject(.user("x"), groups: ["operators"])
    #expect(try policies.allows(operators, "device.delete"), "night holds operators")
    #expect(try !policies.allows(directory.subject(.user("x"), groups: []), "device.delete"))
    #expect(try !policies.allows(directory.subject(.user("x")), "device.delete"), "not known")
    #expect(try policies.allows(directory.subject(.anonymous), "device.list"))
    #expect(try !policies.allows(directory.subject(.user("x"), groups: []), "device.list"))
    try directory.grant(PolicyGrant("Guard", to: .everyone))
    #expect(
      try !policies.allows(
        directory.subject(.user("x"), groups: ["operators"]),
        "device.delete"
      )
    )
  }

  @Test mutating func `what is not known never widens, and its denies count`() throws {
    try directory.grant(PolicyGrant("Observer", to: .everyone))
    try directory.grant(PolicyGrant("Operator", to: .everyone))
    try directory.grant(PolicyGrant("Guard", to: .user("mallory")))
    let unknown = try directory.subject(.user(nil), groups: [])
    #expect(try !policies.allows(unknown, "device.delete"), "it may be mallory")
    #expect(try policies.allows(unknown, "device.list"))
    let robot = try directory.subject(.serviceAccount(nil), groups: [])
    #expect(try policies.allows(robot, "device.delete"))
    try directory.revokeAll(from: .user("mallory"))
    #expect(try policies.allows(directory.subject(.user(nil), groups: []), "device.delete"))
  }

  @Test mutating func `conditions of the policy set, by name`() throws {
    try directory.grant(PolicyGrant("Operator", to: .user("bob"), when: "mfa"))
    let bob = try directory.subject(.user("bob"))
    #expect(try policies.allows(bob, "device.delete", mfa: true))
    #expect(try !policies.allows(bob, "device.delete", mfa: false))
    #expect(try !policies.allows(bob, "device.delete"))
    // What the policy includes may be granted on its condition; another policy may not.
    try directory.grant(PolicyGrant("Observer", to: .user("eve"), when: "mfa"))
    #expect(throws: GrantRefusal.conditionOfOtherPolicies("late", policy: "Guard")) {
      try directory.grant(PolicyGrant("Guard", to: .user("bob"), when: "late"))
    }
    #expect(throws: GrantRefusal.unknownCondition("never")) {
      try directory.grant(PolicyGrant("Guard", to: .user("bob"), when: "never"))
    }
  }

  @Test mutating func `an explanation names the grant`() throws {
    try directory.grant(
      PolicyGrant("Operator", to: .group("staff"), in: "acme", when: "mfa")
    )
    let ada = try directory.subject(.user("ada"), holding: ["Buyer"], groups: [])
    var request = policies.request(ada, try policies.action("device.update"))
    request.unit = try policies.unit("acme/plant-1")
    try request.set("context.mfa", true)
    let why = policies.explain(request)
    #expect(why.decision.isAllowed)
    #expect(
      why.reasons.map(\.grant) == [.granted(to: "group `staff`", unit: "acme", condition: "mfa")]
    )
    request.action = try policies.action("device.create")
    #expect(policies.explain(request).reasons.map(\.policy) == ["Operator", "Buyer"])
  }

  @Test mutating func `names that are not there are refused, and nothing is changed`() throws {
    for (grant, refusal) in [
      (PolicyGrant("Observr", to: .everyone), GrantRefusal.unknownPolicy("Observr")),
      (PolicyGrant("Observer", to: .everyone, in: "plant-2"), .unknownUnit("plant-2")),
      (PolicyGrant("Observer", to: .group("operator")), .unknownGroup("operator")),
    ] {
      #expect(throws: refusal) { try directory.grant(grant) }
      #expect(throws: refusal) { try directory.revoke(grant) }
      #expect(!refusal.help.isEmpty && !refusal.description.isEmpty)
    }
    #expect(directory.count == 0)
    #expect(directory.grants == [])
  }

  @Test mutating func `ids are compared by their bytes`() throws {
    try directory.grant(PolicyGrant("Observer", to: .user("b\u{e9}a")))
    #expect(try policies.allows(directory.subject(.user("b\u{e9}a")), "device.list"))
    #expect(try !policies.allows(directory.subject(.user("be\u{301}a")), "device.list"))
    #expect(
      PolicyGrant("Observer", to: .user("b\u{e9}a"))
        != PolicyGrant("Observer", to: .user("be\u{301}a"))
    )
  }

  @Test mutating func `grants are listed in one order, however they were made`() throws {
    let grants = [
      PolicyGrant("Observer", to: .everyone),
      PolicyGrant("Observer", to: .group("staff"), in: "acme/plant-1"),
      PolicyGrant("Observer", to: .user("ada")),
      PolicyGrant("Operator", to: .user("ada"), in: "acme", when: "mfa"),
      PolicyGrant("Guard", to: .user("bob")),
    ]
    for grant in grants { try directory.grant(grant) }
    let other = try DirectorySnapshot(policies, grants.reversed())
    #expect(directory.grants == grants)
    #expect(other.grants == grants)
    #expect(directory.grants(to: .user("ada")) == Array(grants[2...3]))
    #expect(directory.grants.map(\.description)[3].hasSuffix("in `acme` when `mfa`"))
    #expect(directory.count == 5)
  }

  @Test mutating func `grants move to other policies, all or none`() throws {
    try directory.grant(PolicyGrant("Guard", to: .user("ada"), in: "acme"))
    let same = try directory.moved(to: engine(portal))
    #expect(same.grants == directory.grants)
    #expect(same.engine !== policies)
    let without = portal.replacing("policy Guard { deny device.delete }\n", with: "")
      .replacing("Operator, Guard", with: "Operator")
    let smaller = try engine(without)
    #expect(throws: GrantRefusal.unknownPolicy("Guard")) { try directory.moved(to: smaller) }
  }
}
