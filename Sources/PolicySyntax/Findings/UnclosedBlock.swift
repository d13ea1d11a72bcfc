import PolicySource

enum UnclosedBlock {
  /// - Parameter span: The point where the `}` is missing.
  static func finding(_ span: SourceSpan, opening: SourceSpan?, insert: String) -> Diagnostic {
    Diagnostic(
      .unclosedBlock,
      "expected `}`",
      at: span,
      secondary: opening.map { [Label($0, "it closes this")] } ?? [],
      fixes: [Fix("insert `}`", [Edit(span, insert)], isSafe: false)]
    )
  }
}
