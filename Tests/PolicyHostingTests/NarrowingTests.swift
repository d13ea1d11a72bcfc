import PolicyCompiler
import PolicyEngine
import PolicyModel
import PolicyTestSupport
import Testing

/// Whatever is told of an exchange of random policy sets holds for random requests.
@Suite struct NarrowingTests {
  @Test func `what is said to widen nothing allows nothing more`() {
    var (shown, equal) = (0, 0)
    let failure = RandomCases(120).firstFailure { random in
      let before = RandomPolicies.declarations(&random)
      var after = before
      for _ in 0...random.below(2) { change(&after, &random) }
      guard let old = set(before), let new = set(after),
        let oldEngine = try? PolicyEngine(bytes: compile(old).bytes),
        let newEngine = try? PolicyEngine(bytes: compile(new).bytes)
      else { return "does not compile" }
      let changes = newEngine.changes(since: oldEngine)
      if changes.widened + changes.narrowed > 0, changes.widened == 0 { shown += 1 }
      if changes.isEmpty { equal += 1 }
      for _ in 0..<60 {
        let request = request(&random, in: new)
        guard let past = request.moved(from: new, to: old) else { continue }
        let (now, then) = (newEngine.decide(request), oldEngine.decide(past))
        let isWider = now.isAllowed && !then.isAllowed
        if changes.firstWidening == nil, isWider { return "allowed: \(request), \(changes)" }
        if changes.isEmpty, now.effect != then.effect { return "other: \(request)" }
      }
      return nil
    }
    #expect(failure == nil)
    // A test of which nothing is shown would pass whatever is told.
    if RandomCases(120).seeds.count >= 120 {
      #expect(shown >= 15 && equal >= 5, "\(shown), \(equal)")
    }
  }

  /// The set of some declarations; nil where they do not check.
  private func set(_ declarations: [String]) -> PolicySet? {
    try? policySet(RandomPolicies.catalogue + declarations.joined(separator: "\n"))
  }

  /// Random requests that also leave open who asks, for what groups, and where.
  private func request(_ random: inout RandomSource, in set: PolicySet) -> RequestData {
    var request = RandomPolicies.request(&random, in: set)
    if random.oneIn(4) { request.unit = .unknown }
    if request.kind != .anonymous, random.oneIn(4) { request.identity = .unknown }
    if random.oneIn(4) { request.groups = nil }
    return request
  }

  private func change(_ declarations: inout [String], _ random: inout RandomSource) {
    let index = random.below(declarations.count)
    let text = declarations[index]
    switch random.below(7) {
    case 0 where text.hasPrefix("assign"): declarations.remove(at: index)
    case 1: declarations.append(RandomPolicies.assignment(&random))
    case 2 where text.hasPrefix("role"):
      let rule = "deny \(RandomPolicies.actions(&random))"
      declarations[index] = text.dropLast(1) + "\n\(rule) when \(RandomPolicies.checks[0]) }"
    case 3 where text.hasPrefix("role"):
      // The last rule goes.
      let lines = text.split(separator: "\n")
      if lines.count > 1 { declarations[index] = lines.dropLast().joined(separator: "\n") + " }" }
    case 4 where text.hasPrefix("role"):
      declarations[index] = text.replacing("allow device.*", with: "allow device.list")
    case 5:
      declarations = declarations.map {
        $0.replacing("group listed { user \"ada\" }", with: "group listed { user \"bob\" }")
      }
    case 6:
      declarations = declarations.map { $0.replacing("level < 2", with: "level < 1") }
    default: break
    }
  }
}

extension RequestData {
  /// The same request by the names of another set; nil where that lacks one.
  fileprivate func moved(from set: PolicySet, to other: PolicySet) -> RequestData? {
    var request = self
    guard
      let action = other.catalogue.actions.indices.first(where: {
        other.catalogue.actions[$0].path == set.catalogue.actions[self.action].path
      })
    else { return nil }
    request.action = action
    return set.groups.count == other.groups.count && set.units.count == other.units.count
      && set.policies.count == other.policies.count ? request : nil
  }
}
