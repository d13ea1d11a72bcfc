package import PolicyAnalysis
import PolicyEngine
package import PolicyModel

/// What somebody can do, as people and programs get it.
package struct WhatCanReport {
  private static let width = 96

  private let subject: AccessSubject
  private let holdings: [AccessHolding]
  private let set: PolicySet

  package init(_ subject: AccessSubject, _ holdings: [AccessHolding], in set: PolicySet) {
    self.subject = subject
    self.holdings = holdings
    self.set = set
  }

  /// The actions as patterns, under where and when they are allowed.
  package func text(on terminal: Terminal) -> String {
    let who = VisibleText.of(subject.words(in: set))
    guard !holdings.isEmpty else { return "\(who) can do nothing\n" }
    var patterns = ActionPatterns(set.catalogue)
    var text = "\(who) can\n"
    for holding in holdings {
      let count = Tally.count(holding.actions.count, "action")
      let words = terminal.paint(VisibleText.of(holding.grant.words(in: set)), .strong)
      text += "\n\(words)  (\(count))\n"
      var line = ""
      let found = patterns.patterns(holding.actions)
      for (index, pattern) in found.enumerated() {
        let piece = VisibleText.of(pattern) + (index + 1 < found.count ? "," : "")
        if !line.isEmpty, line.count + piece.count + 3 > Self.width {
          text += "  \(line)\n"
          line = ""
        }
        line += line.isEmpty ? piece : " " + piece
      }
      text += "  \(line)\n"
    }
    return text
  }

  /// A line for each action, place and condition.
  package var csv: String {
    CSVText.record(["action", "answer", "places", "condition"])
      + holdings.map { holding in
        let condition = holding.grant.condition.map { conditionText($0, in: set) }
        let places = holding.grant.places.words(in: set)
        return holding.actions.actions.map { action in
          CSVText.record([
            set.catalogue.actions[action].path, condition == nil ? "always" : "when", places,
            condition ?? "",
          ])
        }.joined()
      }.joined()
  }

  /// One document, with a request that is allowed for each place and condition.
  package var json: JSONValue {
    var patterns = ActionPatterns(set.catalogue)
    return [
      "schema": .int(1),
      "kind": .string(subject.kind.rawValue),
      "name": .string(subject.name(in: set)),
      "holdings": .array(
        holdings.map { holding in
          [
            "grant": holding.grant.json(in: set),
            "patterns": .strings(patterns.patterns(holding.actions)),
            "actions": .strings(
              holding.actions.actions.map { set.catalogue.actions[$0].path }
            ),
          ]
        }
      ),
    ]
  }
}
