import PolicyEngine
import PolicyModel

/// Which actions a user is allowed in a request that says nothing but who holds which policy: what
/// is in force then is in force without a condition.
struct Unconditional {
  private let set: PolicySet
  /// What the policies of everyone keep from such a request.
  private let keptFromEveryone: ActionSet
  /// Per policy, whether every assignment that gives it asks for something.
  private let isGivenOnCondition: Set<PolicyIndex>

  /// - Complexity: O(rules of the policies of everyone + size of the assignments).
  init(_ set: PolicySet) {
    self.set = set
    var kept: [Range<Int>] = []
    var conditionally: Set<PolicyIndex> = []
    var plainly: Set<PolicyIndex> = []
    for assignment in set.assignments.elements {
      let given = assignment.policies.flatMap { set.policies[$0].closure }
      if assignment.condition == nil {
        plainly.formUnion(given)
      } else {
        conditionally.formUnion(given)
      }
      guard assignment.subjects.contains(.everyone) else { continue }
      if let condition = assignment.condition, Self.truth(of: condition, in: set) == .no {
        continue
      }
      for policy in Set(given) { kept += Self.denies(of: policy, in: set) }
    }
    keptFromEveryone = ActionSet(kept)
    isGivenOnCondition = conditionally.subtracting(plainly)
  }

  /// The actions that a rule allows whoever holds its policy, whatever the request says or lacks.
  ///
  /// None if the rule has a condition, or if the policy is assigned, and only on conditions. Actions
  /// that a deny of the same policy, or one that everyone has, keeps from a request which does not
  /// say more are left out.
  func actions(of rule: Rule) -> ActionSet {
    guard rule.effect == .allow, rule.guardCondition == nil,
      !isGivenOnCondition.contains(rule.policy)
    else { return ActionSet() }
    let denied = set.policies[rule.policy].closure.flatMap { Self.denies(of: $0, in: set) }
    return rule.actions.subtracting(keptFromEveryone).subtracting(ActionSet(denied))
  }

  /// What the denies of a policy apply to in a request that says nothing.
  private static func denies(of policy: PolicyIndex, in set: PolicySet) -> [Range<Int>] {
    set.policies[policy].rules.flatMap { index -> [Range<Int>] in
      let rule = set.rules[index]
      guard rule.effect == .deny else { return [] }
      if let condition = rule.guardCondition, truth(of: condition, in: set) == .no { return [] }
      return rule.actions.ranges
    }
  }

  /// What a condition is for a user of whom nothing is known.
  private static func truth(of condition: Condition, in set: PolicySet) -> Truth {
    PolicyModel.truth(of: condition, for: RequestData(action: ActionIndex(0)), in: set)
  }
}
