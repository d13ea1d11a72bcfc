import PolicySource

enum BlockComment {
  static func finding(_ span: SourceSpan, edits: [Edit]) -> Diagnostic {
    Diagnostic(
      .blockComment,
      "there are no `/* */` comments",
      at: span,
      help: "write `//` before each line",
      fixes: edits.isEmpty ? [] : [Fix("make line comments of it", edits)]
    )
  }
}
