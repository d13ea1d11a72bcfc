import PolicyEngine

/// What granting looks up in an engine beyond its names, found once.
final class DirectoryNames: Sendable {
  /// The assignments that name their condition, by the bytes of the name.
  private let conditions: [[UInt8]: [AssignmentIndex]]
  /// For each policy, what of it nobody may hold together with what.
  let duties: [[Duty]]

  /// A policy with all that it includes gives some of policies that nobody holds together.
  struct Duty: Sendable {
    /// The position of the assertion.
    let separation: Int
    /// Those of its policies that are given.
    let given: [PolicyIndex]
  }

  /// - Complexity: O(assignments + policies × separations).
  init(_ tables: Tables) {
    var conditions: [[UInt8]: [AssignmentIndex]] = [:]
    for position in tables.assignments.indices {
      let index = AssignmentIndex(position)
      guard let name = tables.conditionName(ofAssignment: index) else { continue }
      conditions[Array(name.utf8), default: []].append(index)
    }
    self.conditions = conditions
    let separations = tables.separations.indices.map { position in
      Set(tables.separations[position].range.map { tables.policyLists[$0] })
    }
    duties = tables.policies.indices.map { policy in
      let closure = tables.policies[policy].closure.range.map { tables.policyLists[$0] }
      return separations.enumerated().compactMap { position, separation in
        let given = closure.filter(separation.contains).map { PolicyIndex(Int($0)) }
        return given.isEmpty ? nil : Duty(separation: position, given: given.sorted())
      }
    }
  }

  /// The assignment that gives a policy, or one that includes it, on the condition of this name.
  func condition(
    _ name: String,
    for policy: PolicyIndex,
    _ policyName: String,
    in tables: Tables
  ) throws(GrantRefusal) -> AssignmentIndex {
    guard let named = conditions[Array(name.utf8)] else { throw .unknownCondition(name) }
    let fitting = named.filter { index in
      tables.assignments[index.position].grants.range.contains { grant in
        tables.policies[tables.grants[grant].policy].closure.range.contains {
          Int(tables.policyLists[$0]) == policy.position
        }
      }
    }
    guard let first = fitting.first else {
      throw .conditionOfOtherPolicies(name, policy: policyName)
    }
    let table = tables.assignments[first.position].condition
    guard fitting.allSatisfy({ tables.assignments[$0.position].condition == table }) else {
      throw .ambiguousCondition(name, policy: policyName)
    }
    return first
  }
}
