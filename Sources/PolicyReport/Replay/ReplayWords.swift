// What a replay found, in the words that all its formats use.

extension ReplayReport {
  /// Such as "3 of 20 requests are decided otherwise: 2 widened, 1 narrowed; 1 refused".
  var summary: String {
    let all = Tally.count(requests, "request")
    func count(_ direction: Direction) -> Int { counts[direction] ?? 0 }
    func told(_ directions: [Direction]) -> String {
      directions.filter { count($0) > 0 }
        .map { "\(Tally.grouped(count($0))) \($0.rawValue)" }.joined(separator: ", ")
    }
    let otherwise = count(.widened) + count(.narrowed)
    let rest = told([.unknown, .refused])
    var text: String
    if !isCompared {
      text = "\(all) \(requests == 1 ? "was" : "were") decided"
    } else if otherwise > 0 {
      text =
        "\(Tally.grouped(otherwise)) of \(all) \(otherwise == 1 ? "is" : "are") decided otherwise: "
        + told([.widened, .narrowed])
    } else {
      text = "none of \(all) is decided otherwise"
    }
    if !rest.isEmpty { text += "; \(rest)" }
    if withoutAnswer > 0 {
      text += "; \(Tally.grouped(withoutAnswer)) without a recorded decision"
    }
    return text
  }

  /// Such as "unused by these 20 requests: 2 of 5 allow rules".
  func unusedRules(_ unused: Unused) -> String {
    "\(Tally.grouped(unused.rules.count)) of \(Tally.count(unused.ruleCount, "allow rule")) "
      + "of `\(unused.name)` allowed none of these requests"
  }

  func unusedGrants(_ unused: Unused) -> String {
    "\(Tally.grouped(unused.grants.count)) of "
      + "\(Tally.count(unused.grantCount, "assigned policy", "assigned policies")) "
      + "of `\(unused.name)` allowed none of these requests"
  }

  /// What "unused" does not mean.
  static let unusedNote = "that is what this log shows: what is not in it may have used them"
}

extension ReplayReport.Outcome {
  /// How many rules are named.
  private static var mostRules: Int { 3 }

  /// Such as "denied by `guardrails#1` (policies/guardrails.pol:2:3)".
  var text: String {
    if let problem { return "refused: \(problem)" }
    let word = effect == .allow ? "allowed" : "denied"
    var text = "\(word): no rule allows it"
    if !rules.isEmpty {
      let shown = rules.prefix(Self.mostRules).map { rule in
        "`\(rule.id)`" + (rule.place.map { " (\($0))" } ?? "")
      }
      let rest = rules.count - shown.count
      let more = rest > 0 ? " and \(Tally.count(rest, "more rule"))" : ""
      text = "\(word) by \(shown.joined(separator: "; "))\(more)"
    } else if effect == .allow {
      text = word
    }
    guard !missing.isEmpty else { return text }
    let names = missing.map { "`\($0)`" }.joined(separator: ", ")
    return "\(text), where the log leaves out \(names)"
  }
}

extension ReplayReport.Example {
  /// Such as "log.jsonl:3 (r3)".
  var place: String { "\(log):\(line)" + (id.map { " (\($0))" } ?? "") }
}
