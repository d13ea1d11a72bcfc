package import PolicyCompiler
package import PolicyEngine
package import PolicyModel

/// Proves of rules and policies that they change nothing.
///
/// What is proved is true of every request, whoever makes it, and whatever policies it says are
/// held. What is not proved may be true nevertheless where attributes are compared with each other
/// and with constants, or where a combination was cut (`DiagramStore.derive`): the answers are
/// "yes" and "not known", and nothing is ever claimed that some request refutes.
package struct RuleProver {
  let set: PolicySet
  var diagrams: PolicyDiagrams
  var feasibility: Feasibility
  /// The tree of the policy that was last asked about.
  var tree: (policy: PolicyIndex, rules: RuleTree)?
  /// What the policies of everyone deny, once asked for.
  var everyone: [CellRun]?
  /// The allows of all policies, once asked for.
  var allows: AllowTree?

  /// - Parameters:
  ///   - set: A policy set that checks.
  ///   - diagrams: Its diagrams.
  package init(_ set: PolicySet, _ diagrams: PolicyDiagrams) {
    self.set = set
    self.diagrams = diagrams
    feasibility = Feasibility(diagrams.variables, in: set)
  }

  /// Whether a rule may apply to some request, as far as its own conditions go.
  package mutating func applies(_ index: RuleIndex) -> Bool {
    isPossible(.meets, diagrams.contributions[index.position], .yes)
  }

  /// Whether some request leads to *yes* in the combination of two diagrams.
  mutating func isPossible(
    _ operation: Operation,
    _ left: Diagram,
    _ right: Diagram
  ) -> Bool {
    let diagram = diagrams.store.combine(operation, left, right)
    return feasibility.isPossible(diagram, &diagrams.store)
  }
}
