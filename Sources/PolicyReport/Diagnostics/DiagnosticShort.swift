package import PolicySource

/// Diagnostics one a line, as editors and `grep` read them.
package enum DiagnosticShort {
  /// `file:line:col: severity[code] message`.
  package static func text(_ diagnostic: Diagnostic, in sources: SourceMap) -> String {
    let span = diagnostic.primary.span
    let place = sources.place(span)
    let path = VisibleText.of(sources[span.file].path)
    return "\(path):\(place.line):\(place.column): "
      + "\(diagnostic.severity.rawValue)[\(diagnostic.code.rawValue)] "
      + VisibleText.of(diagnostic.message) + "\n"
  }
}
