extension Blame {
  /// The answer and since when it is so; then each change, the newest first, with its rules.
  package func text(on terminal: Terminal) -> String {
    let verb = answer.isAllowed ? "can" : "cannot"
    var text = terminal.paint(VisibleText.of("\(subject) \(verb) \(action)"), .strong) + "\n"
    text += answer.lines.map { "  \(VisibleText.of($0))\n" }.joined()
    text += "\(VisibleText.of(since))\n"
    for event in events {
      text += "\n" + terminal.paint(VisibleText.of(event.revision.words), .strong) + "\n"
      text += Self.rows("was", event.before.lines) + Self.rows("now", event.after.lines)
      for rule in event.rules {
        text += "  by   \(rule.reason.text) \(rule.verb)\n"
        text += rule.notes.map { "       \(VisibleText.of($0))\n" }.joined()
      }
    }
    return text + "\n" + coverage
  }

  private static func rows(_ heading: String, _ lines: [String]) -> String {
    lines.enumerated().map { index, line in
      "  \(index == 0 ? heading : "   ")  \(VisibleText.of(line))\n"
    }.joined()
  }

  /// One sentence.
  private var since: String {
    let what = answer.isAllowed ? "allowed" : "never allowed"
    if let origin { return "\(what) since \(origin.revision.words)" }
    switch end {
    case .found, .beginning: return "\(what) for as long as there are policies here"
    case .shallow: return "\(what) for as far as this clone goes back: it is shallow"
    }
  }

  /// How far that is from the whole history.
  private var coverage: String {
    var text = "\(Tally.count(count, "revision")) asked"
    guard !passedOver.isEmpty else { return text + "\n" }
    text += "; \(passedOver.count) of them could not be:\n"
    let most = 5
    for (revision, reason) in passedOver.prefix(most) {
      text += "  \(VisibleText.of(revision.name)): \(VisibleText.of(reason))\n"
    }
    let rest = passedOver.count - most
    return rest > 0 ? text + "  and \(rest) more\n" : text
  }
}
