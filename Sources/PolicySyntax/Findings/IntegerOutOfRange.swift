import PolicySource

enum IntegerOutOfRange {
  static func finding(_ span: SourceSpan, text: String) -> Diagnostic {
    Diagnostic(
      .integerOutOfRange,
      "`\(text)` does not fit into 64 bits",
      at: span,
      help: "integers go from \(Int64.min) to \(Int64.max)"
    )
  }
}
