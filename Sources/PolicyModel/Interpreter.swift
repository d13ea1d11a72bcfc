package import PolicyEngine

/// Decides a request by reading every rule: this function is what policies mean.
///
/// It follows section 5 of the language, clause by clause, and nothing that is faster is right
/// unless it gives the same answer.
/// - Complexity: O(rules × assignments × size of their conditions).
package func interpret(_ request: RequestData, in set: PolicySet) -> Decision {
  var denies: [DecidingRule] = []
  var allows: [DecidingRule] = []
  // Read in place: a rule is copied only when it is about the action, of those of a set a few.
  let rules = set.rules.elements
  for position in rules.indices where rules[position].actions.contains(request.action) {
    let rule = rules[position]
    guard let best = bestGrant(of: rule.policy, to: request, in: set) else { continue }
    let force = best.force.and(truth(of: rule, for: request, in: set))
    let deciding = DecidingRule(rule: RuleIndex(position), via: best.policy, grant: best.grant)
    switch rule.effect {
    case .deny where force != .no: denies.append(deciding)
    case .allow where force == .yes: allows.append(deciding)
    case .deny, .allow: break
    }
  }
  if !denies.isEmpty { return Decision(effect: .deny, basis: .rule, deciding: denies) }
  if !allows.isEmpty { return Decision(effect: .allow, basis: .rule, deciding: allows) }
  return .denyByDefault
}

/// A way by which a principal comes by a policy, and how true it is for a request.
package struct WeighedGrant: Hashable, Sendable {
  package let grant: Grant
  /// The policy that the grant names.
  package let policy: PolicyIndex
  package let force: Truth
}

/// The first grant with the best force: assignments in order, then what the request holds.
package func bestGrant(
  of policy: PolicyIndex,
  to request: RequestData,
  in set: PolicySet
) -> WeighedGrant? {
  var best: WeighedGrant?
  for grant in grants(of: policy, to: request, in: set) where grant.force > best?.force ?? .no {
    best = grant
  }
  return best
}

/// Every assignment and holding that gives a policy, by itself or by including it.
package func grants(
  of policy: PolicyIndex,
  to request: RequestData,
  in set: PolicySet
) -> [WeighedGrant] {
  var result: [WeighedGrant] = []
  let policies = set.policies.elements
  for (position, assignment) in set.assignments.elements.enumerated() {
    for given in assignment.policies where policies[given.position].closure.contains(policy) {
      result.append(
        WeighedGrant(
          grant: .assignment(AssignmentIndex(position)),
          policy: given,
          force: truth(of: assignment, for: request, in: set)
        )
      )
    }
  }
  for holding in request.held where policies[holding.policy.position].closure.contains(policy) {
    result.append(
      WeighedGrant(
        grant: .holding(holding),
        policy: holding.policy,
        force: truth(of: holding, for: request, in: set)
      )
    )
  }
  return result
}

/// Whether an assignment speaks of the request: subject and place and `when`.
package func truth(
  of assignment: Assignment,
  for request: RequestData,
  in set: PolicySet
) -> Truth {
  anySubject(assignment.subjects, is: request, in: set)
    .and(anyPlace(assignment.places, covers: request.unit, in: set))
    .and(assignment.condition.map { truth(of: $0, for: request, in: set) } ?? .yes)
}

/// Whether a holding is in force where the resource is; an anonymous principal holds nothing.
package func truth(of holding: Holding, for request: RequestData, in set: PolicySet) -> Truth {
  guard request.kind != .anonymous else { return .no }
  return anyPlace(holding.unit.map { [$0] } ?? [], covers: request.unit, in: set)
}

/// Whether the rule's own conditions hold: `when` and not `unless`.
package func truth(of rule: Rule, for request: RequestData, in set: PolicySet) -> Truth {
  let condition = rule.condition.map { truth(of: $0, for: request, in: set) } ?? .yes
  let exception = rule.exception.map { truth(of: $0, for: request, in: set) } ?? .no
  return condition.and(exception.negated)
}
