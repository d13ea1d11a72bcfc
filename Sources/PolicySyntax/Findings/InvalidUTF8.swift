import PolicySource

enum InvalidUTF8 {
  static let page = CodePage(
    .invalidUTF8,
    finds: "bytes that are not UTF-8",
    explanation: """
      Policy files are UTF-8, so that everyone reads the same names. The first such place \
      of a file is shown; the others are mentioned. U+FFFD counts too: it is what an \
      editor leaves where it could not read a file.

      Save the file as UTF-8.
      """,
    bad: """
      let place = "caf\u{FFFD}"
      """,
    good: """
      let place = "café"
      """
  )

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
