/// A replay for people at a terminal.
package struct ReplayText {
  private let report: ReplayReport
  private let terminal: Terminal

  package init(_ report: ReplayReport, on terminal: Terminal) {
    self.report = report
    self.terminal = terminal
  }

  /// Every cause with a request that shows it, what was not used, and a summary last.
  package var text: String {
    var text = report.causes.map { cause($0) }.joined()
    if report.otherRequests > 0 {
      text += head("more", .note, Tally.count(report.otherRequests, "request") + " of other causes")
      text += "\n"
    }
    if let unused = report.unused { text += self.unused(unused) }
    for note in report.notes { text += head("note", .note, note) }
    return text + VisibleText.of(report.summary) + "\n"
  }

  private func cause(_ cause: ReplayReport.Cause) -> String {
    let style: Style =
      switch cause.direction {
      case .widened: .error
      case .narrowed: .note
      case .unknown, .refused: .warning
      }
    var text = head(cause.direction.rawValue, style, Tally.count(cause.count, "request"))
    let (before, after) = (cause.before.text, cause.after.text)
    if before.utf8.elementsEqual(after.utf8) {
      text += row("both", before)
    } else {
      text += row("before", before) + row("after", after)
    }
    text += row("example", cause.example.place)
    if let request = cause.example.request { text += row("", request) }
    return text + "\n"
  }

  private func unused(_ unused: ReplayReport.Unused) -> String {
    var text = head("unused", .warning, report.unusedRules(unused))
    for rule in unused.rules {
      text += "  \(VisibleText.of("`\(rule.id)`  \(rule.text)  (\(rule.place))"))\n"
    }
    text += "\n" + head("unused", .warning, report.unusedGrants(unused))
    for grant in unused.grants {
      text += "  \(VisibleText.of("`\(grant.policy)` to \(grant.subject)  (\(grant.place))"))\n"
    }
    return text + "\n" + head("note", .note, ReplayReport.unusedNote)
  }

  private func head(_ word: String, _ style: Style, _ rest: String) -> String {
    "\(terminal.paint(word, style)): \(VisibleText.of(rest))\n"
  }

  private func row(_ label: String, _ value: String) -> String {
    let padding = String(repeating: " ", count: max(1, 9 - label.count))
    return "  \(terminal.paint(label, .frame))\(padding)\(VisibleText.of(value))\n"
  }
}
