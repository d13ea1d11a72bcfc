import PolicySource

enum ChainedComparison {
  static let page = CodePage(
    .chainedComparison,
    finds: "a comparison with three sides",
    explanation: """
      `1 < x < 5` is no comparison here, since in some languages it compares the answer of \
      the first with the third value.

      Join two comparisons with `and`.
      """,
    given: CodePage.portal,
    bad: "let middle = 1 < resource.level < 5",
    good: "let middle = 1 < resource.level and resource.level < 5"
  )

  static func finding(_ span: SourceSpan, middle: String, after place: SourceSpan) -> Diagnostic {
    Diagnostic(
      .chainedComparison,
      "a comparison has two sides",
      at: span,
      help: "join two comparisons with `and`",
      fixes: [
        Fix("compare `\(middle)` twice", [Edit(place, " and \(middle)")], isSafe: false)
      ]
    )
  }
}
