import PolicySource

/// What can be wrong with a name.
enum NameProblem {
  case strayHyphen, wrongStart, notComposed, empty, control, space
  /// A service's name contains this.
  case dot
  /// A unit's name contains this.
  case slash
}

enum InvalidName {
  static let page = CodePage(
    .invalidName,
    finds: "a name that is not written as names are",
    explanation: """
      A name is a letter or `_`, then letters, digits, `_`, and `-` between two of them; \
      any other text is a name between backquotes, but it is never empty, has no control \
      characters and no space at its ends, and its accented letters are single characters \
      (Normalization Form C), so that equal names have equal bytes. The name of a service \
      has no `.` in it, that of a unit no `/`.

      Write the name so, or between backquotes.
      """,
    given: CodePage.portal,
    bad: """
      policy 2nd-level {
        allow device.read
      }
      """,
    good: """
      policy `2nd-level` {
        allow device.read
      }
      """
  )

  /// Of a name without backquotes.
  static func plain(_ span: SourceSpan, text: String, _ problem: NameProblem) -> Diagnostic {
    if problem == .notComposed { return quoted(span, text: text, problem) }
    let message =
      problem == .strayHyphen
      ? "a hyphen in `\(text)` is not between two characters of a name"
      : "`\(text)` begins with a character that no name begins with"
    return Diagnostic(
      .invalidName,
      message,
      at: span,
      help: "a name is a letter or `_`, then letters, digits, `_`, and `-` between two of them; "
        + "any other is written between backquotes",
      fixes: [Fix("write it between backquotes", [Edit(span, "`\(text)`")])]
    )
  }

  /// Of any name.
  static func quoted(_ span: SourceSpan, text: String, _ problem: NameProblem) -> Diagnostic {
    let message =
      switch problem {
      case .empty: "this name is empty"
      case .control: "this name contains a control character"
      case .space: "`\(text)` begins or ends with a space"
      case .dot: "the name of a service contains no `.`"
      case .slash: "the name of a unit contains no `/`"
      default: "`\(text)` is not in Unicode's composed form (NFC)"
      }
    return Diagnostic(
      .invalidName,
      message,
      at: span,
      help: problem == .notComposed
        ? "type its accented letters as single characters, so that equal names have equal bytes"
        : nil
    )
  }
}
