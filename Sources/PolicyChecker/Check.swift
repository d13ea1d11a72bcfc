package import PolicyModel
package import PolicySource
package import PolicySyntax

/// Resolves every name and type of the trees of one policy set: trees -> policy set.
///
/// The value is as complete as the text allows, for editors; it has a meaning only when no
/// diagnostic is an error.
/// - Complexity: O(size of the trees + pattern matches).
package func check(_ trees: [SyntaxTree], sources: SourceMap) -> Staged<PolicySet> {
  var checker = Checker(trees: trees, sources: sources)
  checker.resolveEverything()
  return Staged(checker.set, checker.diagnostics.inSourceOrder())
}

extension Checker {
  /// All of checking, in the order in which names can be needed.
  mutating func resolveEverything() {
    gatherDeclarations()
    resolveCatalogue()
    resolveGroups()
    resolveLets()
    resolveUnits()
    resolvePolicies()
    resolveAssignments()
    resolveTests()
    resolveAssertions()
  }
}
