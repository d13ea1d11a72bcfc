import PolicySource

extension FindingsReport {
  /// Findings with their frames, then what was found in one line, then remarks.
  func plainText(on terminal: Terminal) -> String {
    var text = ""
    for part in parts {
      let renderer = DiagnosticText(part.sources, on: terminal)
      for diagnostic in part.diagnostics { text += renderer.text(diagnostic) + "\n" }
    }
    return text + ending
  }
}
