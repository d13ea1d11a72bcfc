import PolicySource

enum ReservedName {
  static func finding(_ span: SourceSpan, text: String, what: String) -> Diagnostic {
    Diagnostic(
      .reservedName,
      "\(what) is called `\(text)` only between backquotes",
      at: span,
      help: "the word means something else where such a name stands",
      fixes: [Fix("write it between backquotes", [Edit(span, "`\(text)`")])]
    )
  }
}
