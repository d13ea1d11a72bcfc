import PolicySource

enum OperatorSpelling {
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
