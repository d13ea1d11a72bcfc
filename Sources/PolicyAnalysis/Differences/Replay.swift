package import PolicyEngine
package import PolicyModel

/// A request that two sets decide differently.
package struct Evidence: Sendable {
  /// As the joined set knows it.
  package let request: RequestData
  /// The decision of each set, as it knows its rules; nil where it does not have the action.
  package let decisions: SidePair<Decision?>
}

/// Asks the interpreter of each set about requests to both.
struct Replay {
  let joined: JoinedSets
  private var rulesOf: [Question: [RuleIndex]] = [:]

  private struct Question: Hashable {
    let side: Side
    let action: ActionIndex
  }

  init(_ joined: JoinedSets) { self.joined = joined }

  mutating func decisions(_ request: RequestData) -> SidePair<Decision?> {
    SidePair(decision(request, .old), decision(request, .new))
  }

  private mutating func decision(_ request: RequestData, _ side: Side) -> Decision? {
    guard let own = joined.request(request, side) else { return nil }
    let set = joined.sets[side]
    let question = Question(side: side, action: own.action)
    let rules =
      rulesOf[question]
      ?? set.rules.indices.filter { set.rules[$0].actions.contains(own.action) }
    rulesOf[question] = rules
    // Rules for other actions, and assignments to others, cannot come into it; reading them all,
    // for every request and every rule, would take the interpreter very long.
    let assignments = set.assignments.indices.filter { index in
      anySubject(set.assignments[index].subjects, is: own, in: set) != .no
    }
    var part = set
    part.rules = Table(rules.map { set.rules[$0] })
    part.assignments = Table(assignments.map { set.assignments[$0] })
    let decision = interpret(own, in: part)
    return Decision(
      effect: decision.effect,
      basis: decision.basis,
      deciding: decision.deciding.map { deciding in
        var grant = deciding.grant
        if case .assignment(let index) = grant { grant = .assignment(assignments[index.position]) }
        return DecidingRule(rule: rules[deciding.rule.position], via: deciding.policy, grant: grant)
      }
    )
  }
}
