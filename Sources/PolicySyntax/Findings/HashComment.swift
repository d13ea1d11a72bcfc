import PolicySource

enum HashComment {
  static func finding(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .hashComment,
      "comments begin with `//`, not with `#`",
      at: span,
      fixes: [Fix("write `//`", [Edit(span, "//")])]
    )
  }
}
