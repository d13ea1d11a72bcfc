package import PolicyEngine

/// Something that keeps a grant, or a rule, from being in force.
package enum Shortfall: Hashable, Sendable {
  /// The principal is none of these, or it is not known to be.
  case subjects([Subject], Truth)
  /// The resource is in none of these units, or it is not known to be.
  case places([UnitIndex], Truth)
  /// A part of the assignment's condition.
  case assignment(Obstacle)
  /// A part of the rule's `when` or `unless`, as it would have to hold.
  case rule(Obstacle)
  /// The principal is anonymous, and holds nothing.
  case anonymousHolder

  package var truth: Truth {
    switch self {
    case .subjects(_, let truth), .places(_, let truth): truth
    case .assignment(let obstacle), .rule(let obstacle): obstacle.truth
    case .anonymousHolder: .no
    }
  }
}

/// A grant of the policy of a rule that did not apply, and what it lacks.
package struct GrantMiss: Hashable, Sendable {
  package let grant: Grant
  /// The policy that the grant names.
  package let policy: PolicyIndex
  package let shortfalls: [Shortfall]
}

/// A rule for the action of a request that did not apply.
package struct NearMiss: Hashable, Sendable {
  package let rule: RuleIndex
  /// The grants of its policy, none of them in force; empty when one is, and when there are none.
  package let grants: [GrantMiss]
  /// Whether some grant of its policy is in force.
  package let isInForce: Bool
  /// The parts of the rule's own conditions that do not hold.
  package let shortfalls: [Shortfall]
}

/// The allow rules for the action of a request that did not apply, in the order of the rules.
///
/// - Complexity: O(rules × assignments × size of their conditions).
package func nearMisses(_ request: RequestData, in set: PolicySet) -> [NearMiss] {
  set.rules.indices.compactMap { index -> NearMiss? in
    let rule = set.rules[index]
    guard rule.effect == .allow, rule.actions.contains(request.action) else { return nil }
    let grants = grants(of: rule.policy, to: request, in: set)
    let isInForce = grants.contains { $0.force == .yes }
    let own = shortfalls(of: rule, for: request, in: set)
    guard !isInForce || !own.isEmpty else { return nil }
    return NearMiss(
      rule: index,
      grants: isInForce
        ? []
        : grants.map {
          GrantMiss(
            grant: $0.grant,
            policy: $0.policy,
            shortfalls: shortfalls(of: $0.grant, for: request, in: set)
          )
        },
      isInForce: isInForce,
      shortfalls: own
    )
  }
}

/// What is unknown about a rule that decided; empty for one whose force is true.
///
/// A deny applies unless its force is false, so that these are the things that the request could
/// say to escape it.
package func doubts(
  about deciding: DecidingRule,
  for request: RequestData,
  in set: PolicySet
) -> [Shortfall] {
  let granted = shortfalls(of: deciding.grant, for: request, in: set).map { shortfall in
    guard case .assignment(let obstacle) = shortfall else { return [shortfall] }
    return unknowns(of: obstacle.condition, for: request, in: set).map { .assignment($0) }
  }
  let own = set.rules[deciding.rule].guardCondition.map {
    unknowns(of: $0, for: request, in: set).map { Shortfall.rule($0) }
  }
  return granted.flatMap { $0 } + (own ?? [])
}

/// The parts of a rule's own conditions that do not hold.
private func shortfalls(
  of rule: Rule,
  for request: RequestData,
  in set: PolicySet
) -> [Shortfall] {
  guard let condition = rule.guardCondition else { return [] }
  return obstacles(to: condition, for: request, in: set).map { .rule($0) }
}

/// What keeps a grant from being in force.
private func shortfalls(
  of grant: Grant,
  for request: RequestData,
  in set: PolicySet
) -> [Shortfall] {
  var result: [Shortfall] = []
  func check(_ places: [UnitIndex]) {
    let truth = anyPlace(places, covers: request.unit, in: set)
    if truth != .yes { result.append(.places(places, truth)) }
  }
  switch grant {
  case .holding(let holding):
    if request.kind == .anonymous { result.append(.anonymousHolder) }
    check(holding.unit.map { [$0] } ?? [])
  case .assignment(let index):
    let assignment = set.assignments[index]
    let truth = anySubject(assignment.subjects, is: request, in: set)
    if truth != .yes { result.append(.subjects(assignment.subjects, truth)) }
    check(assignment.places)
    if let condition = assignment.condition {
      result += obstacles(to: condition, for: request, in: set).map { .assignment($0) }
    }
  }
  return result
}
