import PolicyEngine
import PolicyModel

extension PolicySet {
  /// The set with no rules but those for an action, and no assignments but those that give them.
  ///
  /// It decides requests for the action alike, and faster; its rules and assignments have other
  /// positions, and its policies do not list them.
  /// - Complexity: O(rules + assignments × policies that they give).
  func narrowed(to action: ActionIndex) -> PolicySet {
    var narrowed = self
    narrowed.rules = Table(rules.elements.filter { $0.actions.contains(action) })
    let speaking = Set(narrowed.rules.elements.map(\.policy))
    let giving = Set(
      policies.indices.filter { policies[$0].closure.contains { speaking.contains($0) } }
    )
    narrowed.assignments = Table(
      assignments.elements.filter { $0.policies.contains { giving.contains($0) } }
    )
    return narrowed
  }
}
