import PolicySource
import PolicySyntax

/// Finds `let`s that nothing uses.
enum UnusedLet {
  static let lint = Lint(page, needs: .checkedSet, find: findings)

  static let page = CodePage(
    .unusedLet,
    finds: "a `let` that nothing uses",
    explanation: """
      No condition, list, binding or other `let` of the set names it. It changes no decision, and \
      readers wonder where it takes effect; perhaps a rule was to use it and does not.
      """,
    given: CodePage.portal,
    bad: """
      let office = ["10.0.0.0/8"]
      role Observer { allow device.read }
      """,
    good: """
      let office = ["10.0.0.0/8"]
      role Observer { allow device.read when context.ip in office }
      """,
    severity: .warning
  )

  static func findings(_ context: LintContext) -> [Diagnostic] {
    var used: Set<String> = []
    for tree in context.trees {
      for reference in tree.allNodes(.letReference) { used.insert(tree.nameText(reference)) }
    }
    return context.trees.flatMap { tree in
      tree.nodes(tree.root, .letDeclaration).compactMap { declaration in
        guard let name = tree.first(declaration, .name) else { return nil }
        guard !used.contains(tree.nameText(name)) else { return nil }
        return Diagnostic(
          .unusedLet,
          "nothing uses `\(tree.nameText(name))`",
          at: tree.span(name),
          help: "remove it",
          fixes: [tree.removal(of: declaration, "remove it")]
        )
      }
    }
  }
}
