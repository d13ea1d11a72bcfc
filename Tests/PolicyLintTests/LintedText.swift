import PolicyLint
import PolicySource
import PolicySyntax
import PolicyWorkspace

/// A policy set in memory, checked and linted.
struct LintedText {
  let sources: SourceMap
  let diagnostics: [Diagnostic]

  init(_ files: [SourceFile], _ configuration: LintConfiguration = LintConfiguration()) {
    sources = SourceMap(files)
    let loaded = loadWithTrees(sources)
    let found = loaded.checked.diagnostics
    let context = LintContext(
      trees: loaded.trees,
      set: loaded.checked.value,
      isChecked: !found.hasErrors
    )
    diagnostics = lint(context, findings: found, configuration: configuration)
  }

  init(_ text: String, _ configuration: LintConfiguration = LintConfiguration()) {
    self.init([SourceFile(path: "set.pol", text: text)], configuration)
  }

  var codes: [DiagnosticCode] { diagnostics.map(\.code) }

  /// Every diagnostic on a line of its own, for failures.
  var report: String { diagnostics.map { describe($0) }.joined(separator: "\n") }

  /// All that a diagnostic says: places, notes, help and fixes.
  func describe(_ diagnostic: Diagnostic) -> String {
    let code = diagnostic.code.rawValue
    let severity = diagnostic.severity.rawValue
    var lines = ["\(place(diagnostic.primary.span)) \(severity)[\(code)] \(diagnostic.message)"]
    if !diagnostic.primary.text.isEmpty { lines.append("  here: \(diagnostic.primary.text)") }
    for label in diagnostic.secondary { lines.append("  \(place(label.span)): \(label.text)") }
    for note in diagnostic.notes { lines.append("  note: \(note)") }
    if let help = diagnostic.help { lines.append("  help: \(help)") }
    for fix in diagnostic.fixes {
      let edits = fix.edits.map { "\(place($0.span)) -> \($0.replacement)" }
      let title = fix.isSafe ? "fix" : "fix, not unseen"
      lines.append("  \(title): \(fix.title): \(edits.joined(separator: "; "))")
    }
    return lines.joined(separator: "\n")
  }

  /// `file:line:column "text"`.
  private func place(_ span: SourceSpan) -> String {
    let text = sources.text(span).split(separator: "\n", omittingEmptySubsequences: false)
    let shown = text.count > 1 ? "\(text[0]) …" : String(text.first ?? "")
    return "\(sources.description(span)) «\(shown)»"
  }

  /// The text of the only file after the edits of some fixes.
  func applying(_ fixes: [Fix]) -> String {
    var bytes = sources.files.first?.bytes ?? []
    let edits = fixes.flatMap(\.edits).sorted { $0.span.lower > $1.span.lower }
    for edit in edits {
      bytes.replaceSubrange(
        Int(edit.span.lower)..<Int(edit.span.upper),
        with: Array(edit.replacement.utf8)
      )
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
