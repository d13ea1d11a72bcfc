/// How much a diagnostic matters, from least to most.
package enum Severity: String, CaseIterable, Comparable, Sendable {
  case note, warning, error

  package static func < (left: Severity, right: Severity) -> Bool {
    left.rank < right.rank
  }

  private var rank: Int {
    switch self {
    case .note: 0
    case .warning: 1
    case .error: 2
    }
  }
}

/// A place in the source with a few words about it.
package struct Label: Hashable, Sendable {
  package let span: SourceSpan
  /// What is to be said beside the carets; may be empty.
  package let text: String

  package init(_ span: SourceSpan, _ text: String = "") {
    self.span = span
    self.text = text
  }
}

/// The replacement of a run of bytes.
package struct Edit: Hashable, Sendable {
  package let span: SourceSpan
  package let replacement: String

  package init(_ span: SourceSpan, _ replacement: String) {
    self.span = span
    self.replacement = replacement
  }
}

/// A titled set of edits that do not overlap and that remove the cause of a diagnostic.
package struct Fix: Hashable, Sendable {
  package let title: String
  package let edits: [Edit]
  /// Whether the fix may be applied unseen.
  ///
  /// It may if it changes no decision, or writes in the language what text that did not check says
  /// in another spelling. A guess at what was meant is never safe.
  package let isSafe: Bool

  package init(_ title: String, _ edits: [Edit], isSafe: Bool = true) {
    self.title = title
    self.edits = edits
    self.isSafe = isSafe
  }
}

/// Something that is said about a place in the source, as data.
package struct Diagnostic: Hashable, Sendable {
  package let code: DiagnosticCode
  package var severity: Severity
  /// One phrase in lower case, without a full stop; the user's text is in backquotes.
  package let message: String
  package let primary: Label
  /// Further places, such as "first declared here".
  package var secondary: [Label]
  /// Facts that belong to the message.
  package var notes: [String]
  /// What to do about it.
  package var help: String?
  package var fixes: [Fix]

  package init(
    _ code: DiagnosticCode,
    _ message: String,
    at span: SourceSpan,
    label: String = "",
    severity: Severity = .error,
    secondary: [Label] = [],
    notes: [String] = [],
    help: String? = nil,
    fixes: [Fix] = []
  ) {
    self.code = code
    self.severity = severity
    self.message = message
    self.primary = Label(span, label)
    self.secondary = secondary
    self.notes = notes
    self.help = help
    self.fixes = fixes
  }
}

extension [Diagnostic] {
  package var hasErrors: Bool { contains { $0.severity == .error } }

  /// In source order, each exactly once: the order in which they are shown.
  ///
  /// - Complexity: O(n log n).
  package func inSourceOrder() -> [Diagnostic] {
    var seen: Set<Diagnostic> = []
    return enumerated()
      .sorted { ($0.element.primary.span, $0.offset) < ($1.element.primary.span, $1.offset) }
      .map(\.element)
      .filter { seen.insert($0).inserted }
  }
}
