package import PolicyAnalysis
package import PolicyCompiler
package import PolicyModel
package import PolicySource
package import PolicySyntax

/// What lints look at: the trees, the policy set, and its diagrams, which are built when the first
/// lint asks for them and shared by all.
///
/// A class, so that what one lint builds is there for the next; it belongs to one thread.
package final class LintContext {
  /// The tree of each file, in the order of the sources.
  package let trees: [SyntaxTree]
  package let set: PolicySet
  /// Whether the set checks, so that it has a meaning.
  package let isChecked: Bool

  package init(trees: [SyntaxTree], set: PolicySet, isChecked: Bool) {
    self.trees = trees
    self.set = set
    self.isChecked = isChecked
  }

  package var sources: SourceMap { self.set.sources }

  /// Proves claims about the set; it holds the diagrams.
  ///
  /// Only of a set that checks. - Complexity: That of `PolicyDiagrams` at the first use.
  package lazy var prover = Prover(set)

  /// The diagrams of the set, with the conditions of its assertions as extras.
  ///
  /// New diagrams may be made in its store. Only of a set that checks.
  package var diagrams: PolicyDiagrams {
    get { prover.diagrams }
    _modify { yield &prover.diagrams }
  }

  /// The patterns that add nothing to their lists, of which two lints speak.
  lazy var redundantPatterns = RedundantPatterns.all(in: self)

  package func tree(_ file: FileID) -> SyntaxTree { trees[Int(file.position)] }
}
