import PolicySource

enum RepeatedClause {
  static func finding(_ span: SourceSpan, _ keyword: Keyword, first: SourceSpan) -> Diagnostic {
    let word = keyword.rawValue
    let help: String? =
      switch keyword {
      case .when: "join the two conditions with `and`"
      case .unless: "join the two conditions with `or`"
      case .in, .with, .as: "join the two with `,`"
      default: nil
      }
    return Diagnostic(
      .repeatedClause,
      "there is a second `\(word)`",
      at: span,
      secondary: [Label(first, "the first is here")],
      help: help
    )
  }
}
