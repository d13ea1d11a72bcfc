import PolicyEngine
package import PolicyModel
import PolicySource

/// A rule as an explanation shows it: where it stands, and what is to be said about it.
struct ExplainedRule {
  /// Grants beyond these are only counted.
  private static let mostGrants = 3

  let reason: Reason
  /// What it does, or would do.
  let verb: String
  /// Its actions, then the parts of its conditions that matter; none where the source is not at
  /// hand.
  let labels: [Label]
  let notes: [String]
  /// What is unknown, or missing, about it.
  let missing: [String]

  /// A rule that decided.
  init(deciding: DecidingRule, for request: RequestData, in set: PolicySet) {
    let phrases = Phrases(set: set)
    let rule = set.rules[deciding.rule]
    let doubts = doubts(about: deciding, for: request, in: set)
    reason = Reason(rule, in: set)
    verb = rule.effect == .allow ? "allows it" : "denies it"
    let labels = Self.labels(doubts) { phrases.doubt($0) }
    self.labels = [Label(rule.actionsSpan, "\(reason.name) \(verb)")] + labels
    var notes: [String] = []
    if let because = rule.because { notes.append("because: \(because)") }
    if let inclusion = phrases.inclusion(of: rule, in: deciding.policy) { notes.append(inclusion) }
    notes.append(phrases.grant(deciding.grant, of: deciding.policy))
    missing = Self.unique(doubts.map { phrases.doubt($0) })
    let unlabelled = missing.filter { phrase in !labels.contains { $0.text == phrase } }
    if !missing.isEmpty {
      let what = unlabelled.isEmpty ? "" : ": " + unlabelled.joined(separator: "; ")
      notes.append("what is not known counts for a deny" + what)
    }
    self.notes = notes
  }

  /// A rule that would have allowed.
  init(miss: NearMiss, in set: PolicySet) {
    let phrases = Phrases(set: set)
    let rule = set.rules[miss.rule]
    reason = Reason(rule, in: set)
    verb = "would allow it"
    let labels = Self.labels(miss.shortfalls) { shortfall in
      guard case .rule(let obstacle) = shortfall else { return "" }
      return phrases.obstacle(obstacle)
    }
    self.labels = [Label(rule.actionsSpan, "\(reason.name) \(verb)")] + labels
    let shown = Set(labels.map(\.text))
    var notes: [String] = []
    var missing = miss.shortfalls.map { phrases.shortfall($0) }
    for case .rule(let obstacle) in miss.shortfalls {
      let phrase = phrases.obstacle(obstacle)
      if !shown.contains(phrase) { notes.append("it " + phrase) }
    }
    for grant in miss.nearestGrants.prefix(Self.mostGrants) {
      let inclusion = phrases.inclusion(of: rule, in: grant.policy).map { ", and \($0)" } ?? ""
      let given = phrases.grant(grant.grant, of: grant.policy) + inclusion
      let lacks = grant.shortfalls.map { phrases.shortfall($0) }
      notes.append(([given + ":"] + lacks).joined(separator: "\n"))
      missing.append(given + ": " + lacks.joined(separator: "; "))
    }
    let rest = miss.grants.count - Self.mostGrants
    if rest > 0 { notes.append("\(Tally.count(rest, "further grant")) of it did not apply") }
    if !miss.isInForce, miss.grants.isEmpty {
      let note = "nothing gives \(phrases.name(rule.policy)): no assignment, and not the request"
      notes.append(note)
      missing.append(note)
    }
    self.notes = notes
    self.missing = missing
  }

  /// The parts of a rule's own conditions; one that stands at one place has its words there.
  private static func labels(
    _ shortfalls: [Shortfall],
    words: (Shortfall) -> String
  ) -> [Label] {
    let labels = shortfalls.flatMap { shortfall -> [Label] in
      guard case .rule(let obstacle) = shortfall else { return [] }
      let isOnePlace = obstacle.spans.count == 1
      return obstacle.spans.map { Label($0, isOnePlace ? words(shortfall) : "") }
    }
    return unique(labels)
  }

  private static func unique<Element: Hashable>(_ elements: [Element]) -> [Element] {
    var seen: Set<Element> = []
    return elements.filter { seen.insert($0).inserted }
  }
}

extension Reason {
  /// A rule by what its source says.
  package init(_ rule: Rule, in set: PolicySet) {
    self.init(
      policy: set.policies[rule.policy].heading.name,
      rule: rule.id,
      file: set.sources[rule.span.file].path,
      line: set.sources.place(rule.span).line,
      because: rule.because
    )
  }
}

extension NearMiss {
  /// The grants of its policy, those first of which the fewest things would have to be otherwise.
  var nearestGrants: [GrantMiss] {
    grants.enumerated()
      .sorted {
        ($0.element.shortfalls.count, $0.offset) < ($1.element.shortfalls.count, $1.offset)
      }
      .map(\.element)
  }
}
