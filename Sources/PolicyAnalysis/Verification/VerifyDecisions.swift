import PolicyCompiler
package import PolicyEngine
package import PolicyModel

extension Verifier {
  /// Compares whole decisions: each principal in each unit for each action, or as many of these as
  /// the budget allows; the values are random.
  mutating func compareDecisions() {
    let actions = set.catalogue.actions.count
    guard actions > 0 else { return }
    let principals = maker.principals()
    let units: [ResourceUnit] = [.unknown, .outside] + set.units.indices.map { .unit($0) }
    coverage.principals = principals.count
    let budget = max(1, options.budget / 4)
    let all = principals.count * units.count * actions
    coverage.hasEveryPrincipal = all <= budget
    for step in 0..<budget where difference == nil {
      // Whatever is left of the budget asks again, with other values and other policies held.
      let number = all <= budget ? step % all : random.below(all)
      var request = principals[number / actions / units.count]
      request.action = ActionIndex(number % actions)
      request.unit = units[number / actions % units.count]
      if request.kind != .anonymous, step >= all || random.oneIn(2) {
        request.held = (0...random.below(2)).map { _ in holding() }
      }
      maker.fill(&request, &random)
      compareDecision(request)
      // With few decisions there are, a few rounds of random values are enough.
      if all <= budget, step >= 16 * all { break }
    }
  }

  private mutating func holding() -> Holding {
    let isBounded = !set.units.isEmpty && random.oneIn(2)
    return Holding(
      PolicyIndex(random.below(max(1, set.policies.count))),
      in: isBounded ? UnitIndex(random.below(set.units.count)) : nil
    )
  }

  private mutating func compareDecision(_ request: RequestData) {
    guard !set.policies.isEmpty else { return }
    coverage.decisions += 1
    let meant = interpret(request, in: set)
    let explained = engine.explain(request)
    let reasons = explained.reasons.map { reason in
      DecidingRule(
        rule: reason.rule.index,
        via: reason.policyIndex,
        grant: reason.assignment.map { .assignment($0) }
          ?? .holding(request.held[reason.holding ?? 0])
      )
    }
    for decision in [engine.decide(request), explained.decision] {
      let decided = Decision(
        effect: decision.effect == .allow ? .allow : .deny,
        basis: decision.basis == .rule ? .rule : .byDefault,
        deciding: reasons
      )
      guard decided != meant else { continue }
      difference = VerificationDifference(
        request: request,
        policy: nil,
        decided: decided,
        meant: meant
      )
      return
    }
  }
}

/// Requests that meet the constants of a policy set: any principal, any place, values at and around
/// what conditions compare with.
///
/// - Complexity: O(count × attributes), after O(size of the set).
package func typicalRequests(of set: PolicySet, count: Int, seed: UInt64) -> [RequestData] {
  guard !set.policies.isEmpty, !set.catalogue.actions.isEmpty else { return [] }
  let maker = RequestMaker(set, PolicyDiagrams(set))
  var random = SplitMix(seed: seed)
  let principals = maker.principals()
  let units: [ResourceUnit] = [.unknown, .outside] + set.units.indices.map { .unit($0) }
  return (0..<count).map { _ in
    var request = principals[random.below(principals.count)]
    request.action = ActionIndex(random.below(set.catalogue.actions.count))
    request.unit = units[random.below(units.count)]
    if request.kind != .anonymous, random.oneIn(2) {
      request.held = (0...random.below(2)).map { _ in
        let isBounded = !set.units.isEmpty && random.oneIn(2)
        return Holding(
          PolicyIndex(random.below(set.policies.count)),
          in: isBounded ? UnitIndex(random.below(set.units.count)) : nil
        )
      }
    }
    maker.fill(&request, &random)
    return request
  }
}
