import PolicySource

enum InvalidEscape {
  static let page = CodePage(
    .invalidEscape,
    finds: "a `\\` in a string before what it means nothing to",
    explanation: """
      The escapes are `\\"`, `\\\\`, `\\n`, `\\t`, `\\u{…}` with the number of a Unicode \
      scalar value in hexadecimal digits, and `\\*` for a star that is no wildcard in a \
      `like` pattern.

      Write `\\\\` for a backslash.
      """,
    given: CodePage.portal,
    bad: """
      policy reader {
        allow device.read because "See C:\\Policies."
      }
      """,
    good: """
      policy reader {
        allow device.read because "See C:\\\\Policies."
      }
      """
  )

  static func finding(_ span: SourceSpan, text: String) -> Diagnostic {
    let replacement =
      switch text {
      case "\\'", "\\/", "\\`": String(text.dropFirst())
      case "\\r": "\\u{d}"
      case "\\0": "\\u{0}"
      default: "\\" + text
      }
    return Diagnostic(
      .invalidEscape,
      "`\(text)` is no escape",
      at: span,
      help: "the escapes are `\\\"`, `\\\\`, `\\n`, `\\t`, `\\*` and `\\u{…}`",
      fixes: [Fix("write `\(replacement)`", [Edit(span, replacement)])]
    )
  }

  static func scalar(_ span: SourceSpan, text: String) -> Diagnostic {
    Diagnostic(
      .invalidEscape,
      "`\(text)` is no character",
      at: span,
      help: "`\\u{…}` holds one to six hexadecimal digits, the number of a Unicode scalar value"
    )
  }
}
