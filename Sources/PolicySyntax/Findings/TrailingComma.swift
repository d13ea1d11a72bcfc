import PolicySource

enum TrailingComma {
  /// - Parameter what: What the comma ends, such as "the actions".
  static func finding(_ span: SourceSpan, _ what: String) -> Diagnostic {
    Diagnostic(
      .trailingComma,
      "nothing follows this comma after \(what)",
      at: span,
      fixes: [Fix("remove it", [Edit(span, "")])]
    )
  }
}
