import PolicySource

/// What is said about an import, as it goes on.
struct ImportReport: Sendable {
  private(set) var diagnostics: [Diagnostic] = []

  /// The input is not what the reader reads: there is no result.
  mutating func unreadable(_ span: SourceSpan, _ message: String, help: String? = nil) {
    diagnostics.append(Diagnostic(.importUnreadable, message, at: span, help: help))
  }

  /// Something that would be allowed too much without: there is no result.
  mutating func refused(_ span: SourceSpan, _ message: String, help: String? = nil) {
    diagnostics.append(Diagnostic(.importRefused, message, at: span, help: help))
  }

  /// Something that changes no decision, and that somebody may look for in the result.
  mutating func remark(_ span: SourceSpan, _ message: String, help: String? = nil) {
    diagnostics.append(Diagnostic(.importLeftOut, message, at: span, severity: .note, help: help))
  }
}
