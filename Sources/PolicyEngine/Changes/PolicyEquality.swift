extension PolicyEngine {
  /// The first built-in policy that decides otherwise than another engine's of the same name, or
  /// may; nil when all decide every action as before, and none was added or removed.
  ///
  /// Whom it is assigned to and who is in which group are not the policy's.
  ///
  /// - Complexity: O(policies) where none is built in; otherwise O(names + steps + built-in policies
  ///   × actions), and O(classes that its cells tell apart) for each pair of different tables.
  package func changedBuiltInPolicy(since old: PolicyEngine) -> String? {
    let builtIn = builtInPolicies
    for policy in old.builtInPolicies {
      let name = old.tables.policies[policy].name
      let found = policyIndex(name, old)
      if found.map({ tables.policies[$0].flags & PolicyFlag.isBuiltIn == 0 }) ?? true {
        return old.tables.text(name) ?? ""
      }
    }
    guard !builtIn.isEmpty else { return nil }
    var comparison = CellComparison(self, old)
    for policy in builtIn {
      let record = tables.policies[policy]
      guard let before = old.policyIndex(record.name, self),
        old.tables.policies[before].flags & PolicyFlag.isBuiltIn != 0,
        comparison.areSame(UInt32(policy), before)
      else { return tables.text(record.name) ?? "" }
    }
    return nil
  }

  private var builtInPolicies: [Int] {
    tables.policies.indices.filter { tables.policies[$0].flags & PolicyFlag.isBuiltIn != 0 }
  }

  /// The policies and actions that both engines have, answer with the same `PolicyChange.Answer`,
  /// and on conditions of which tables cannot show that they are the same: by name, in the order of
  /// this engine's policies and actions.
  ///
  /// - Complexity: O(policies × actions), and O(classes that its cells tell apart) for each pair of
  ///   different tables.
  package func unsettledConditions(
    since old: PolicyEngine
  ) -> [(policy: String, action: String)] {
    var comparison = CellComparison(self, old)
    var found: [(policy: String, action: String)] = []
    for policy in tables.policies.indices {
      let name = tables.policies[policy].name
      guard let before = old.policyIndex(name, self) else { continue }
      comparison.forEachChange(UInt32(policy), before) { action, oldAction, _ in
        guard let action, let oldAction,
          reach(of: UInt32(policy), action) == old.reach(of: before, oldAction)
        else { return }
        found.append((tables.text(name) ?? "", tables.text(tables.actions[action].name) ?? ""))
      }
    }
    return found
  }
}
