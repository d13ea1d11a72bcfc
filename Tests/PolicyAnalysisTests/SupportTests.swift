import PolicyAnalysis
import PolicyEngine
import PolicyModel
import PolicyTestSupport
import Testing

/// What an allow rests on.
@Suite struct SupportTests {
  @Test func `two attributes, and the rest does not matter`() throws {
    let text = """
      ou acme
      policy G { deny device.list unless context.mfa }
      role R { allow device.list when context.level >= 3 or resource.size < 9 and context.level < 1 }
      assign G, R to everyone
      """
    let set = try policySet(catalogue + text)
    let request = RequestData(
      identity: .named("ada"),
      groups: [],
      action: ActionIndex(0),
      unit: .outside,
      resourceID: "d",
      values: [AttributeIndex(0): .bool(true), AttributeIndex(1): .int(4)]
    )
    let found = try #require(support(of: request, in: set))
    #expect(
      found.facts.map { factText($0, in: set) } == [
        "`context.mfa` is `true`", "`context.level` is `4`",
      ]
    )
    #expect(
      found.rest.map { topicText($0, in: set) } == [
        "which user it is", "the groups it is in", "where the resource belongs",
        "which resource it is",
      ]
    )
    #expect(found.isSmallest)
  }

  @Test func `the smaller of two sets, whichever is found first`() throws {
    let text = """
      role R { allow device.list when context.mfa and context.level > 1 or resource.size > 1 }
      assign R to everyone
      """
    let set = try policySet(catalogue + text)
    let values: [AttributeIndex: Value] = [
      AttributeIndex(0): .bool(true), AttributeIndex(1): .int(4),
      AttributeIndex(4): .int(4),
    ]
    let request = RequestData(action: ActionIndex(0), values: values)
    let found = try #require(support(of: request, in: set))
    #expect(found.facts.map { factText($0, in: set) } == ["`resource.size` is `4`"])
  }

  @Test func `a deny rests on nothing`() throws {
    let set = try policySet(catalogue + "role R { allow device.list }")
    #expect(support(of: RequestData(action: ActionIndex(0)), in: set) == nil)
  }

  @Test func `the kind of principal, where another kind is denied`() throws {
    let text = """
      group staff
      policy a { allow device.list  allow device.get }
      policy g { deny device.list when principal is service-account }
      policy h { deny device.get when principal is anonymous }
      assign a, g, h to everyone
      """
    let set = try policySet(catalogue + text)
    func explained(_ kind: PrincipalKind, _ id: String?, _ action: String) throws -> [[String]] {
      let request = RequestData(
        kind: kind,
        identity: id.map { .named($0) } ?? .unknown,
        groups: kind == .anonymous ? nil : [],
        action: set.action(action)
      )
      let found = try #require(support(of: request, in: set))
      return [
        found.facts.map { factText($0, in: set) }, found.rest.map { topicText($0, in: set) },
      ]
    }
    let rest = ["which user it is", "the groups it is in"]
    #expect(try explained(.user, "ada", "device.list") == [["the principal is a user"], rest])
    #expect(try explained(.user, "ada", "device.get") == [["the principal is a user"], rest])
    #expect(
      try explained(.serviceAccount, nil, "device.get") == [
        ["the principal is a service account"], ["the groups it is in"],
      ]
    )
    #expect(
      try explained(.anonymous, nil, "device.list") == [["the principal is anonymous"], []]
    )
  }

  @Test func `the facts allow whatever the rest is, and none of them is there for nothing`() {
    var count = 0
    let failure = RandomCases(60).firstFailure { random in
      let text = RandomPolicies.text(&random)
      guard let set = try? policySet(RandomPolicies.catalogue + text) else { return text }
      for _ in 0..<8 {
        let request = RandomPolicies.request(&random, in: set)
        guard let found = support(of: request, in: set) else { continue }
        count += 1
        for _ in 0..<12 {
          var other = RandomPolicies.request(&random, in: set)
          // More policies can deny.
          other.held = []
          other.action = request.action
          for fact in found.facts { other.say(fact) }
          // The anonymous hold nothing, and are in no group.
          if other.kind == .anonymous {
            guard found.facts.allSatisfy(\.isOfAnonymous) else { continue }
            other.identity = .unknown
            other.groups = nil
          }
          if interpret(other, in: set).effect == .deny {
            return "\(found.facts.map { factText($0, in: set) }) is not enough:\n\(text)"
          }
        }
        for fact in found.facts {
          let others = found.facts.filter { $0 != fact }
          let isKindKnown = others.contains { other in
            if case .identity = other { true } else { other == .kind(request.kind) }
          }
          let isAlwaysAllowed = PrincipalKind.allCases.allSatisfy { kind in
            guard !isKindKnown || kind == request.kind else { return true }
            guard kind != .anonymous || others.allSatisfy(\.isOfAnonymous) else { return true }
            var less = RequestData(kind: kind, action: request.action)
            for other in others { less.say(other) }
            return [less.held, request.held].allSatisfy { held in
              less.held = held
              return interpret(less, in: set).effect == .allow
            }
          }
          if isAlwaysAllowed {
            return "\(factText(fact, in: set)) is not needed:\n\(text)"
          }
        }
      }
      return nil
    }
    #expect(failure == nil)
    #expect(count > 50)
  }
}

extension Fact {
  /// Whether it can be true of an anonymous principal.
  fileprivate var isOfAnonymous: Bool {
    switch self {
    case .kind(let kind): kind == .anonymous
    case .identity, .holding: false
    case .groups(let groups): groups.isEmpty
    case .unit, .value: true
    }
  }
}

extension RequestData {
  fileprivate mutating func say(_ fact: Fact) {
    switch fact {
    case .kind(let kind): self.kind = kind
    case .identity(let id):
      kind = id.kind
      identity = .named(id.id)
    case .groups(let groups): self.groups = groups
    case .holding(let holding): held.append(holding)
    case .unit(let unit): self.unit = unit
    case .value(.attribute(let index), let value): values[index] = value
    case .value(_, .string(let id)): resourceID = id
    case .value: break
    }
  }
}
