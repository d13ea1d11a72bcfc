import PolicySource

enum NestingTooDeep {
  static let page = CodePage(
    .nestingTooDeep,
    finds: "parentheses, `not`s, groups or units that are nested too deep",
    explanation: """
      Nesting ends at 256 levels, so that no text can exhaust the stack of a program that \
      reads it.

      Give the inner part a name of its own with `let`.
      """,
    given: CodePage.portal,
    bad: "let deep = " + String(repeating: "not ", count: 257) + "context.mfa",
    good: "let shallow = not context.mfa"
  )

  static func finding(_ span: SourceSpan, limit: Int) -> Diagnostic {
    Diagnostic(
      .nestingTooDeep,
      "this is nested more than \(limit) levels deep",
      at: span,
      help: "give the inner part a name of its own"
    )
  }
}
