import PolicySource

enum OperatorSpelling {
  static let page = CodePage(
    .operatorSpelling,
    finds: "an operator as another language spells it",
    explanation: """
      The operators are words: `and`, `or`, `not`. Comparisons are `==`, `!=`, `<`, `<=`, \
      `>` and `>=`; a `let` and the attributes of a test are given with a single `=`, and \
      `|` stands between the strings of a type.

      Write the operator so; the fix does.
      """,
    given: CodePage.portal,
    bad: "let trusted = context.mfa && resource.level < 3",
    good: "let trusted = context.mfa and resource.level < 3"
  )

  static func finding(
    _ span: SourceSpan,
    text: String,
    _ spelling: String,
    replacement: String
  ) -> Diagnostic {
    Diagnostic(
      .operatorSpelling,
      "`\(text)` is written `\(spelling)`",
      at: span,
      fixes: [Fix("write `\(spelling)`", [Edit(span, replacement)])]
    )
  }
}
