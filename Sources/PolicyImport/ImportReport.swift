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

  /// Something that the original allows and the result does not.
  mutating func leftOut(
    _ span: SourceSpan,
    _ message: String,
    notes: [String] = [],
    help: String? = nil
  ) {
    add(.importLeftOut, .warning, span, message, notes, help)
  }

  /// Something that changes no decision, and that somebody may look for in the result.
  mutating func remark(_ span: SourceSpan, _ message: String, help: String? = nil) {
    add(.importLeftOut, .note, span, message, [], help)
  }

  /// Something that the result denies and the original does not.
  mutating func deniesMore(
    _ span: SourceSpan,
    _ message: String,
    notes: [String] = [],
    help: String? = nil
  ) {
    add(.importDeniesMore, .warning, span, message, notes, help)
  }

  private mutating func add(
    _ code: DiagnosticCode,
    _ severity: Severity,
    _ span: SourceSpan,
    _ message: String,
    _ notes: [String],
    _ help: String?
  ) {
    diagnostics.append(
      Diagnostic(code, message, at: span, severity: severity, notes: notes, help: help)
    )
  }
}
