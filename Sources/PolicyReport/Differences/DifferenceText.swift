package import PolicyAnalysis
import PolicyModel

/// A difference for people at a terminal.
package struct DifferenceText {
  private var words: DifferenceWords
  private let terminal: Terminal

  package init(_ difference: Difference, on terminal: Terminal) {
    words = DifferenceWords(difference)
    self.terminal = terminal
  }

  /// Every change with its rules and a request that shows it, and a summary last.
  package mutating func text() -> String {
    let difference = words.difference
    var text = ""
    for altered in difference.alteredBuiltIns {
      text += head("built-in", .error, words.builtIn(altered)) + "\n"
    }
    for change in difference.changes { text += self.change(change) }
    for growth in difference.gained { text += self.growth(growth, .widening) }
    for growth in difference.lost { text += self.growth(growth, .narrowing) }
    for undecided in difference.undecided {
      let direction = undecided.direction == .widening ? "widened" : "narrowed"
      text += head("not shown", .warning, "\(words.subject(undecided.subject)) may be \(direction)")
      text += row("actions", words.actions(undecided.actions))
      text += row("note", "no request was found that shows it, and no proof that there is none")
      text += "\n"
    }
    for (pair, actions) in difference.withoutEffect {
      text += head("without effect", .note, words.subject(.policy(pair)))
      text += row("actions", words.actions(actions))
      text += row("note", "its rules differ, and no request is decided otherwise")
      text += "\n"
    }
    for pair in difference.renamed {
      guard let old = pair.old else { continue }
      text += head("renamed", .note, "`\(words.name(old))` is now `\(words.name(pair))`") + "\n"
    }
    return text + words.tally + "\n"
  }

  private mutating func change(_ change: AccessChange) -> String {
    var text = head(change.kind.rawValue, change.kind.style, words.subjects(change.subjects))
    let count = change.actions.count
    text += row(
      "actions",
      (count > 1 ? "\(Tally.grouped(count)): " : "") + words.actions(change.actions)
    )
    for (sign, rule, place) in words.causes(change.causes) {
      text += row("rule \(sign)", "\(rule)  (\(place))")
    }
    if let evidence = change.widening { text += shown(evidence, .widening) }
    if let evidence = change.narrowing { text += shown(evidence, .narrowing) }
    return text + "\n"
  }

  private mutating func growth(_ growth: Growth, _ direction: Direction) -> String {
    let style: Style = direction == .widening ? .error : .note
    let kind = direction == .widening ? "catalogue grew" : "catalogue shrank"
    var text = head(kind, style, words.growth(growth, direction))
    if direction == .widening, growth.isByPattern {
      text += row("note", "the rule is as it was: only what it matches is more")
    }
    return text + shown(growth.evidence, direction) + "\n"
  }

  private func shown(_ evidence: Evidence, _ direction: Direction) -> String {
    row("request", words.request(evidence, direction))
      + row("before", words.decision(evidence, .old))
      + row("after", words.decision(evidence, .new))
  }

  private func head(_ word: String, _ style: Style, _ rest: String) -> String {
    "\(terminal.paint(word, style)): \(VisibleText.of(rest))\n"
  }

  private func row(_ label: String, _ value: String) -> String {
    let padding = String(repeating: " ", count: max(1, 9 - label.count))
    return "  \(terminal.paint(label, .frame))\(padding)\(VisibleText.of(value))\n"
  }
}

extension ChangeKind {
  fileprivate var style: Style {
    switch self {
    case .widened: .error
    case .narrowed: .note
    case .reconditioned: .warning
    }
  }
}
