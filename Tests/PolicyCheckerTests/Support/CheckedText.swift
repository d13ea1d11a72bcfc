import PolicyChecker
import PolicyModel
import PolicySource
import PolicySyntax

/// A policy set in memory, parsed and checked.
struct CheckedText {
  let sources: SourceMap
  let set: PolicySet
  let diagnostics: [Diagnostic]

  init(_ files: [SourceFile]) {
    sources = SourceMap(files)
    let parsed = sources.ids.map { [sources] in parse(sources[$0], as: $0) }
    let checked = check(parsed.map(\.value), sources: sources)
    set = checked.value
    diagnostics = (parsed.flatMap(\.diagnostics) + checked.diagnostics).inSourceOrder()
  }

  init(_ text: String) {
    self.init([SourceFile(path: "set.pol", text: text)])
  }

  var errors: [Diagnostic] { diagnostics.filter { $0.severity == .error } }

  /// Every diagnostic on a line of its own, for failures.
  var report: String { diagnostics.map { describe($0) }.joined(separator: "\n") }

  /// All that a diagnostic says: places, notes, help and fixes.
  func describe(_ diagnostic: Diagnostic) -> String {
    let code = diagnostic.code.rawValue
    var lines = [
      "\(place(diagnostic.primary.span)) \(diagnostic.severity.rawValue)[\(code)] \(diagnostic.message)"
    ]
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
}
