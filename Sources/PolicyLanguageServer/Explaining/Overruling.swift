import PolicyEngine
import PolicyModel

/// A deny that meets an allow on some actions.
struct Overruling {
  /// Who comes under the deny, of those who have the allow.
  enum Reach {
    /// The policy of the allow includes that of the deny, or is it.
    case always
    /// The policy of the deny is given to everyone.
    case everyone
    /// Those who hold its policy as well.
    case holders
  }

  let deny: RuleIndex
  let reach: Reach
  /// What both rules are about.
  let actions: ActionSet

  /// The denies that overrule an allow, in the order of the rules; those first that always do.
  ///
  /// - Complexity: O(rules).
  static func of(_ rule: Rule, in set: PolicySet) -> [Overruling] {
    let own = Set(set.policies[rule.policy].closure)
    let everyones = everyonesPolicies(set)
    var found: [[Overruling]] = [[], [], []]
    for index in set.rules.indices where set.rules[index].effect == .deny {
      let deny = set.rules[index]
      let common = deny.actions.intersection(rule.actions)
      guard !common.isEmpty else { continue }
      let reach: Reach =
        own.contains(deny.policy)
        ? .always : everyones.contains(deny.policy) ? .everyone : .holders
      let rank = reach == .always ? 0 : reach == .everyone ? 1 : 2
      found[rank].append(Overruling(deny: index, reach: reach, actions: common))
    }
    return found.flatMap { $0 }
  }

  /// The policies that assignments without place and condition give to everyone, with all that
  /// they include.
  static func everyonesPolicies(_ set: PolicySet) -> Set<PolicyIndex> {
    var result: Set<PolicyIndex> = []
    for assignment in set.assignments.elements
    where assignment.subjects.contains(.everyone) && assignment.places.isEmpty
      && assignment.condition == nil
    {
      for policy in assignment.policies { result.formUnion(set.policies[policy].closure) }
    }
    return result
  }
}
