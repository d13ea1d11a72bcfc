import PolicyEngine
import PolicyModel
import PolicyTestSupport
import Testing

/// Section 5, clauses 1 and 3, and what is said of anonymous principals.
@Suite struct PrincipalTests {
  private static let groups = """
    group ops { user "bob"  service-account "ingest"  group night }
    group night
    group all-ops { group ops }
    role R { allow device.list }
    policy D { deny device.get }
    role G { allow device.get }
    assign R to group all-ops
    assign G to everyone
    assign D to group all-ops

    """

  private func effects(
    _ identity: PrincipalIdentity,
    _ kind: PrincipalKind = .user,
    groups: [String]? = nil
  ) throws -> [Effect] {
    let set = try policySet(catalogue + Self.groups)
    return ["device.list", "device.get"].map { path in
      set.effect(
        RequestData(
          kind: kind,
          identity: identity,
          groups: groups.map { Set($0.map { set.group($0) }) },
          action: set.action(path)
        )
      )
    }
  }

  @Test func `a listed member is in the group and in what contains it`() throws {
    #expect(try effects(.named("bob"), groups: []) == [.allow, .deny])
    #expect(try effects(.named("ingest"), .serviceAccount, groups: []) == [.allow, .deny])
  }

  @Test func `an id alone does not make a member, nor the kind alone`() throws {
    #expect(try effects(.named("ingest"), groups: []) == [.deny, .allow])
    #expect(try effects(.named("Bob"), groups: []) == [.deny, .allow])
  }

  @Test func `ids are compared by their bytes`() throws {
    let set = try policySet(
      catalogue + "role R { allow device.list } assign R to user \"\u{e9}\""
    )
    for (id, effect) in [("\u{e9}", Effect.allow), ("e\u{301}", .deny)] {
      let request = RequestData(identity: .named(id), action: set.action("device.list"))
      #expect(set.effect(request) == effect)
    }
  }

  @Test func `of an open group the request says who is in it`() throws {
    #expect(try effects(.named("eve"), groups: ["night"]) == [.allow, .deny])
    #expect(try effects(.named("eve"), groups: []) == [.deny, .allow])
  }

  @Test func `membership of an open group is unknown when no groups are said`() throws {
    #expect(try effects(.named("eve"), groups: nil) == [.deny, .deny])
    // Whoever is listed is a member all the same.
    #expect(try effects(.named("bob"), groups: nil) == [.allow, .deny])
  }

  @Test func `a principal without an id is perhaps a listed one of its kind`() throws {
    #expect(try effects(.unknown, groups: []) == [.deny, .deny])
    #expect(try effects(.someone, groups: []) == [.deny, .allow])
    let set = try policySet(
      catalogue + """
        group people { user "bob" }
        policy D { deny device.list }
        role R { allow device.list }
        assign D to group people
        assign R to everyone
        """
    )
    func effect(_ kind: PrincipalKind) -> Effect {
      set.effect(
        RequestData(kind: kind, identity: .unknown, groups: [], action: set.action("device.list"))
      )
    }
    #expect(effect(.user) == .deny)
    #expect(effect(.serviceAccount) == .allow)
  }

  @Test func `everyone is everyone, and anonymous only the anonymous`() throws {
    let found = try failures(
      """
      role R { allow device.list }
      role A { allow device.get }
      assign R to everyone
      assign A to anonymous
      test "anonymous" { as anonymous  allow device.list, device.get }
      test "someone" { as user "x"  allow device.list  deny device.get }
      test "everyone" { allow device.list  deny device.get }
      """
    )
    #expect(found == [])
  }

  @Test func `an anonymous principal is in no group, holds nothing and has no id`() throws {
    let set = try policySet(
      catalogue + """
        group night
        role R { allow device.list }
        role N { allow device.get when principal not in group night }
        role I { allow device.update when principal is anonymous }
        role P { allow device.delete unless principal == user "x" }
        assign R to group night
        assign N, I, P to everyone
        """
    )
    func effect(_ path: String) -> Effect {
      set.effect(
        RequestData(
          kind: .anonymous,
          groups: [set.group("night")],
          held: [Holding(set.policy("R"))],
          action: set.action(path)
        )
      )
    }
    #expect(effect("device.list") == .deny)
    #expect(effect("device.get") == .allow)
    #expect(effect("device.update") == .allow)
    // Comparing it is unknown, and so is the negation.
    #expect(effect("device.delete") == .deny)
  }

  @Test func `the kind of a principal is always known`() throws {
    let found = try failures(
      """
      role R {
        allow device.list when principal is user
        allow device.get when principal is service-account
      }
      assign R to everyone
      test "a user" { as user "x"  allow device.list  deny device.get }
      test "an account" { as service-account "x"  deny device.list  allow device.get }
      test "anonymous" { as anonymous  deny device.list, device.get }
      """
    )
    #expect(found == [])
  }

  @Test func `a policy that the request holds is in force in its unit and below`() throws {
    let set = try policySet(
      catalogue + "ou acme { plant { line } } ou other role R { allow device.list }"
    )
    func effect(_ unit: ResourceUnit, in held: String?) -> Effect {
      set.effect(
        RequestData(
          held: [Holding(set.policy("R"), in: held.map { set.unit($0) })],
          action: set.action("device.list"),
          unit: unit
        )
      )
    }
    #expect(effect(.unit(set.unit("acme/plant/line")), in: "acme/plant") == .allow)
    #expect(effect(.unit(set.unit("acme")), in: "acme/plant") == .deny)
    #expect(effect(.unknown, in: "acme/plant") == .deny)
    #expect(effect(.outside, in: "acme/plant") == .deny)
    #expect(effect(.outside, in: nil) == .allow)
    #expect(effect(.unknown, in: nil) == .allow)
  }
}
