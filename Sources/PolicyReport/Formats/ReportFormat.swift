/// The formats of findings, the one for people first.
package enum ReportFormat: String, CaseIterable, Sendable {
  case text, short, json, sarif, github, gitlab, junit, markdown
}

extension FindingsReport {
  /// The report in a format; colours are for `text` alone.
  ///
  /// - Complexity: O(findings × log + bytes of the files that have some).
  package func bytes(as format: ReportFormat, on terminal: Terminal = .plain) -> [UInt8] {
    switch format {
    case .text: Array(plainText(on: terminal).utf8)
    case .short: Array(shortText.utf8)
    case .json: JSONWriter.document(json)
    case .sarif: JSONWriter.document(sarif)
    case .github: Array(githubCommands.utf8)
    case .gitlab: JSONWriter.document(gitlab)
    case .junit: Array(junit.utf8)
    case .markdown: Array(markdown.utf8)
    }
  }
}
