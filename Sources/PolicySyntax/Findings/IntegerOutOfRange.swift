import PolicySource

enum IntegerOutOfRange {
  static let page = CodePage(
    .integerOutOfRange,
    finds: "a number that is no integer of 64 bits",
    explanation: """
      There are whole numbers only, from -9223372036854775808 to 9223372036854775807.

      Write a smaller one, or use a string where the number is an identifier. What has fractions is \
      counted in a smaller unit, such as cents.
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

  /// Digits with points between them: a fraction, or a text without its quotes.
  static func fraction(_ span: SourceSpan, text: String) -> Diagnostic {
    let isFraction = text.utf8.count { $0 == UInt8(ascii: ".") } == 1
    return Diagnostic(
      .integerOutOfRange,
      "`\(text)` is no whole number",
      at: span,
      help: isFraction
        ? "count in a smaller unit, such as cents or per mille"
        : "an address or a version is a string: write \"\(text)\""
    )
  }
}
