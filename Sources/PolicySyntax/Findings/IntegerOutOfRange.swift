import PolicySource

enum IntegerOutOfRange {
  static let page = CodePage(
    .integerOutOfRange,
    finds: "an integer that does not fit into 64 bits",
    explanation: """
      Integers go from -9223372036854775808 to 9223372036854775807.

      Write a smaller one, or use a string where the number is an identifier.
      """,
    given: CodePage.portal,
    bad: "let highest = 9_223_372_036_854_775_808",
    good: "let highest = 9_223_372_036_854_775_807"
  )

  static func finding(_ span: SourceSpan, text: String) -> Diagnostic {
    Diagnostic(
      .integerOutOfRange,
      "`\(text)` does not fit into 64 bits",
      at: span,
      help: "integers go from \(Int64.min) to \(Int64.max)"
    )
  }
}
