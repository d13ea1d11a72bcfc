import PolicySource

/// "did you mean" for a name that is not known: help, and a fix when only one name is near.
///
/// It is a guess, which may grant what was not meant: it is never applied unseen.
struct Near {
  let help: String?
  let fixes: [Fix]

  init(_ name: String, at span: SourceSpan, among known: some Sequence<String>) {
    let names = Suggestion.nearest(to: name, among: known)
    help = Suggestion.question(names)
    fixes =
      names.count == 1
      ? [Fix("change to `\(names[0])`", [Edit(span, names[0].asName)], isSafe: false)]
      : []
  }
}

extension String {
  /// The text as a name in the source: between backquotes when it is not a plain name.
  var asName: String {
    let scalars = Array(unicodeScalars)
    let isPlain =
      scalars.first.map { $0.properties.isXIDStart || $0 == "_" } ?? false
      && scalars.last != "-"
      && scalars.allSatisfy { $0.properties.isXIDContinue || $0 == "_" || $0 == "-" }
      && !contains("--")
    return isPlain ? self : "`\(self)`"
  }
}
