import PolicySource

enum ClauseOrder {
  static let page = CodePage(
    .clauseOrder,
    finds: "a part of a rule, test or assignment that stands too late",
    explanation: """
      A rule reads `allow … when … unless … because …`, a test `as … in … with …` and then \
      its expectations, an expectation `… in … with … because …`, an assignment or \
      assertion `… in … when …`. With one order, all rules read alike.

      Move the part; the fix does.
      """,
    given: CodePage.portal,
    bad: """
      policy reader {
        allow device.read unless resource.level > 3 when context.mfa
      }
      """,
    good: """
      policy reader {
        allow device.read when context.mfa unless resource.level > 3
      }
      """
  )

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
