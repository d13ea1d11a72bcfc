/// A replay as a comment on a pull request: a table of causes, and the rest below it.
package struct ReplayMarkdown {
  private let report: ReplayReport

  package init(_ report: ReplayReport) { self.report = report }

  package var text: String {
    let summary = report.summary
    let title = (summary.first?.uppercased() ?? "") + summary.dropFirst()
    var text = "### \(MarkdownText.escaped(title))\n"
    if !report.causes.isEmpty {
      text += "\n| | requests | before | after | example |\n|---|--:|---|---|---|\n"
      for cause in report.causes {
        var cells = ["**\(cause.direction.rawValue)**", Tally.grouped(cause.count)]
        cells += [cause.before.text, cause.after.text].map { MarkdownText.escaped($0) }
        let request = cause.example.request.map { ": \($0)" } ?? ""
        cells.append(MarkdownText.escaped(cause.example.place + request))
        text += "| \(cells.joined(separator: " | ")) |\n"
      }
    }
    if report.otherRequests > 0 {
      text += "\n\(Tally.count(report.otherRequests, "request")) of other causes.\n"
    }
    if let unused = report.unused { text += self.unused(unused) }
    for note in report.notes { text += "\n> \(MarkdownText.escaped(note))\n" }
    return text
  }

  private func unused(_ unused: ReplayReport.Unused) -> String {
    func list(_ title: String, _ lines: [String]) -> String {
      "\n<details><summary>\(title)</summary>\n\n"
        + lines.map { "- \($0)\n" }.joined() + "\n</details>\n"
    }
    let rules = unused.rules.map { rule in
      MarkdownText.code(rule.id) + " " + MarkdownText.code(rule.text) + " "
        + MarkdownText.escaped("(\(rule.place))")
    }
    let grants = unused.grants.map { grant in
      MarkdownText.code(grant.policy)
        + MarkdownText.escaped(" to \(grant.subject) (\(grant.place))")
    }
    return list(MarkdownText.escaped(report.unusedRules(unused)), rules)
      + list(MarkdownText.escaped(report.unusedGrants(unused)), grants)
      + "\n> \(MarkdownText.escaped(ReplayReport.unusedNote))\n"
  }
}
