import PolicySource
import PolicySyntax

/// Finds groups that nothing names.
enum UnusedGroup {
  static let lint = Lint(page, needs: .checkedSet, find: findings)

  static let page = CodePage(
    .unusedGroup,
    finds: "a group that nothing names",
    explanation: """
      It is given no policy, no condition asks for it, no other group contains it, and no test or \
      assertion speaks of it. Being in it changes no decision.
      """,
    given: CodePage.portal + "\nrole Observer { allow device.read }",
    bad: """
      group operators { user "bob@acme.example" }
      assign Observer to user "bob@acme.example"
      """,
    good: """
      group operators { user "bob@acme.example" }
      assign Observer to group operators
      """,
    severity: .warning
  )

  static func findings(_ context: LintContext) -> [Diagnostic] {
    var used: Set<String> = []
    for tree in context.trees {
      for node in tree.allNodes(.memberSubject, .groupCheck) where tree.has(node, .group) {
        if let name = tree.nodes(node).last { used.insert(tree.nameText(name)) }
      }
    }
    return context.trees.flatMap { tree in
      tree.nodes(tree.root, .group).compactMap { declaration in
        guard let name = tree.first(declaration, .name) else { return nil }
        guard !used.contains(tree.nameText(name)) else { return nil }
        return Diagnostic(
          .unusedGroup,
          "nothing names the group `\(tree.nameText(name))`",
          at: tree.span(name),
          help: "assign policies to it, or remove it",
          fixes: [tree.removal(of: declaration, "remove it")]
        )
      }
    }
  }
}
