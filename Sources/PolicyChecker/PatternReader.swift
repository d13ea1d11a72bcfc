package import PolicyModel
package import PolicySource
package import PolicySyntax

/// Says what single patterns, and parts of patterns, match: for lints and editors.
///
/// It resolves the catalogue of the trees once more, and reports nothing.
package struct PatternReader {
  private var checker: Checker

  /// Which actions a pattern stands for.
  package struct Matches: Sendable {
    /// All that it matches: what a deny, an `except`, a test and an assertion mean.
    package let matched: ActionSet
    /// What an allow means: not those marked `@explicit` that it does not name.
    package let reached: ActionSet
  }

  /// - Complexity: O(catalogue + declarations).
  package init(_ trees: [SyntaxTree], sources: SourceMap) {
    checker = Checker(trees: trees, sources: sources)
    checker.gatherDeclarations()
    checker.resolveCatalogue()
  }

  /// What a `pattern` node of a tree matches; with a position, only that service or member of its
  /// braces.
  ///
  /// The names in it that are not known match nothing. - Complexity: O(matches).
  package mutating func matches(
    _ pattern: NodeID,
    in tree: SyntaxTree,
    serviceAt: Int? = nil,
    memberAt: Int? = nil
  ) -> Matches {
    let site = Site(tree: Int(tree.file.position), node: pattern)
    let parts = checker.matches(site, serviceAt: serviceAt, memberAt: memberAt)
    return Matches(matched: ActionSet(parts.matched), reached: ActionSet(parts.reached))
  }
}
