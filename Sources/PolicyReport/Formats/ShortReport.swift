import PolicySource

extension FindingsReport {
  /// A line for each finding, and nothing else, for editors and `grep`.
  var shortText: String {
    parts.map { part in
      part.diagnostics.map { DiagnosticShort.text($0, in: part.sources) }.joined()
    }.joined()
  }
}
