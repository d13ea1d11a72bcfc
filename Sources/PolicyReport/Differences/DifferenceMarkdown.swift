package import PolicyAnalysis
import PolicyModel

/// A difference as a comment on a pull request: a table, and the details folded below it.
package struct DifferenceMarkdown {
  private var words: DifferenceWords

  package init(_ difference: Difference) {
    words = DifferenceWords(difference)
  }

  package mutating func text() -> String {
    let difference = words.difference
    var text = "### \(title)\n\n"
    if !difference.changes.isEmpty {
      text += "| access | of | actions |\n|---|---|---|\n"
      for change in difference.changes {
        let actions = words.patterns(change.actions)
        let shown = actions.prefix(6).map { code($0) }.joined(separator: ", ")
        let more = actions.count > 6 ? " and \(actions.count - 6) more" : ""
        text += "| **\(change.kind.rawValue)** | \(cell(words.subjects(change.subjects))) "
        text += "| \(shown)\(more) |\n"
      }
      text += "\n"
    }
    for altered in difference.alteredBuiltIns {
      text += "- **built-in**: \(plain(words.builtIn(altered)))\n"
    }
    for growth in difference.gained {
      text += "- **catalogue grew**: \(plain(words.growth(growth, .widening)))\n"
    }
    for growth in difference.lost {
      text += "- **catalogue shrank**: \(plain(words.growth(growth, .narrowing)))\n"
    }
    for undecided in difference.undecided {
      let direction = undecided.direction == .widening ? "widened" : "narrowed"
      text += "- **not shown**: \(plain(words.subject(undecided.subject))) may be \(direction) for "
      text += "\(plain(words.actions(undecided.actions)))\n"
    }
    for (pair, actions) in difference.withoutEffect {
      text += "- without effect: \(plain(words.subject(.policy(pair)))), "
      text += "\(plain(words.actions(actions)))\n"
    }
    for pair in difference.renamed {
      guard let old = pair.old else { continue }
      text += "- renamed: \(code(words.name(old))) is now \(code(words.name(pair)))\n"
    }
    if !text.hasSuffix("\n\n") { text += "\n" }
    for change in difference.changes { text += details(change) }
    for growth in difference.gained { text += details(growth, .widening) }
    for growth in difference.lost { text += details(growth, .narrowing) }
    while text.hasSuffix("\n\n") { text.removeLast() }
    return text
  }

  private var title: String {
    let tally = words.tally
    return (tally.first?.uppercased() ?? "") + tally.dropFirst()
  }

  private mutating func details(_ change: AccessChange) -> String {
    let summary = "\(change.kind.rawValue): \(words.subjects(change.subjects))"
    var text = "<details><summary>\(html(summary))</summary>\n\n"
    let causes = words.causes(change.causes)
    if !causes.isEmpty {
      let lines = causes.map { "\($0.sign) \($0.text)  // \($0.place)" }
      text += fenced(lines, "diff")
    }
    if let evidence = change.widening { text += shown(evidence, .widening) }
    if let evidence = change.narrowing { text += shown(evidence, .narrowing) }
    return text + "</details>\n\n"
  }

  private mutating func details(_ growth: Growth, _ direction: Direction) -> String {
    let names = growth.policies.map { words.name($0) }.joined(separator: ", ")
    let kind = direction == .widening ? "catalogue grew" : "catalogue shrank"
    return "<details><summary>\(html("\(kind): \(names)"))</summary>\n\n"
      + shown(growth.evidence, direction) + "</details>\n\n"
  }

  private func shown(_ evidence: Evidence, _ direction: Direction) -> String {
    """
    - request: \(plain(words.request(evidence, direction)))
    - before: \(plain(words.decision(evidence, .old)))
    - after: \(plain(words.decision(evidence, .new)))


    """
  }

  /// A block of code, fenced by more backquotes than stand in it.
  private func fenced(_ lines: [String], _ language: String) -> String {
    let text = VisibleText.lines(lines)
    let longest = text.split(whereSeparator: { $0 != "`" }).map(\.count).max() ?? 0
    let fence = String(repeating: "`", count: max(3, longest + 1))
    return "\(fence)\(language)\n\(text)\n\(fence)\n\n"
  }

  /// A span of code; the text has no line breaks.
  private func code(_ text: String) -> String {
    let shown = VisibleText.of(text)
    let longest = shown.split(whereSeparator: { $0 != "`" }).map(\.count).max() ?? 0
    guard longest > 0 else { return "`\(shown.replacing("|", with: "\\|"))`" }
    let fence = String(repeating: "`", count: longest + 1)
    return "\(fence) \(shown.replacing("|", with: "\\|")) \(fence)"
  }

  /// A phrase with its own spans of code; nothing else in it is read as Markdown or HTML.
  private func plain(_ text: String) -> String {
    var result = ""
    var isCode = false
    for character in VisibleText.of(text) {
      if character == "`" { isCode.toggle() }
      if !isCode, "\\*_[]<>#|~".contains(character) {
        result += character == "<" ? "&lt;" : character == ">" ? "&gt;" : "\\\(character)"
      } else {
        result.append(character)
      }
    }
    return result
  }

  private func cell(_ text: String) -> String { plain(text).replacing("|", with: "\\|") }

  private func html(_ text: String) -> String {
    VisibleText.of(text).replacing("&", with: "&amp;").replacing("<", with: "&lt;")
      .replacing(">", with: "&gt;")
  }
}

extension VisibleText {
  fileprivate static func lines(_ lines: [String]) -> String {
    lines.map { of($0) }.joined(separator: "\n")
  }
}
