import PolicySource

enum SingleQuotes {
  static let page = CodePage(
    .singleQuotes,
    finds: "a string between single or curly quotes",
    explanation: """
      Strings stand between `"`.

      Write `"`.
      """,
    given: CodePage.portal,
    bad: "let staff = principal.department == 'sales'",
    good: """
      let staff = principal.department == "sales"
      """
  )

  static func finding(
    _ span: SourceSpan,
    _ quote: Lexer.ForeignQuote,
    edits: [Edit]
  ) -> Diagnostic {
    let found = quote == .straight ? "single" : "curly"
    return Diagnostic(
      .singleQuotes,
      "strings stand between `\"`, not between \(found) quotes",
      at: span,
      fixes: edits.isEmpty ? [] : [Fix("write `\"`", edits)]
    )
  }
}
