import PolicyEngine
import PolicyModel

/// A policy set and a mutant of it, without all that says nothing of the actions that the mutation
/// touches.
///
/// Rules for other actions, and assignments that give none of the rest, cannot come into decisions
/// about these. Policies keep their positions, so that requests mean the same in both.
struct SetSlice {
  let old: PolicySet
  let new: PolicySet
  /// What the rules of the slice are in the whole set.
  let rules: [RuleIndex]

  /// - Complexity: O(rules + policies + assignments).
  init(_ set: PolicySet, _ change: SetChange) {
    // Read in place: most rules say nothing of these actions.
    let all = set.rules.elements
    let kept = all.indices.filter { position in
      all[position].actions.meets(change.actions)
        || change.rules[RuleIndex(position)]?.actions.meets(change.actions) ?? false
    }
    .map { RuleIndex($0) }
    rules = kept
    var own: [PolicyIndex: [RuleIndex]] = [:]
    for (position, index) in kept.enumerated() {
      own[set.rules[index].policy, default: []].append(RuleIndex(position))
    }
    let speaking = Set(own.keys)
    func policies(_ changed: [PolicyIndex: Policy]) -> Table<PolicyIndex, Policy> {
      Table(
        set.policies.indices.map { index in
          let policy = changed[index] ?? set.policies[index]
          return Policy(
            heading: policy.heading,
            isBuiltIn: policy.isBuiltIn,
            isRole: policy.isRole,
            includes: policy.includes,
            rules: own[index] ?? [],
            closure: policy.closure
          )
        }
      )
    }
    let given = set.policies.elements
    let givers = set.assignments.elements
    let assignments = givers.indices.filter { position in
      givers[position].policies.contains { policy in
        given[policy.position].closure.contains { speaking.contains($0) }
      }
    }
    .map { AssignmentIndex($0) }
    var old = set
    old.tests = []
    old.assertions = []
    old.rules = Table(kept.map { set.rules[$0] })
    old.policies = policies([:])
    old.assignments = Table(assignments.map { set.assignments[$0] })
    var new = old
    new.rules = Table(kept.map { change.rules[$0] ?? set.rules[$0] })
    if !change.policies.isEmpty { new.policies = policies(change.policies) }
    new.assignments = Table(
      assignments.map { change.assignments[$0] ?? set.assignments[$0] }
    )
    self.old = old
    self.new = new
  }
}

extension SetSlice {
  /// Where the actions of rules of either begin and end, in order.
  var bothCuts: [Int] { Set(old.cuts + new.cuts).sorted() }
}

extension ActionSet {
  /// Whether both have an action.
  ///
  /// - Complexity: O(ranges of both).
  func meets(_ other: ActionSet) -> Bool {
    var index = 0
    for range in ranges {
      while index < other.ranges.count, other.ranges[index].upperBound <= range.lowerBound {
        index += 1
      }
      guard index < other.ranges.count else { return false }
      if other.ranges[index].lowerBound < range.upperBound { return true }
    }
    return false
  }
}
