import PolicySource

/// A plain name in a condition that no `let` declares.
enum UnknownName {
  static let page = CodePage(
    .unknownName,
    finds: "a name in a condition that no `let` declares",
    explanation: """
      A plain name in a condition stands for a `let`. Attributes are written with where they come \
      from (`context.mfa`), and texts between quotes ("eu").
      """,
    given: CodePage.portal,
    bad: """
      let strong = context.mfa
      role Operator { allow device.delete when strongg }
      """,
    good: """
      let strong = context.mfa
      role Operator { allow device.delete when strong }
      """
  )

  /// `attribute` is how an attribute of that name is written, if there is one.
  static func at(
    _ span: SourceSpan,
    name: String,
    lets: [String],
    attribute: String?
  ) -> Diagnostic {
    let near = Near(name, at: span, among: lets)
    var help = near.help
    var fixes = near.fixes
    if help == nil, let attribute {
      help = "did you mean `\(attribute)`?"
      fixes = [Fix("change to `\(attribute)`", [Edit(span, attribute)], isSafe: false)]
    }
    return Diagnostic(
      .unknownName,
      "no `let` declares `\(name)`",
      at: span,
      help: help ?? "write an attribute as `context.\(name.asName)`, a text as \"\(name)\"",
      fixes: fixes
    )
  }
}
