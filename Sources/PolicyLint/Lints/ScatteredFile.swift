import PolicySource
import PolicySyntax

/// Finds files in which declarations of one kind stand in several places.
enum ScatteredFile {
  static let lint = Lint(page, needs: .tree, find: findings)

  static let page = CodePage(
    .scatteredFile,
    finds: "a file in which declarations of one kind stand in several places",
    explanation: """
      Readers look for a policy among the policies. Reported is the first declaration of a file \
      whose kind stood further up, with other kinds between them; the kinds are catalogue, unit, \
      group, policy, assignment, and test or assertion. A `let` may stand wherever it is used. File \
      order never changes meaning.
      """,
    given: CodePage.portal,
    bad: """
      role Observer { allow device.read }
      assign Observer to everyone
      role Operator { allow device.write }
      """,
    good: """
      role Observer { allow device.read }
      role Operator { allow device.write }
      assign Observer to everyone
      """,
    severity: .warning,
    isOffByDefault: true
  )

  static func findings(_ context: LintContext) -> [Diagnostic] {
    context.trees.compactMap { tree in
      var last: [String: NodeID] = [:]
      var current: String?
      for node in tree.nodes(tree.root) {
        guard let kind = kind(node, in: tree) else { continue }
        if kind != current, let earlier = last[kind] {
          return Diagnostic(
            .scatteredFile,
            "a \(kind) after declarations of other kinds",
            at: tree.head(of: node),
            secondary: [Label(tree.head(of: earlier), "the last one stands here")],
            help: "put what is of one kind together"
          )
        }
        current = kind
        last[kind] = node
      }
      return nil
    }
  }

  private static func kind(_ node: NodeID, in tree: SyntaxTree) -> String? {
    switch tree.kind(node) {
    case .catalogue: "catalogue"
    case .ou: "unit"
    case .group: "group"
    case .policy: "policy"
    case .assign: "assignment"
    case .test, .canAssertion, .onlyAssertion, .holdsAssertion: "test or assertion"
    default: nil
    }
  }
}

extension SyntaxTree {
  /// The narrowest place that stands for a declaration: its name, or its first word.
  func head(of declaration: NodeID) -> SourceSpan {
    if [.catalogue, .group, .policy].contains(kind(declaration)),
      let name = first(declaration, .name)
    {
      return span(name)
    }
    return childTokens(declaration).first.map { span($0) } ?? span(declaration).start
  }
}
