import PolicySource

enum HashComment {
  static let page = CodePage(
    .hashComment,
    finds: "a comment that begins with `#`",
    explanation: """
      Comments begin with `//`, and those that document the next declaration with `///`.

      Write `//`.
      """,
    given: CodePage.portal,
    bad: """
      # Everyone who works here.
      let staff = principal.department == "sales"
      """,
    good: """
      // Everyone who works here.
      let staff = principal.department == "sales"
      """
  )

  static func finding(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .hashComment,
      "comments begin with `//`, not with `#`",
      at: span,
      fixes: [Fix("write `//`", [Edit(span, "//")])]
    )
  }
}
