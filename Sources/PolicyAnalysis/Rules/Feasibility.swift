import PolicyCompiler
import PolicyModel

/// Whether there can be a request for which a diagram is *yes*, whoever makes it.
///
/// A diagram speaks of classes as if any could go with any; requests can have those alone that fit
/// together. What is known of that (`Ties`, `PrincipalTies`) is true of every request, but need not
/// be all that is true. So "there is none" is a proof, and "there may be one" is not.
struct Feasibility {
  private let ties: Ties
  private let principalTies: PrincipalTies
  /// By variable, whether something ties it to others.
  private let isTied: [Bool]
  private var known: [Diagram: Bool] = [:]

  /// - Complexity: O(variables + groups).
  init(_ variables: [Variable], in set: PolicySet) {
    ties = Ties(variables: variables, isAnonymous: nil)
    principalTies = PrincipalTies(variables: variables, groups: set.groups)
    var readers: [Term: Int] = [:]
    for term in variables.lazy.flatMap(\.subject.terms) { readers[term, default: 0] += 1 }
    isTied = variables.map { variable in
      PrincipalTies.bind(variable.subject)
        || variable.subject.terms.contains { readers[$0, default: 0] > 1 }
    }
  }

  /// Whether some request may lead to *yes* in a diagram without unknown.
  ///
  /// - Complexity: That of the diagram's ties; O(1) for one that was asked before.
  mutating func isPossible(_ diagram: Diagram, _ store: inout DiagramStore) -> Bool {
    if let value = diagram.constant { return value == 2 }
    if let known = known[diagram] { return known }
    let support = store.support(of: diagram)
    var result = true
    if support.filter({ $0.position < isTied.count && isTied[$0.position] }).count > 1 {
      var possible = store.combine(.and, diagram, ties.diagram(of: support, &store))
      possible = store.combine(.and, possible, principalTies.diagram(of: support, &store))
      result = store.path(to: 2, in: possible) != nil
    }
    known[diagram] = result
    return result
  }
}
