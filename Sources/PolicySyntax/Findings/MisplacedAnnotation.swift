import PolicySource

enum MisplacedAnnotation {
  /// - Parameter what: What an annotation stands before in this place.
  static func finding(_ span: SourceSpan, before what: String) -> Diagnostic {
    Diagnostic(
      .misplacedAnnotation,
      "an annotation here stands before \(what)",
      at: span,
      help: "move it to what it is about, or remove it"
    )
  }
}
