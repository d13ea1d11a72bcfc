import PolicyCompiler
import PolicyEngine
import PolicyModel

/// The rules of two policies, one of each set, for an action.
struct PairRules {
  let joined: JoinedSets
  /// When each rule of the joined set applies.
  let guards: [Diagram]

  /// The rules of a policy and all that it includes that bear on an action.
  func of(_ pair: PolicyPair, _ side: Side, _ action: ActionIndex) -> [RuleIndex] {
    guard let policy = pair[side].map({ joined.own($0).policy }),
      let action = joined.action(action, side)
    else { return [] }
    let set = joined.sets[side]
    return set.policies[policy].closure.flatMap { set.policies[$0].rules }
      .filter { set.rules[$0].actions.contains(action) }
  }

  /// The rules for an action that the other side has not, or has with another condition.
  func causes(_ pair: PolicyPair, _ action: ActionIndex) -> Causes {
    struct Contribution: Hashable {
      let effect: Effect
      let force: Diagram
    }
    func contributions(_ side: Side) -> [(rule: RuleIndex, contribution: Contribution)] {
      of(pair, side, action).map { rule in
        let offset = side == .old ? 0 : joined.firstNew.rule
        let force = guards[rule.position + offset]
        return (rule, Contribution(effect: joined.sets[side].rules[rule].effect, force: force))
      }
    }
    let (old, new) = (contributions(.old), contributions(.new))
    let (before, after) = (Set(old.map(\.contribution)), Set(new.map(\.contribution)))
    return Causes(
      old.filter { !after.contains($0.contribution) }.map(\.rule),
      new.filter { !before.contains($0.contribution) }.map(\.rule)
    )
  }

  /// Whether the policy had the same rules, as they are written, on the other side.
  func areWordForWord(_ rules: [RuleIndex], _ pair: PolicyPair, _ side: Side) -> Bool {
    guard let other = pair[side.other].map({ joined.own($0).policy }) else { return false }
    let set = joined.sets[side.other]
    let texts = Set(
      set.policies[other].closure.flatMap { set.policies[$0].rules }
        .map { ruleText($0, in: set) }
    )
    return rules.allSatisfy { texts.contains(ruleText($0, in: joined.sets[side])) }
  }
}
