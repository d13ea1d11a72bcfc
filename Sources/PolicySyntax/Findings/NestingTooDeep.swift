import PolicySource

enum NestingTooDeep {
  static func finding(_ span: SourceSpan, limit: Int) -> Diagnostic {
    Diagnostic(
      .nestingTooDeep,
      "this is nested more than \(limit) levels deep",
      at: span,
      help: "give the inner part a name of its own"
    )
  }
}
