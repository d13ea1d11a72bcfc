import PolicySource

enum UnterminatedString {
  static let page = CodePage(
    .unterminatedString,
    finds: "a string without its closing quote",
    explanation: """
      A string ends on the line where it begins. `\\n` writes a line break into it.

      Close the string.
      """,
    given: CodePage.portal,
    bad: """
      policy reader {
        allow device.read because "Anyone may look.
      }
      """,
    good: """
      policy reader {
        allow device.read because "Anyone may look."
      }
      """
  )

  static func finding(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .unterminatedString,
      "this string is not closed",
      at: span,
      fixes: [Fix("close it", [Edit(span.end, "\"")], isSafe: false)]
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
