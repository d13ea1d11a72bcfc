import PolicySource

enum SingleEquals {
  static func finding(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .singleEquals,
      "in a condition, values are compared with `==`",
      at: span,
      fixes: [Fix("write `==`", [Edit(span, "==")])]
    )
  }
}
