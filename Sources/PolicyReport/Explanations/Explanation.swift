import PolicyAnalysis
package import PolicyEngine
package import PolicyModel
import PolicySource

/// The reasons for a decision: the rules that made it, or those that nearly had.
package struct Explanation {
  /// Rules beyond these are only counted.
  private static let most = 5

  /// The source of the rules, where it is at hand.
  private let sources: SourceMap?
  private let action: String
  private let isAllowed: Bool
  private let deciding: [ExplainedRule]
  /// The allow rules for the action that did not apply, where none did, the nearest first.
  private let misses: [ExplainedRule]
  /// What a denied request would have to say, or what an allowed one rests on; nil where the sources
  /// are not at hand.
  private let outlook: Outlook?

  /// - Complexity: O(rules × assignments × size of their conditions).
  package init(_ decision: Decision, of request: RequestData, in set: PolicySet) {
    sources = set.sources
    action = set.catalogue.actions[request.action].path
    isAllowed = decision.effect == .allow
    deciding = decision.deciding.map { ExplainedRule(deciding: $0, for: request, in: set) }
    var misses = isAllowed ? [] : nearMisses(request, in: set)
    let allows = set.rules.elements.count {
      $0.effect == .allow && $0.actions.contains(request.action)
    }
    // Where some rule allows, only the denies are in the way.
    if misses.count < allows { misses = [] }
    let ordered = misses.enumerated().sorted {
      ($0.element.distance, $0.offset) < ($1.element.distance, $1.offset)
    }
    self.misses = ordered.map { ExplainedRule(miss: $0.element, in: set) }
    outlook = Outlook(isAllowed: isAllowed, request, in: set)
  }

  /// What compiled tables say, which know places and not their text.
  package init(_ explanation: PolicyEngine.Explanation, of action: String) {
    sources = nil
    self.action = action
    let effect = explanation.decision.effect
    isAllowed = effect == .allow
    deciding = explanation.reasons.map { ExplainedRule($0, for: effect) }
    misses = explanation.nearMisses.map { ExplainedRule($0) }
    outlook = nil
  }

  /// The decision, then each rule, in a frame of its source where that is at hand, and what would
  /// change the decision.
  ///
  /// A full one shows every rule, and not only the first ones.
  package func text(on terminal: Terminal, isFull: Bool = false) -> String {
    var text = terminal.paint(isAllowed ? "allow" : "deny", isAllowed ? .allow : .deny)
    text += " " + terminal.paint("`\(VisibleText.of(action))`", .strong)
    text += deciding.isEmpty ? ": no policy allows it\n" : "\n"
    let most = isFull ? Int.max : Self.most
    guard !deciding.isEmpty || !misses.isEmpty else {
      return text + "\nNo rule allows it to anyone.\n"
    }
    let style: Style = isAllowed ? .allow : .deny
    text += rules(deciding.prefix(most), style, terminal)
    text += rest(of: deciding, most, "decided so too")
    guard !misses.isEmpty else { return text + (outlook?.text ?? "") }
    if !deciding.isEmpty { text += "\nWithout that nothing would allow it either." }
    text += deciding.isEmpty ? "\nWhat came nearest:\n" : " What came nearest:\n"
    text += rules(misses.prefix(most), .note, terminal)
    text += rest(of: misses, most, "for it did not apply")
    return text + (outlook?.text ?? "")
  }

  /// Each rule after an empty line.
  private func rules(
    _ rules: ArraySlice<ExplainedRule>,
    _ style: Style,
    _ terminal: Terminal
  ) -> String {
    let renderer = DiagnosticText(sources ?? SourceMap([]), on: terminal)
    return rules.map { rule in
      let notes = rule.notes
      guard let primary = rule.labels.first else {
        return "\n\(rule.reason.text) \(rule.verb)\n" + renderer.notes(notes)
      }
      let others = Array(rule.labels.dropFirst())
      return "\n" + renderer.frame(primary, and: others, style: style, notes: notes)
    }.joined()
  }

  /// A sentence about the rules that are not shown.
  private func rest(
    of rules: [ExplainedRule],
    _ most: Int,
    _ verb: String
  ) -> String {
    guard rules.count > most else { return "" }
    let count = rules.count - most
    let them = count == 1 ? "it" : "them"
    return "\n\(Tally.count(count, "further rule")) \(verb); `--all` shows \(them).\n"
  }

  /// The answer of `eval` with more to each reason, and with near misses.
  package func json(_ answer: Answer) -> JSONValue {
    guard case .object(let members) = answer.json(id: nil) else { return .null }
    let reasons = deciding.map { $0.json("unknown") }
    let replaced = members.map { member in
      member.key == "reasons" ? JSONMember("reasons", .array(reasons)) : member
    }
    let misses = JSONMember("nearMisses", .array(misses.map { $0.json("missing") }))
    let hasMisses = answer == .byDefault || !self.misses.isEmpty
    return .object(replaced + (hasMisses ? [misses] : []) + (outlook?.members ?? []))
  }
}

extension ExplainedRule {
  fileprivate func json(_ key: String) -> JSONValue {
    guard case .object(let members) = reason.json else { return .null }
    return .object(
      members + [JSONMember("notes", .strings(notes)), JSONMember(key, .strings(missing))]
    )
  }
}
