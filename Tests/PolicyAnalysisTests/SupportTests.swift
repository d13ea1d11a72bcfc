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
          // More policies can deny, and the kind of principal is what it is.
          other.held = []
          other.kind = request.kind
          if request.kind == .anonymous { other.identity = .unknown }
          other.action = request.action
          for fact in found.facts { other.say(fact) }
          if interpret(other, in: set).effect == .deny {
            return "\(found.facts.map { factText($0, in: set) }) is not enough:\n\(text)"
          }
        }
        for fact in found.facts {
          var less = RequestData(kind: request.kind, action: request.action)
          for other in found.facts where other != fact { less.say(other) }
          let isAllowed = interpret(less, in: set).effect == .allow
          less.held = request.held
          if isAllowed, interpret(less, in: set).effect == .allow {
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

extension RequestData {
  fileprivate mutating func say(_ fact: Fact) {
    switch fact {
    case .identity(let id): identity = .named(id.id)
    case .groups(let groups): self.groups = groups
    case .holding(let holding): held.append(holding)
    case .unit(let unit): self.unit = unit
    case .value(.attribute(let index), let value): values[index] = value
    case .value(_, .string(let id)): resourceID = id
    case .value: break
    }
  }
}
