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
  /// The allow rules for the action of a default deny, the nearest first.
  private let misses: [ExplainedRule]

  /// - Complexity: O(rules × assignments × size of their conditions).
  package init(_ decision: Decision, of request: RequestData, in set: PolicySet) {
    sources = set.sources
    action = set.catalogue.actions[request.action].path
    isAllowed = decision.effect == .allow
    deciding = decision.deciding.map { ExplainedRule(deciding: $0, for: request, in: set) }
    let misses = decision.basis == .byDefault ? nearMisses(request, in: set) : []
    let ordered = misses.enumerated().sorted {
      ($0.element.distance, $0.offset) < ($1.element.distance, $1.offset)
    }
    self.misses = ordered.map { ExplainedRule(miss: $0.element, in: set) }
  }

  /// What compiled tables say, which know places and not their text.
  package init(_ explanation: PolicyEngine.Explanation, of action: String) {
    sources = nil
    self.action = action
    let effect = explanation.decision.effect
    isAllowed = effect == .allow
    deciding = explanation.reasons.map { ExplainedRule($0, for: effect) }
    misses = explanation.nearMisses.map { ExplainedRule($0) }
  }

  /// The decision, then each rule, in a frame of its source where that is at hand.
  package func text(on terminal: Terminal) -> String {
    var text = terminal.paint(isAllowed ? "allow" : "deny", isAllowed ? .allow : .deny)
    text += " " + terminal.paint("`\(VisibleText.of(action))`", .strong)
    guard deciding.isEmpty else {
      let style: Style = isAllowed ? .allow : .deny
      return text + "\n" + rules(deciding, style, terminal) { "\($0) decided so too.\n" }
    }
    text += ": no policy allows it\n"
    guard !misses.isEmpty else { return text + "\nNo rule allows it to anyone.\n" }
    text += "\nWhat came nearest:\n"
    return text + rules(misses, .note, terminal) { "\($0) for it did not apply.\n" }
  }

  /// The first rules, each after an empty line, and a sentence about the rest.
  private func rules(
    _ rules: [ExplainedRule],
    _ style: Style,
    _ terminal: Terminal,
    rest sentence: (String) -> String
  ) -> String {
    let renderer = DiagnosticText(sources ?? SourceMap([]), on: terminal)
    let shown = rules.prefix(Self.most).map { rule in
      let notes = rule.notes
      guard let primary = rule.labels.first else {
        return "\n\(rule.reason.text) \(rule.verb)\n" + renderer.notes(notes)
      }
      let others = Array(rule.labels.dropFirst())
      return "\n" + renderer.frame(primary, and: others, style: style, notes: notes)
    }
    let rest = rules.count - shown.count
    return shown.joined() + (rest > 0 ? "\n" + sentence(Tally.count(rest, "further rule")) : "")
  }

  /// The answer of `eval` with more to each reason, and with near misses.
  package func json(_ answer: Answer) -> JSONValue {
    guard case .object(let members) = answer.json(id: nil) else { return .null }
    let reasons = deciding.map { $0.json("unknown") }
    let replaced = members.map { member in
      member.key == "reasons" ? JSONMember("reasons", .array(reasons)) : member
    }
    let misses = JSONMember("nearMisses", .array(misses.map { $0.json("missing") }))
    return .object(replaced + (answer == .byDefault ? [misses] : []))
  }
}

extension NearMiss {
  /// How much would have to be otherwise: parts of the rule, and of the nearest grant.
  ///
  /// To be given a policy is further away than to meet a condition.
  fileprivate var distance: Int {
    let grant = isInForce ? 0 : 2 + (nearestGrants.first?.shortfalls.count ?? 100)
    return shortfalls.count + grant
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
