import PolicySource

/// A `@suppress` that silences nothing.
///
/// It is found by what runs the lints, when it knows what they found.
enum UnusedSuppression {
  static let page = CodePage(
    .unusedSuppression,
    finds: "a `@suppress` that silences nothing",
    explanation: """
      What it was written for has gone, or stands elsewhere: an annotation silences its code in the \
      declaration, member or rule that it stands on, and errors are never silenced. Codes that are \
      switched off are not judged.
      """,
    given: CodePage.portal,
    bad: """
      @suppress(wildcard-allow, "The role is everything, later services too.")
      role Administrator { allow device.* }
      """,
    good: """
      @suppress(wildcard-allow, "The role is everything, later services too.")
      role Administrator { allow * }
      """,
    severity: .warning
  )

  static func at(_ span: SourceSpan, code: DiagnosticCode, fixes: [Fix]) -> Diagnostic {
    Diagnostic(
      .unusedSuppression,
      "there is no `\(code.rawValue)` here to silence",
      at: span,
      fixes: fixes
    )
  }
}
