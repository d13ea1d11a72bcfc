import PolicyCompiler
package import PolicyEngine
import PolicyModel

extension RuleProver {
  /// Policies that decide alike, each with the first that does, in the order of the policies.
  ///
  /// With what they include, they have the same cell for every action: whoever holds the one could
  /// hold the other instead. Policies that say nothing, and those that only give another policy a
  /// second name (no rules, one policy included), are not among them.
  /// - Complexity: O(runs of actions), by hashing.
  package func equivalentPolicies() -> [(policy: PolicyIndex, first: PolicyIndex)] {
    var seen: [[CellRun]: PolicyIndex] = [:]
    var found: [(policy: PolicyIndex, first: PolicyIndex)] = []
    for index in set.policies.indices {
      let policy = set.policies[index]
      let isSecondName = policy.rules.isEmpty && policy.includes.count == 1
      guard !diagrams.cells[index].isEmpty, !isSecondName else { continue }
      if let first = seen[diagrams.cells[index]] {
        found.append((index, first))
      } else {
        seen[diagrams.cells[index]] = index
      }
    }
    return found
  }
}
