import PolicySource

enum InvalidUTF8 {
  static func finding(_ span: SourceSpan, others: Int) -> Diagnostic {
    Diagnostic(
      .invalidUTF8,
      "these bytes are not UTF-8",
      at: span,
      notes: others == 0 ? [] : ["so are \(others) other runs of bytes in this file"],
      help: "save the file as UTF-8"
    )
  }

  static func utf16(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .invalidUTF8,
      "the file is in UTF-16",
      at: span,
      help: "save the file as UTF-8"
    )
  }
}
