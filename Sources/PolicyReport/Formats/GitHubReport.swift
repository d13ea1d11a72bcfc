import PolicySource

extension FindingsReport {
  /// Workflow commands of GitHub Actions, which become annotations, then what was found in one line.
  ///
  /// Source: "Workflow commands for GitHub Actions", setting a notice, warning or error message; the
  /// escapes are those of `@actions/core` (`command.ts`).
  var githubCommands: String {
    let commands = parts.flatMap { part in
      part.diagnostics.map { Self.command($0, in: part.sources) }
    }
    return commands.joined() + ending
  }

  private static func command(_ diagnostic: Diagnostic, in sources: SourceMap) -> String {
    let span = diagnostic.primary.span
    let file = sources[span.file]
    let start = file.place(of: span.lower)
    let end = file.place(of: span.upper)
    var properties: [(String, String)] = [
      ("file", file.path), ("line", String(start.line)), ("endLine", String(end.line)),
    ]
    // Columns are taken only where both are in one line.
    if start.line == end.line {
      properties.append(("col", String(start.column)))
      properties.append(("endColumn", String(max(start.column, end.column - 1))))
    }
    properties.append(("title", diagnostic.code.rawValue))
    let list = properties.map { "\($0)=\(escapedProperty($1))" }.joined(separator: ",")
    let message = PlainMessage.text(of: diagnostic)
    return "::\(command(for: diagnostic.severity)) \(list)::\(escapedData(message))\n"
  }

  private static func command(for severity: Severity) -> String {
    switch severity {
    case .error: "error"
    case .warning: "warning"
    case .note: "notice"
    }
  }

  private static func escapedData(_ text: String) -> String {
    replaced(text) { byte in
      switch byte {
      case UInt8(ascii: "%"): "%25"
      case UInt8(ascii: "\r"): "%0D"
      case UInt8(ascii: "\n"): "%0A"
      default: nil
      }
    }
  }

  private static func escapedProperty(_ text: String) -> String {
    replaced(escapedData(text)) { byte in
      switch byte {
      case UInt8(ascii: ":"): "%3A"
      case UInt8(ascii: ","): "%2C"
      default: nil
      }
    }
  }

  private static func replaced(_ text: String, _ escape: (UInt8) -> String?) -> String {
    var bytes: [UInt8] = []
    for byte in text.utf8 {
      if let escaped = escape(byte) { bytes += escaped.utf8 } else { bytes.append(byte) }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// A diagnostic as lines of text without frames, for formats that show the source themselves.
enum PlainMessage {
  /// The message with what is said at its place, then notes, then help, all of it made visible.
  static func text(of diagnostic: Diagnostic) -> String {
    let label = diagnostic.primary.text
    var lines = [diagnostic.message + (label.isEmpty ? "" : ": " + label)]
    for note in diagnostic.notes { lines += remark("note", note) }
    if let help = diagnostic.help ?? diagnostic.fixes.first?.title { lines += remark("help", help) }
    return lines.map(VisibleText.of).joined(separator: "\n")
  }

  private static func remark(_ kind: String, _ text: String) -> [String] {
    text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
      .map { ($0 == 0 ? "\(kind): " : "      ") + $1 }
  }
}
