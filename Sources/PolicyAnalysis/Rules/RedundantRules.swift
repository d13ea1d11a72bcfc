package import PolicyEngine
package import PolicyModel
import PolicyCompiler

/// A rule that can be taken away without changing a cell.
package struct RedundantRule: Sendable {
  package let rule: RuleIndex
  /// Rules that make it so, as few as were found; empty where they are too many to tell.
  package let coveredBy: [RuleIndex]
  /// Whether it may be taken away together with all others of which this is said.
  ///
  /// Of two rules that make each other redundant only the later one may.
  package let isRemovable: Bool
}

/// The cell of a policy and an action is what the policy's rules, and those of all that it
/// includes, make of each request: nothing, allow or deny. A rule is *covered* for an action if the
/// cell of its own policy is the same without it. The cells of the policies that include its policy
/// are then the same too, so that no decision changes, whoever holds what, wherever and on whatever
/// condition. Assignments are not looked at: that everyone happens to be given another policy makes
/// no rule redundant.
extension RuleProver {
  /// The rules that change no cell, each by itself, in the order of the rules.
  ///
  /// Rules that never apply are not among them.
  /// - Complexity: O(n log n) combinations of diagrams in the ranges of the rules of each policy,
  ///   with all that it includes.
  package mutating func redundantRules() -> [RedundantRule] {
    var covered: [RuleIndex] = []
    for policy in set.policies.indices {
      for rule in set.policies[policy].rules
      where isCovered(rule, for: set.rules[rule].actions) && applies(rule) {
        covered.append(rule)
      }
    }
    var removed: Set<RuleIndex> = []
    for rule in covered.reversed() {
      let actions = set.rules[rule].actions
      let rest = rivals(of: rule, for: actions).filter { !removed.contains($0.rule) }
      if isCovered(rule, for: actions, by: rest) { removed.insert(rule) }
    }
    return covered.map { rule in
      let actions = set.rules[rule].actions
      return RedundantRule(
        rule: rule,
        coveredBy: covering(rule, for: actions, among: rivals(of: rule, for: actions)),
        isRemovable: removed.contains(rule)
      )
    }
  }

  /// Whether the cells of some actions of a rule are the same without it.
  package mutating func isCovered(_ index: RuleIndex, for actions: ActionSet) -> Bool {
    let policy = set.rules[index].policy
    let rules: RuleTree
    if let tree, tree.policy == policy {
      rules = tree.rules
    } else {
      rules = RuleTree(
        closureRules(of: policy).map { rule in
          Contribution(
            rule: rule,
            actions: set.rules[rule].actions,
            diagram: diagrams.contributions[rule.position]
          )
        },
        in: &diagrams.store
      )
      tree = (policy, rules)
    }
    return rules.isCovered(
      index,
      diagrams.contributions[index.position],
      for: actions,
      &feasibility,
      in: &diagrams.store
    )
  }

  private func closureRules(of policy: PolicyIndex) -> [RuleIndex] {
    set.policies[policy].closure.flatMap { set.policies[$0].rules }
  }

  /// What the other rules of a rule's policy, and of what that includes, contribute to some of its
  /// actions, as far as they are not weaker: those of its own policy first.
  func rivals(of index: RuleIndex, for actions: ActionSet) -> [Contribution] {
    let rule = set.rules[index]
    let own = set.policies[rule.policy].rules
    let all = own + closureRules(of: rule.policy).filter { set.rules[$0].policy != rule.policy }
    return all.compactMap { other in
      guard other != index, set.rules[other].effect == .deny || rule.effect == .allow else {
        return nil
      }
      let shared = set.rules[other].actions.intersection(actions)
      return shared.isEmpty
        ? nil
        : Contribution(
          rule: other,
          actions: shared,
          diagram: diagrams.contributions[other.position]
        )
    }
  }

  /// Whether some contributions together make all that a rule does for some of its actions.
  mutating func isCovered(
    _ index: RuleIndex,
    for actions: ActionSet,
    by others: [Contribution]
  ) -> Bool {
    let diagram = diagrams.contributions[index.position]
    let own = Contribution(rule: index, actions: actions, diagram: diagram)
    let tree = RuleTree([own] + others, in: &diagrams.store)
    return tree.isCovered(index, diagram, for: actions, &feasibility, in: &diagrams.store)
  }

  /// Few rules that cover one: a single one, or such that none of them can be spared.
  mutating func covering(
    _ index: RuleIndex,
    for actions: ActionSet,
    among rivals: [Contribution]
  ) -> [RuleIndex] {
    var rivals = rivals
    for rival in rivals where isCovered(index, for: actions, by: [rival]) { return [rival.rule] }
    guard rivals.count <= 50 else { return [] }
    for rival in rivals.reversed() {
      let rest = rivals.filter { $0.rule != rival.rule }
      if isCovered(index, for: actions, by: rest) { rivals = rest }
    }
    return rivals.map(\.rule).sorted()
  }
}
