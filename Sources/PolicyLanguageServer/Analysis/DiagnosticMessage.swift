import PolicyReport
import PolicySource

/// A finding as LSP writes it.
enum DiagnosticMessage {
  static func json(_ diagnostic: Diagnostic, _ layouts: inout LayoutCache) -> JSONValue {
    var related: [JSONValue] = []
    for label in diagnostic.secondary {
      related.append([
        "location": layouts.location(label.span),
        "message": .string(label.text.isEmpty ? "see here" : label.text),
      ])
    }
    return compact([
      ("range", layouts.range(diagnostic.primary.span)),
      ("severity", .int(severity(diagnostic.severity))),
      ("code", .string(diagnostic.code.rawValue)),
      ("source", "pol"),
      ("message", .string(text(diagnostic))),
      ("tags", tags(diagnostic)),
      ("relatedInformation", related.isEmpty ? nil : .array(related)),
    ])
  }

  /// What is wrong with settings.
  static func json(_ settings: SetSettings, _ encoding: PositionEncoding) -> JSONValue {
    guard let source = settings.source else { return [] }
    let snapshot = SetSnapshot(
      root: "/",
      encoding: encoding,
      sources: SourceMap([source])
    )
    var layouts = LayoutCache(snapshot)
    return .array(settings.findings.map { json($0, &layouts) })
  }

  private static func severity(_ severity: Severity) -> Int {
    switch severity {
    case .error: 1
    case .warning: 2
    case .note: 3
    }
  }

  /// The message, with its notes and help below it.
  private static func text(_ diagnostic: Diagnostic) -> String {
    var lines = [diagnostic.message]
    if !diagnostic.primary.text.isEmpty { lines[0] += ": \(diagnostic.primary.text)" }
    lines += diagnostic.notes
    if let help = diagnostic.help { lines.append("help: \(help)") }
    return lines.joined(separator: "\n")
  }

  /// `Unnecessary` (1) for what could be left out, `Deprecated` (2).
  private static func tags(_ diagnostic: Diagnostic) -> JSONValue? {
    switch diagnostic.code {
    case .deprecatedName: [.int(2)]
    case .needlessExcept: [.int(1)]
    default: nil
    }
  }
}
