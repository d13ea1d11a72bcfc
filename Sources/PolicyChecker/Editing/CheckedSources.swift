package import PolicyModel
package import PolicySource
package import PolicySyntax
import PolicyEngine

/// A policy set that was checked for an editor: with every name that was resolved, and so that a
/// declaration that changes can be checked again by itself.
package struct CheckedSources: Sendable {
  /// What `check` gives.
  package let staged: Staged<PolicySet>
  /// Every resolved name, in source order; a name that stands for several things (`*.list`) occurs
  /// once for each.
  package let occurrences: [Occurrence]
  /// The headings of the `let`s.
  package let lets: [Heading]
  let checker: Checker

  /// - Complexity: that of `check`, and O(n log n) in the names.
  package init(_ trees: [SyntaxTree], sources: SourceMap) {
    var checker = Checker(trees: trees, sources: sources, recordsOccurrences: true)
    checker.resolveEverything()
    staged = Staged(checker.set, checker.diagnostics.inSourceOrder())
    lets = checker.lets.map(\.heading)
    let all = checker.declarationOccurrences() + checker.occurrences
    var seen: Set<Occurrence> = []
    occurrences = all.filter { seen.insert($0).inserted }
      .enumerated().sorted { ($0.element.span, $0.offset) < ($1.element.span, $1.offset) }
      .map(\.element)
    checker.occurrences = []
    self.checker = checker
  }
}

extension Checker {
  /// The names that declare something, apart from further declarations of an attribute.
  fileprivate func declarationOccurrences() -> [Occurrence] {
    var result: [Occurrence] = []
    func add(_ symbol: Symbol, _ heading: Heading) {
      result.append(Occurrence(symbol, at: heading.nameSpan, isDeclaration: true))
    }
    let catalogue = set.catalogue
    for index in catalogue.services.indices {
      add(.service(index), catalogue.services[index].heading)
    }
    for index in catalogue.actions.indices {
      add(.action(index), catalogue.actions[index].heading)
    }
    for (index, group) in catalogue.groups.enumerated() { add(.actionGroup(index), group.heading) }
    for index in catalogue.attributes.indices {
      add(.attribute(index), catalogue.attributes[index].heading)
    }
    for index in set.policies.indices { add(.policy(index), set.policies[index].heading) }
    for (index, declaration) in lets.enumerated() { add(.letName(index), declaration.heading) }
    for index in set.groups.indices { add(.group(index), set.groups[index].heading) }
    for index in set.units.indices { add(.unit(index), set.units[index].heading) }
    return result
  }
}
