import PolicySource
import PolicySyntax

/// Finds declarations without a title.
enum MissingTitle {
  static let lint = Lint(page, needs: .tree, find: findings)

  static let page = CodePage(
    .missingTitle,
    finds: "a catalogue, service, action, action group, policy, group or unit without a title",
    explanation: """
      A title is what reports, such as the matrix that auditors read, show beside the name.
      """,
    bad: """
      catalogue portal "Portal" { service device "Devices" { list } }
      """,
    good: """
      catalogue portal "Portal" { service device "Devices" { list "List all devices" } }
      """,
    severity: .warning,
    isOffByDefault: true
  )

  static func findings(_ context: LintContext) -> [Diagnostic] {
    context.trees.flatMap { tree in
      tree.allNodes.compactMap { node in
        guard let what = what(node, in: tree), let name = tree.first(node, .name),
          tree.first(node, .string) == nil
        else { return nil }
        return Diagnostic(
          .missingTitle,
          "\(what) `\(tree.nameText(name))` has no title",
          at: tree.span(name)
        )
      }
    }
  }

  private static func what(_ node: NodeID, in tree: SyntaxTree) -> String? {
    switch tree.kind(node) {
    case .catalogue: "catalogue"
    case .service: "service"
    case .member: tree.first(node, .memberBlock) == nil ? "action" : "action group"
    case .policy: tree.has(node, .role) ? "role" : "policy"
    case .group: "group"
    case .unit: "unit"
    default: nil
    }
  }
}
