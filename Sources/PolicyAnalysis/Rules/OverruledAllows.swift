import PolicyCompiler
package import PolicyEngine
package import PolicyModel

/// An allow that a deny overrules whenever it applies.
package struct OverruledAllow: Sendable {
  package let rule: RuleIndex
  /// Denies that overrule it, those of its own policy before those of policies that everyone has.
  package let overruledBy: [RuleIndex]
}

/// An allow is *overruled* for an action if every request for which its condition is true is denied:
/// by its own policy, with all that it includes, or by a policy that is assigned to everyone, where
/// and when that is in force. Taking it away changes no decision.
extension RuleProver {
  /// The allows that are overruled for all their actions, in the order of the rules.
  ///
  /// Rules that never apply are not among them.
  /// - Complexity: O(log n) for most rules: the first action that is not denied ends the search.
  package mutating func overruledAllows() -> [OverruledAllow] {
    var found: [OverruledAllow] = []
    for index in set.rules.indices
    where set.rules[index].effect == .allow && isOverruled(index, for: set.rules[index].actions)
      && applies(index)
    {
      found.append(
        OverruledAllow(rule: index, overruledBy: overruling(index, for: set.rules[index].actions))
      )
    }
    return found
  }

  /// Whether an allow is overruled for all of some of its actions.
  package mutating func isOverruled(_ index: RuleIndex, for actions: ActionSet) -> Bool {
    let own = diagrams.cells[set.rules[index].policy]
    return isOverruled(index, for: actions, by: own, everyonesDenies())
  }

  private mutating func isOverruled(
    _ index: RuleIndex,
    for actions: ActionSet,
    by own: [CellRun],
    _ more: [CellRun]
  ) -> Bool {
    let contribution = diagrams.contributions[index.position]
    for range in actions.ranges {
      var action = range.lowerBound
      while action < range.upperBound {
        let (first, second) = (run(at: action, in: own), run(at: action, in: more))
        let denied = diagrams.store.combine(.or, first.cell, second.cell)
        if isPossible(.escapes, contribution, denied) { return false }
        action = min(first.end, second.end)
      }
    }
    return true
  }

  /// What is said of an action, and the end of the run of actions of which the same is said.
  private func run(at action: Int, in runs: [CellRun]) -> (cell: Diagram, end: Int) {
    var low = 0
    var high = runs.count
    while low < high {
      let middle = (low + high) / 2
      if runs[middle].actions.upperBound <= action { low = middle + 1 } else { high = middle }
    }
    guard low < runs.count else { return (.nothing, .max) }
    let run = runs[low]
    return run.actions.contains(action)
      ? (run.cell, run.actions.upperBound) : (.nothing, run.actions.lowerBound)
  }

  /// Where the policies that are assigned to everyone deny, when they are in force.
  private mutating func everyonesDenies() -> [CellRun] {
    if let everyone { return everyone }
    var denies: [(actions: ActionSet, contribution: Diagram)] = []
    for index in set.assignments.indices
    where set.assignments[index].subjects.contains(.everyone) {
      let reach = diagrams.reach(of: index, in: set)
      for policy in set.assignments[index].policies {
        for run in diagrams.cells[policy] {
          let decided = diagrams.store.combine(.activate, reach, run.cell)
          let denied = diagrams.store.map(.deniesAlone, decided)
          denies.append((ActionSet([run.actions]), denied))
        }
      }
    }
    let runs = sweep(denies, in: &diagrams.store)
    everyone = runs
    return runs
  }

  /// The denies that overrule an allow for some of its actions: a single one, or such that none of
  /// them can be spared.
  mutating func overruling(_ index: RuleIndex, for actions: ActionSet) -> [RuleIndex] {
    var denies = denies(near: index, for: actions)
    for deny in denies
    where isOverruled(index, for: actions, by: sweep([deny.part], in: &diagrams.store), []) {
      return [deny.rule]
    }
    guard denies.count <= 50 else { return [] }
    for deny in denies.reversed() {
      let rest = denies.filter { $0.rule != deny.rule }
      let runs = sweep(rest.map(\.part), in: &diagrams.store)
      if isOverruled(index, for: actions, by: runs, []) { denies = rest }
    }
    return Set(denies.map(\.rule)).sorted()
  }

  /// What denies some actions of a rule in its own policy, then in those of everyone.
  private mutating func denies(
    near index: RuleIndex,
    for actions: ActionSet
  ) -> [(rule: RuleIndex, part: (actions: ActionSet, contribution: Diagram))] {
    var near = rules(of: [set.rules[index].policy]).map { (rule: $0, force: Diagram.yes) }
    for assignment in set.assignments.indices
    where set.assignments[assignment].subjects.contains(.everyone) {
      let force = diagrams.reach(of: assignment, in: set)
      near += rules(of: set.assignments[assignment].policies).map { ($0, force) }
    }
    return near.compactMap { rule, force in
      let shared = set.rules[rule].actions.intersection(actions)
      guard set.rules[rule].effect == .deny, !shared.isEmpty else { return nil }
      let contribution = diagrams.contributions[rule.position]
      return (rule, (shared, diagrams.store.combine(.activate, force, contribution)))
    }
  }

  /// The rules of some policies and of what they include, in order.
  private func rules(of policies: [PolicyIndex]) -> [RuleIndex] {
    Set(policies.flatMap { set.policies[$0].closure }).sorted()
      .flatMap { set.policies[$0].rules }
  }
}

extension Operation {
  /// Yes where an allow (left) applies, and what is decided otherwise (right) is no deny.
  static let escapes = Operation { $0 == 1 && $1 < 2 ? 2 : 0 }
  /// Yes where both are something.
  static let meets = Operation { $0 > 0 && $1 > 0 ? 2 : 0 }
}

extension Mapping {
  /// A deny stays, and an allow is nothing.
  static let deniesAlone = Mapping(no: 0, unknown: 0, yes: 2)
}
