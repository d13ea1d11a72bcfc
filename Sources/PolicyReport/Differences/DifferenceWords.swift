import PolicyAnalysis
import PolicyEngine
import PolicyModel
import PolicySource

/// What a difference says, in the words that all its formats use.
struct DifferenceWords {
  /// Patterns beyond these are counted.
  private static let mostPatterns = 12

  let difference: Difference
  private var patterns: ActionPatterns

  init(_ difference: Difference) {
    self.difference = difference
    patterns = ActionPatterns(difference.joined.set.catalogue)
  }

  mutating func patterns(_ actions: ActionSet) -> [String] { patterns.patterns(actions) }

  /// Such as `device.*, user.list`, cut where it would grow long.
  mutating func actions(_ actions: ActionSet) -> String {
    let all = patterns.patterns(actions)
    let shown = all.prefix(Self.mostPatterns).joined(separator: ", ")
    let rest = all.count - Self.mostPatterns
    return rest > 0 ? "\(shown) and \(Tally.grouped(rest)) more" : shown
  }

  func paths(_ actions: ActionSet) -> [String] {
    actions.actions.map { difference.joined.set.catalogue.actions[$0].path }
  }

  func name(_ policy: PolicyIndex) -> String {
    difference.joined.set.policies[policy].heading.name
  }

  func name(_ pair: PolicyPair) -> String {
    (pair.new ?? pair.old).map { name($0) } ?? ""
  }

  /// Such as "policy `Observer`", "new policy `Auditor`" or "group operators".
  func subject(_ subject: ChangeSubject) -> String {
    switch subject {
    case .principal(let words): return words
    case .policy(let pair):
      let text = "policy `\(name(pair))`"
      if pair.old == nil { return "new \(text)" }
      if pair.new == nil { return "removed \(text)" }
      guard pair.isRenamed(in: difference.joined.set), let old = pair.old else { return text }
      return "\(text) (was `\(name(old))`)"
    }
  }

  func subjects(_ subjects: [ChangeSubject]) -> String {
    subjects.map { subject($0) }.joined(separator: ", ")
  }

  /// The request, as the side that allows it is asked it.
  func request(_ evidence: Evidence, _ direction: Direction) -> String {
    let side = direction.allowing
    guard let own = difference.joined.request(evidence.request, side) else { return "" }
    return requestText(own, in: difference.joined.sets[side])
  }

  /// Such as "denied by `guardrails#1` (policies/guardrails.pol:2:3)".
  func decision(_ evidence: Evidence, _ side: Side) -> String {
    guard let decision = evidence.decisions[side] else { return "there is no such action" }
    if decision.basis == .byDefault { return "denied: no rule allows it" }
    let shown = decision.deciding.prefix(3).map { deciding in
      var text = rule(deciding.rule, side)
      if case .assignment(let index) = deciding.grant {
        let span = difference.joined.sets[side].assignments[index].span
        text += ", assigned at \(difference.joined.sets[side].sources.description(span))"
      }
      return text
    }
    let rest = decision.deciding.count - shown.count
    let more = rest > 0 ? " and \(Tally.count(rest, "more rule"))" : ""
    let word = decision.effect == .allow ? "allowed" : "denied"
    return "\(word) by \(shown.joined(separator: "; "))\(more)"
  }

  private func rule(_ rule: RuleIndex, _ side: Side) -> String {
    let set = difference.joined.sets[side]
    return "`\(set.rules[rule].id)` (\(set.sources.description(set.rules[rule].span)))"
  }

  /// The rules that are gone, then those that came, with a sign, as they are written.
  func causes(_ causes: Causes) -> [(sign: String, text: String, place: String)] {
    Side.allCases.flatMap { side in
      let set = difference.joined.sets[side]
      return causes[side].map { rule in
        (
          side == .old ? "-" : "+", ruleText(rule, in: set),
          set.sources.description(set.rules[rule].span)
        )
      }
    }
  }

  /// What a catalogue's growth gave or took, in a sentence.
  mutating func growth(_ growth: Growth, _ direction: Direction) -> String {
    let set = difference.joined.sets[direction.allowing]
    let names = growth.policies.map { "`\(name($0))`" }.joined(separator: ", ")
    let rules = Set(growth.rules.map { "`\(ruleText($0, in: set))`" }).sorted()
    let shown = rules.joined(separator: " and ")
    let actions = actions(growth.actions)
    if direction == .narrowing { return "\(shown) of \(names) no longer grants \(actions)" }
    return growth.isByPattern
      ? "\(shown) of \(names) now also grants \(actions)"
      : "\(shown) grants \(names) the new \(actions)"
  }

  /// What became of a built-in policy, such as "`Administrator` is gone".
  mutating func builtIn(_ altered: AlteredBuiltIn) -> String {
    let name = "`\(name(altered.old))`"
    switch altered.reason {
    case .removed: return "\(name) is gone"
    case .unmarked: return "\(name) is no longer built-in"
    case .changed(let actions): return "\(name) decides otherwise about \(self.actions(actions))"
    }
  }

  /// How many of what were found, such as "2 widened, 1 re-conditioned".
  var tally: String {
    var parts: [String] = []
    for kind in ChangeKind.allCases {
      let count = difference.changes.filter { $0.kind == kind }.count
      if count > 0 { parts.append("\(Tally.grouped(count)) \(kind.rawValue)") }
    }
    if !difference.gained.isEmpty {
      parts.append("\(Tally.grouped(difference.gained.count)) by a grown catalogue")
    }
    if !difference.lost.isEmpty {
      parts.append("\(Tally.grouped(difference.lost.count)) by a smaller catalogue")
    }
    if !difference.undecided.isEmpty {
      parts.append("\(Tally.grouped(difference.undecided.count)) not shown")
    }
    guard !parts.isEmpty else { return "no access differs" }
    let isShown = difference.isWidened || difference.isNarrowed
    return "access \(isShown ? "differs" : "may differ"): \(parts.joined(separator: ", "))"
  }
}
