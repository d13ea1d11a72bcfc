import PolicyEngine
import PolicyModel

/// Something that tests should show of a policy: that actions about which it decides alike are
/// allowed, or denied, to somebody who has it.
struct OutcomeItem: Sendable {
  let policy: PolicyIndex
  let actions: ActionSet
  let outcome: Outcome

  enum Outcome: CaseIterable, Hashable {
    /// A rule of the policy, or of one that it includes, is among those that allow.
    case allow
    /// One is among those that deny.
    case deny
    /// It is not allowed, whatever the reason.
    case refuse

    var effect: Effect { self == .allow ? .allow : .deny }
  }

  /// Whether a decision shows it, where the policy is in force.
  func isShown(by decision: Decision, in set: PolicySet) -> Bool {
    guard decision.effect == outcome.effect else { return false }
    let closure = set.policies[policy].closure
    return outcome == .refuse
      || decision.deciding.contains { closure.contains(set.rules[$0.rule].policy) }
  }
}

/// What the tests of a policy set show of its policies already.
struct SeenOutcomes {
  private struct Key: Hashable {
    let policy: PolicyIndex
    let outcome: OutcomeItem.Outcome
  }

  private var seen: [Key: [Range<Int>]] = [:]

  /// - Complexity: O(expectations × runs of actions that rules tell apart × interpreter).
  init(_ set: PolicySet) {
    guard !set.tests.isEmpty else { return }
    let cuts = set.cuts
    for test in set.tests {
      for expectation in test.expectations {
        var granted: [PolicyIndex]?
        for run in expectation.actions.runs(cutAt: cuts) {
          let request = test.request(expectation, ActionIndex(run.lowerBound))
          let policies = granted ?? set.granted(to: request)
          granted = policies
          let decision = interpret(request, in: set)
          for policy in policies {
            for outcome in OutcomeItem.Outcome.allCases {
              let item = OutcomeItem(policy: policy, actions: ActionSet([run]), outcome: outcome)
              guard item.isShown(by: decision, in: set) else { continue }
              seen[Key(policy: policy, outcome: outcome), default: []].append(run)
            }
          }
        }
      }
    }
  }

  /// Whether an outcome was seen for all of its actions.
  func has(_ item: OutcomeItem) -> Bool {
    let shown = seen[Key(policy: item.policy, outcome: item.outcome)] ?? []
    return item.actions.subtracting(ActionSet(shown)).isEmpty
  }
}

extension PolicySet {
  /// The policies that are known to be in force for a request, whatever its action.
  func granted(to request: RequestData) -> [PolicyIndex] {
    policies.indices.filter { bestGrant(of: $0, to: request, in: self)?.force == .yes }
  }

  /// Where the actions of rules begin and end, in order.
  var cuts: [Int] {
    var cuts: Set<Int> = []
    for rule in rules.elements {
      for range in rule.actions.ranges {
        cuts.insert(range.lowerBound)
        cuts.insert(range.upperBound)
      }
    }
    return cuts.sorted()
  }
}

extension ActionSet {
  /// The runs into which some bounds, in order, cut the set.
  ///
  /// - Complexity: O(ranges + bounds).
  func runs(cutAt cuts: [Int]) -> [Range<Int>] {
    var result: [Range<Int>] = []
    var next = 0
    for range in ranges {
      var start = range.lowerBound
      while next < cuts.count, cuts[next] <= start { next += 1 }
      while next < cuts.count, cuts[next] < range.upperBound {
        result.append(start..<cuts[next])
        start = cuts[next]
        next += 1
      }
      result.append(start..<range.upperBound)
    }
    return result
  }
}
