import PolicySource

enum UnterminatedString {
  static func finding(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .unterminatedString,
      "this string is not closed",
      at: span,
      fixes: [Fix("close it", [Edit(span.end, "\"")])]
    )
  }

  static func lineBreak(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .unterminatedString,
      "this string runs over a line break",
      at: span,
      help: "write the string on one line, with `\\n` for a line break"
    )
  }
}
