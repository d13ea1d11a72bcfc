import PolicySource

enum TrailingComma {
  static let page = CodePage(
    .trailingComma,
    finds: "a comma after the last of a list",
    explanation: """
      A comma says that another action, policy, subject, place or attribute follows, and \
      none does. Only lists between brackets or braces may end with one.

      Remove it, or write what is missing.
      """,
    given: CodePage.portal,
    bad: """
      policy reader {
        allow device.list, user.list, when context.mfa
      }
      """,
    good: """
      policy reader {
        allow device.list, user.list when context.mfa
      }
      """
  )

  /// Reports a comma, with what it ends, such as "the actions".
  static func finding(_ span: SourceSpan, _ what: String) -> Diagnostic {
    Diagnostic(
      .trailingComma,
      "nothing follows this comma after \(what)",
      at: span,
      fixes: [Fix("remove it", [Edit(span, "")])]
    )
  }
}
