import PolicyEngine
import PolicyModel
import PolicySource

/// Says who has a policy, and where.
///
/// What is given without a condition to a user, a service account or a group is data: the policy is
/// a parent of theirs, or they have a tag with the units. So is what a request says is held. The
/// rest is written into each policy of Cedar. An allow needs that the policy is surely given, a deny
/// that it may be.
struct CedarGrants: Sendable {
  private let set: PolicySet
  private let conditions: CedarConditions
  /// For every policy, those through which one has it: itself, and what includes it.
  private let ways: [[PolicyIndex]]
  /// For every policy, the assignments that give it, in their order.
  private let assignments: [[AssignmentIndex]]

  /// - Complexity: O(policies and assignments × size of their closures).
  init(_ set: PolicySet, _ conditions: CedarConditions) {
    self.set = set
    self.conditions = conditions
    var ways = Array(repeating: [PolicyIndex](), count: set.policies.count)
    for index in set.policies.indices {
      for included in set.policies[index].closure { ways[included.position].append(index) }
    }
    var assignments = Array(repeating: [AssignmentIndex](), count: set.policies.count)
    for index in set.assignments.indices {
      let given = Set(set.assignments[index].policies.flatMap { set.policies[$0].closure })
      for policy in given { assignments[policy.position].append(index) }
    }
    self.ways = ways
    self.assignments = assignments
  }

  /// When a policy is in force for the principal and the resource.
  func expression(_ policy: PolicyIndex, for effect: Effect) -> CedarExpression {
    let name = set.policies[policy].heading.name
    var parts: [CedarExpression] = [
      .head(.principal, "in \(CedarNames.entity(CedarType.policy, name))")
    ]
    if !set.units.isEmpty {
      parts += ways[policy.position].map { way in
        let name = set.policies[way].heading.name
        return effect == .allow ? CedarFacts.holdsHere(name) : CedarFacts.mayHoldHere(name)
      }
    }
    parts += assignments[policy.position].map { index in
      let assignment = set.assignments[index]
      return effect == .allow ? surely(assignment) : perhaps(assignment)
    }
    return .either(parts)
  }

  /// When an assignment surely speaks of the request, as far as that is not data.
  private func surely(_ assignment: Assignment) -> CedarExpression {
    let subjects = assignment.subjects.compactMap { subject -> CedarExpression? in
      if CedarPrincipals.isData(subject, of: assignment) { return nil }
      switch subject {
      case .everyone: return .constant(true)
      case .anonymous: return CedarChecks.isKind(.anonymous)
      case .principal(let id): return .head(.principal, "== \(CedarNames.entity(id))")
      case .group(let group): return conditions.checks.groups.question(group).yes
      }
    }
    return .every([
      .either(subjects), CedarFacts.isIn(places(assignment)),
      assignment.condition.map { conditions.expression($0, is: true) } ?? .constant(true),
    ])
  }

  /// When an assignment may speak of the request, as far as that is not data.
  private func perhaps(_ assignment: Assignment) -> CedarExpression {
    let subjects = assignment.subjects.flatMap { subject -> [CedarExpression] in
      let isData = CedarPrincipals.isData(subject, of: assignment)
      switch subject {
      case .everyone: return [.constant(true)]
      case .anonymous: return [CedarChecks.isKind(.anonymous)]
      case .principal(let id):
        let unknown = CedarFacts.isUnknown(id.kind)
        return isData ? [unknown] : [.head(.principal, "== \(CedarNames.entity(id))"), unknown]
      case .group(let group):
        let groups = conditions.checks.groups
        return isData ? groups.perhaps(group) : [groups.mayBeIn(group)]
      }
    }
    let places = places(assignment)
    return .every([
      .either(subjects), places.isEmpty ? .constant(true) : CedarFacts.mayBeIn(places),
      assignment.condition.map { conditions.expression($0, is: false).negated } ?? .constant(true),
    ])
  }

  /// Where the assignment with the most nested condition stands, of those that give a policy.
  func deepest(_ policy: PolicyIndex) -> SourceSpan? {
    assignments[policy.position].map { set.assignments[$0] }
      .compactMap { assignment in
        assignment.condition.map {
          (depth: conditions.expression($0, is: true).balanced.depth, span: assignment.span)
        }
      }
      .max { $0.depth < $1.depth }?.span
  }

  private func places(_ assignment: Assignment) -> [String] {
    assignment.places.map { set.units[$0].path }
  }
}
