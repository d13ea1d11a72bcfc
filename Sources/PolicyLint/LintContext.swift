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
  package lazy var prover = Prover(set.asking(probes))

  /// What lints ask of the prover; it comes after the assertions of the set.
  private lazy var probes = SelfEscalation.probes(of: set)

  /// The positions of the probes among what the prover can judge.
  var probePositions: Range<Int> {
    self.set.assertions.count..<self.set.assertions.count + probes.count
  }

  /// The diagrams of the set, with the conditions of its assertions as extras.
  ///
  /// New diagrams may be made in its store. Only of a set that checks.
  package var diagrams: PolicyDiagrams {
    get { prover.diagrams }
    _modify { yield &prover.diagrams }
  }

  /// The patterns that add nothing to their lists, of which two lints speak.
  lazy var redundantPatterns = RedundantPatterns.all(in: self)

  /// Proves of rules and policies that they change nothing.
  ///
  /// What asks it much takes a copy first: a lazy property is not changed in place.
  lazy var ruleProver = RuleProver(set, diagrams)

  /// Proves of conditions that they are constant.
  lazy var conditionProver = ConditionProver(set)

  /// What is proved of rules, of each one thing at most.
  lazy var ruleJudgement = RuleJudgement(set, &ruleProver, &conditionProver)

  /// What is constant in conditions, of which two lints speak.
  lazy var constantFindings = ConstantFinding.all(in: self)

  /// The node of each rule, by its place.
  lazy var ruleNodes: [SourceSpan: NodeID] = {
    var nodes: [SourceSpan: NodeID] = [:]
    for tree in trees {
      for rule in tree.allNodes(.rule) { nodes[tree.span(rule)] = rule }
    }
    return nodes
  }()

  package func tree(_ file: FileID) -> SyntaxTree { trees[Int(file.position)] }
}

extension PolicySet {
  /// The same set with more assertions behind its own.
  fileprivate func asking(_ more: [Assertion]) -> PolicySet {
    var result = self
    result.assertions += more
    return result
  }
}
