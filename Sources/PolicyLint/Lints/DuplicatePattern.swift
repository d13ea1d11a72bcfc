import PolicySource

/// Finds patterns that stand twice in one list.
enum DuplicatePattern {
  static let lint = Lint(page, needs: .checkedSet, find: findings)

  static let page = CodePage(
    .duplicatePattern,
    finds: "a pattern, or a name between its braces, that stands twice in one list of a rule",
    explanation: """
      The second one adds nothing. Perhaps another action was meant; otherwise remove it, which \
      changes no decision.
      """,
    given: CodePage.portal,
    bad: "role Observer { allow device.{list, get, list} }",
    good: "role Observer { allow device.{list, get} }",
    severity: .warning
  )

  static func findings(_ context: LintContext) -> [Diagnostic] {
    context.redundantPatterns.filter(\.isRepetition).map { pattern in
      Diagnostic(
        .duplicatePattern,
        "`\(pattern.text)` stands twice in this list",
        at: pattern.span,
        secondary: [Label(pattern.cover, "and here")],
        help: "remove it",
        fixes: pattern.fix.map { [$0] } ?? []
      )
    }
  }
}
