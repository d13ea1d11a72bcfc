import PolicySource

enum UnterminatedName {
  static let page = CodePage(
    .unterminatedName,
    finds: "a name without its closing backquote",
    explanation: """
      A name between backquotes ends on the line where it begins. Where the closing one is \
      missing, the name is taken to end before the next keyword or punctuation mark.

      Close the name.
      """,
    given: CodePage.portal,
    bad: """
      policy `Device Reader {
        allow device.read
      }
      """,
    good: """
      policy `Device Reader` {
        allow device.read
      }
      """
  )

  static func finding(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .unterminatedName,
      "this name has no closing backquote",
      at: span,
      help: "close it where the name ends"
    )
  }
}
