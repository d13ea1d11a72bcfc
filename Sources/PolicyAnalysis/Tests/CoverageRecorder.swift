import PolicyCompiler
import PolicyEngine
import PolicyModel

/// Counts what the requests of tests exercise.
struct CoverageRecorder {
  private let set: PolicySet
  private let cells: Table<PolicyIndex, ActionSet>
  /// For each policy, those that include it, itself first.
  private let includers: [[PolicyIndex]]
  private var rules: [RuleCoverage]
  private var checks: [CheckCoverage]
  /// For each rule, the positions of its checks.
  private let checksOfRule: [[Int]]
  private var covered: [Set<Int>]
  /// How far each policy is in force for the requests of one expectation; it does not depend on the
  /// action.
  private var forces: [PolicyIndex: Truth] = [:]

  /// - Complexity: O(rules and their conditions + cell runs of the diagrams).
  init(_ set: PolicySet, _ diagrams: PolicyDiagrams) {
    self.set = set
    cells = Table(
      diagrams.cells.elements.map { runs in ActionSet(runs.map(\.actions)) }
    )
    var includers = set.policies.indices.map { [$0] }
    for policy in set.policies.indices {
      for included in set.policies[policy].closure where included != policy {
        includers[included.position].append(policy)
      }
    }
    self.includers = includers
    rules = zip(set.rules.elements, diagrams.guards).map { rule, force in
      var coverage = RuleCoverage()
      if rule.guardCondition != nil {
        coverage.outcomes = ConditionOutcomes(
          possible: [true, false].filter { outcome in
            let value = (outcome ? Truth.yes : .no).rawValue
            return diagrams.store.path(to: value, in: force) != nil
          }
        )
      }
      return coverage
    }
    let written = WrittenChecks(set)
    checks = written.checks
    checksOfRule = written.ofRule
    covered = Array(repeating: [], count: set.policies.count)
  }

  /// Begins with the requests of another expectation.
  mutating func begin() { forces = [:] }

  /// Counts one request, which was decided so.
  ///
  /// - Complexity: O(rules + size of the conditions that are reached).
  mutating func record(_ request: RequestData, _ decision: Decision) {
    let all = set.rules.elements
    for position in all.indices where all[position].actions.contains(request.action) {
      let rule = all[position]
      let force = force(of: rule.policy, for: request)
      guard force > .no else { continue }
      let truth = PolicyModel.truth(of: rule, for: request, in: set)
      rules[position].outcomes?.count(truth)
      if applies(rule.effect, force.and(truth)) { rules[position].applied += 1 }
      for check in checksOfRule[position] {
        let condition = checks[check].condition
        checks[check].outcomes.count(PolicyModel.truth(of: condition, for: request, in: set))
      }
    }
    for deciding in decision.deciding {
      rules[deciding.rule.position].decided += 1
      for policy in includers[set.rules[deciding.rule].policy.position] {
        guard applies(decision.effect, force(of: policy, for: request)) else { continue }
        covered[policy.position].insert(request.action.position)
      }
    }
  }

  /// What was counted.
  var coverage: Coverage {
    Coverage(
      rules: Table(rules),
      cells: Table(
        zip(cells.elements, covered).map { all, positions in
          let decided = ActionSet(positions.sorted().map { $0..<$0 + 1 })
          return CellCoverage(all: all, covered: decided.intersection(all))
        }
      ),
      checks: checks
    )
  }

  private func applies(_ effect: Effect, _ truth: Truth) -> Bool {
    effect == .deny ? truth != .no : truth == .yes
  }

  private mutating func force(of policy: PolicyIndex, for request: RequestData) -> Truth {
    if let known = forces[policy] { return known }
    let force = bestGrant(of: policy, to: request, in: set)?.force ?? .no
    forces[policy] = force
    return force
  }
}
