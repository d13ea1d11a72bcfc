import PolicySource

enum SingleEquals {
  static let page = CodePage(
    .singleEquals,
    finds: "`=` in a condition",
    explanation: """
      `=` gives a value, in a `let` and in a test. Conditions compare with `==`.

      Write `==`.
      """,
    given: CodePage.portal,
    bad: """
      let staff = principal.department = "sales"
      """,
    good: """
      let staff = principal.department == "sales"
      """
  )

  static func finding(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .singleEquals,
      "in a condition, values are compared with `==`",
      at: span,
      fixes: [Fix("write `==`", [Edit(span, "==")])]
    )
  }
}
