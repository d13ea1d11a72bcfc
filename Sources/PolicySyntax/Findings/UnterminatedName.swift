import PolicySource

enum UnterminatedName {
  static func finding(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .unterminatedName,
      "this name has no closing backquote",
      at: span,
      help: "close it where the name ends"
    )
  }
}
