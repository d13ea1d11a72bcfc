import PolicySource

enum RepeatedClause {
  static let page = CodePage(
    .repeatedClause,
    finds: "a second `when`, `unless`, `because`, `in`, `with` or `as`",
    explanation: """
      Two conditions could mean either or both, so a rule has one `when` and one `unless`.

      Join two `when`s with `and`, two `unless`es with `or`, and two lists with `,`; or \
      write two rules.
      """,
    given: CodePage.portal,
    bad: """
      policy reader {
        allow device.read when context.mfa when resource.level < 3
      }
      """,
    good: """
      policy reader {
        allow device.read when context.mfa and resource.level < 3
      }
      """
  )

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
