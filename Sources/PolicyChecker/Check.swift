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
  checker.gatherDeclarations()
  checker.resolveCatalogue()
  checker.resolveGroups()
  checker.resolveLets()
  checker.resolveUnits()
  checker.resolvePolicies()
  checker.resolveAssignments()
  checker.resolveTests()
  checker.resolveAssertions()
  return Staged(checker.set, checker.diagnostics.inSourceOrder())
}
