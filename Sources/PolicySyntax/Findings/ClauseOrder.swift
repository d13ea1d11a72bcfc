import PolicySource

enum ClauseOrder {
  static func finding(
    _ span: SourceSpan,
    _ keyword: Keyword,
    before later: Keyword,
    at place: SourceSpan,
    edits: [Edit]
  ) -> Diagnostic {
    Diagnostic(
      .clauseOrder,
      "`\(keyword.rawValue)` stands before `\(later.rawValue)`",
      at: span,
      secondary: [Label(place, "it belongs before this")],
      fixes: [Fix("move it", edits)]
    )
  }

  /// Of a title after `includes`.
  static func title(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(.clauseOrder, "the title of a policy stands before `includes`", at: span)
  }
}
