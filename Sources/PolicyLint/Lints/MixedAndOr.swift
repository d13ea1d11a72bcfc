import PolicySource
import PolicySyntax

/// Finds `and` beside `or` without parentheses.
enum MixedAndOr {
  static let lint = Lint(page, needs: .tree, find: findings)

  static let page = CodePage(
    .mixedAndOr,
    finds: "`and` beside `or` without parentheses",
    explanation: """
      `and` binds tighter than `or`, which not every reader of a policy knows. Parentheses around \
      the parts joined by `and` say the same to everyone; the fix writes them, and changes no \
      decision.
      """,
    given: CodePage.portal,
    bad: #"""
      role Observer {
        allow device.read when context.mfa or has context.ip and context.time < "2030-01-01T00:00:00Z"
      }
      """#,
    good: #"""
      role Observer {
        allow device.read when context.mfa or (has context.ip and context.time < "2030-01-01T00:00:00Z")
      }
      """#,
    severity: .warning
  )

  static func findings(_ context: LintContext) -> [Diagnostic] {
    context.trees.flatMap { tree in
      tree.allNodes(.orCondition).compactMap { condition in
        let parts = tree.nodes(condition, .andCondition).map { tree.span($0) }
        guard let first = parts.first else { return nil }
        return Diagnostic(
          .mixedAndOr,
          "`and` beside `or`, without parentheses",
          at: first,
          label: "this is joined before the `or`",
          help: "write parentheses around what `and` joins",
          fixes: [
            Fix(
              "add parentheses",
              parts.flatMap { [Edit($0.start, "("), Edit($0.end, ")")] }
            )
          ]
        )
      }
    }
  }
}
