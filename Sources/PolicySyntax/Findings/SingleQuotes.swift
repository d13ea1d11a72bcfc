import PolicySource

enum SingleQuotes {
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
