import PolicySource

enum UnexpectedCharacter {
  static let page = CodePage(
    .unexpectedCharacter,
    finds: "a character that begins nothing",
    explanation: """
      No name, number or operator begins with this character. Nothing ends with `;`: a \
      rule or declaration ends where the next one begins.

      Remove it, or write the name that it belongs to between backquotes.
      """,
    given: CodePage.portal,
    bad: "let second-factor = context.mfa;",
    good: "let second-factor = context.mfa"
  )

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
