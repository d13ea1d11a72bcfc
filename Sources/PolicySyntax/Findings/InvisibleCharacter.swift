import PolicySource

enum InvisibleCharacter {
  static let page = CodePage(
    .invisibleCharacter,
    finds: "a character that cannot be seen, outside a string",
    explanation: """
      Control characters, zero-width characters and those that change the direction of \
      text make a file read differently from what it means. They are an error everywhere \
      but in strings, in comments too.

      Remove the character. A byte order mark at the start of the file is allowed, and so \
      is the selector that shows the symbol before it as an emoji.
      """,
    given: CodePage.portal,
    bad: "let flag = context.mfa // on\u{202E}ffo",
    good: "let flag = context.mfa // on"
  )

  static func finding(_ span: SourceSpan, _ scalars: [Unicode.Scalar]) -> Diagnostic {
    let names = scalars.map(\.codePoint).joined(separator: " ")
    return Diagnostic(
      .invisibleCharacter,
      "the text contains \(names), which cannot be seen",
      at: span,
      help: "remove it; inside a string it is written as an escape",
      fixes: [Fix("remove it", [Edit(span, "")])]
    )
  }

  static func space(_ span: SourceSpan, _ scalar: Unicode.Scalar) -> Diagnostic {
    Diagnostic(
      .invisibleCharacter,
      "\(scalar.codePoint) looks like a space and is none",
      at: span,
      fixes: [Fix("write a space", [Edit(span, " ")])]
    )
  }
}
