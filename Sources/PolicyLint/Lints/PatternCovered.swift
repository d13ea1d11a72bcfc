import PolicySource

/// Finds patterns all of whose actions another pattern of their list matches.
enum PatternCovered {
  static let lint = Lint(page, needs: .checkedSet, find: findings)

  static let page = CodePage(
    .patternCovered,
    finds: "a pattern whose actions another pattern of the same rule matches too",
    explanation: """
      It adds nothing to the list, in which the other pattern stands before or after it, and \
      removing it changes no decision. The same is found for a service or a member between braces. \
      In an allow, a star or a group does not cover an action that is `@explicit` and named. A \
      pattern that is there twice in the same words is a `duplicate-pattern`.
      """,
    given: CodePage.portal,
    bad: "role Observer { allow device.*, device.list }",
    good: "role Observer { allow device.* }",
    severity: .warning
  )

  static func findings(_ context: LintContext) -> [Diagnostic] {
    context.redundantPatterns.filter { !$0.isRepetition }.map { pattern in
      Diagnostic(
        .patternCovered,
        "`\(pattern.text)` adds nothing to `\(pattern.coverText)`",
        at: pattern.span,
        secondary: [Label(pattern.cover, "this matches all of it")],
        help: "remove it",
        fixes: pattern.fix.map { [$0] } ?? []
      )
    }
  }
}
