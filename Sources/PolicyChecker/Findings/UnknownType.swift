import PolicySource

/// An attribute declared with a type that the language does not have.
enum UnknownType {
  static let page = CodePage(
    .unknownType,
    finds: "a type that the language does not have",
    explanation: """
      The types are Bool, Int, String, IP, Time, Path, Principal, Set<String>, Set<Path>, \
      Set<Principal>, and one of several words: "eu" | "us".
      """,
    bad: "catalogue portal { context { mfa: Boool } }",
    good: "catalogue portal { context { mfa: Bool } }"
  )

  static func at(
    _ span: SourceSpan,
    name: String,
    known: [String],
    ofElements: Bool = false
  ) -> Diagnostic {
    let near = Near(name, at: span, among: known)
    let message =
      ofElements ? "a set cannot have elements of type `\(name)`" : "there is no type `\(name)`"
    return Diagnostic(
      .unknownType,
      message,
      at: span,
      help: near.help ?? "the types here are \(known.joined(separator: ", "))",
      fixes: near.fixes
    )
  }

  static func setOfNothing(at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .unknownType,
      "`Set` by itself is no type",
      at: span,
      help: "say of what: `Set<String>`, `Set<Path>` or `Set<Principal>`"
    )
  }
}
