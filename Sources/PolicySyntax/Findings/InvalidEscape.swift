import PolicySource

enum InvalidEscape {
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
