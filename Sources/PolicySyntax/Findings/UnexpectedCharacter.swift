import PolicySource

enum UnexpectedCharacter {
  static func finding(_ span: SourceSpan, text: String) -> Diagnostic {
    switch text {
    case ";":
      Diagnostic(
        .unexpectedCharacter,
        "`;` ends nothing here",
        at: span,
        help: "a declaration or rule ends where the next one begins",
        fixes: [Fix("remove it", [Edit(span, "")])]
      )
    default:
      Diagnostic(
        .unexpectedCharacter,
        "`\(text)` begins nothing",
        at: span,
        help: "a name with such a character in it is written between backquotes"
      )
    }
  }
}
