import PolicySource

enum BlockComment {
  static let page = CodePage(
    .blockComment,
    finds: "a comment between `/*` and `*/`",
    explanation: """
      There are no block comments, because patterns and paths contain `/*`.

      Write `//` before each line.
      """,
    given: CodePage.portal,
    bad: """
      /* Everyone who works here. */
      let staff = principal.department == "sales"
      """,
    good: """
      // Everyone who works here.
      let staff = principal.department == "sales"
      """
  )

  static func finding(_ span: SourceSpan, edits: [Edit]) -> Diagnostic {
    Diagnostic(
      .blockComment,
      "there are no `/* */` comments",
      at: span,
      help: "write `//` before each line",
      fixes: edits.isEmpty ? [] : [Fix("make line comments of it", edits)]
    )
  }
}
