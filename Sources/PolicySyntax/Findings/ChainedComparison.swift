import PolicySource

enum ChainedComparison {
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
