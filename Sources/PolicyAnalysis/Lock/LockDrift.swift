import PolicyModel
package import PolicySource
import PolicyEngine

/// What differs between a lock and the policy set beside it, as findings in that set.
package struct LockDrift {
  private let difference: Difference
  private var patterns: ActionPatterns

  /// The old set of the difference is that of the lock.
  package init(_ difference: Difference) {
    self.difference = difference
    patterns = ActionPatterns(difference.joined.set.catalogue)
  }

  package mutating func findings() -> [Diagnostic] {
    var found = difference.alteredBuiltIns.map { builtIn($0) }
    for growth in difference.gained {
      let (reached, named) = split(growth)
      if !reached.isEmpty { found.append(self.growth(growth, reached)) }
      if !named.isEmpty { found.append(widened(growth, named)) }
    }
    for change in difference.changes where change.kind != .narrowed {
      found.append(widened(change))
    }
    let isNarrowed = difference.isNarrowed || !difference.undecided.isEmpty
    if isNarrowed, !difference.isWidened, found.isEmpty { found.append(stale()) }
    return found
  }

  private var set: PolicySet { difference.joined.sets.new }

  // MARK: Findings

  private mutating func builtIn(_ altered: AlteredBuiltIn) -> Diagnostic {
    let name = "`\(difference.joined.set.policies[altered.old].heading.name)`"
    let help =
      "undo the change; where it is meant, `pol lock --accept-built-ins` says so in a review"
    let span = altered.new.map { set.policies[difference.joined.own($0).policy].heading.nameSpan }
    switch altered.reason {
    case .removed:
      return Diagnostic(
        .builtInChanged,
        "built-in policy \(name) of `access.lock` is not there any more",
        at: span ?? wholeSet,
        help: help
      )
    case .unmarked:
      return Diagnostic(
        .builtInChanged,
        "\(name) is built-in in `access.lock`, and no longer here",
        at: span ?? wholeSet,
        help: help
      )
    case .changed(let actions):
      let notes = difference.changes.filter { change in
        change.subjects.contains {
          if case .policy(let pair) = $0 { pair.old == altered.old } else { false }
        }
      }.flatMap { self.notes($0) }
      return Diagnostic(
        .builtInChanged,
        "built-in policy \(name) differs from `access.lock` for \(text(actions))",
        at: span ?? wholeSet,
        notes: Array(notes.prefix(4)),
        help: help
      )
    }
  }

  private mutating func growth(_ growth: Growth, _ actions: ActionSet) -> Diagnostic {
    Diagnostic(
      .catalogueGrowth,
      "this now also grants \(text(actions)), which `access.lock` does not know",
      at: growth.rules.first.map { set.rules[$0].actionsSpan } ?? wholeSet,
      severity: .warning,
      notes: [holders(growth.policies), request(growth.evidence, .widening)],
      help: "`pol lock` accepts it; `except` or `@explicit` keeps a pattern from reaching it"
    )
  }

  private mutating func widened(_ growth: Growth, _ actions: ActionSet) -> Diagnostic {
    Diagnostic(
      .accessWidened,
      "this grants \(text(actions)), which `access.lock` does not know",
      at: growth.rules.first.map { set.rules[$0].actionsSpan } ?? wholeSet,
      severity: .warning,
      notes: [holders(growth.policies), request(growth.evidence, .widening)],
      help: LockDrift.refresh
    )
  }

  private mutating func widened(_ change: AccessChange) -> Diagnostic {
    let subjects = change.subjects.map { subject -> String in
      switch subject {
      case .principal(let words): words
      case .policy(let pair): "policy `\(name(pair))`"
      }
    }
    let who = subjects.prefix(3).joined(separator: ", ")
    let more = subjects.count > 3 ? " and \(subjects.count - 3) more" : ""
    return Diagnostic(
      .accessWidened,
      "`access.lock` does not allow all of \(text(change.actions)) to \(who)\(more)",
      at: place(of: change),
      severity: .warning,
      notes: notes(change),
      help: LockDrift.refresh
    )
  }

  private func stale() -> Diagnostic {
    Diagnostic(
      .lockStale,
      "`access.lock` allows what the policies no longer do",
      at: wholeSet,
      severity: .note,
      help: LockDrift.refresh
    )
  }

  private static let refresh = "`pol diff` shows all of it; `pol lock` writes it down"

  // MARK: Words and places

  /// The actions that the rules reach by a pattern, and those that they name.
  private func split(_ growth: Growth) -> (reached: ActionSet, named: ActionSet) {
    let words = Set(
      growth.rules.flatMap { rule in
        set.sources.text(set.rules[rule].actionsSpan)
          .split(whereSeparator: { ".,{} \n\t\r".contains($0) }).map(String.init)
      }
    )
    let named = growth.actions.actions.filter { action in
      let name = difference.joined.set.catalogue.actions[action].heading.name
      return words.contains(describe(name: name))
    }
    let actions = ActionSet(named.map { $0.position..<$0.position + 1 })
    return (growth.actions.subtracting(actions), actions)
  }

  private mutating func text(_ actions: ActionSet) -> String {
    let all = patterns.patterns(actions)
    let shown = all.prefix(4).map { "`\($0)`" }.joined(separator: ", ")
    return all.count > 4 ? "\(shown) and \(all.count - 4) more" : shown
  }

  private func name(_ pair: PolicyPair) -> String {
    (pair.new ?? pair.old).map { difference.joined.set.policies[$0].heading.name } ?? ""
  }

  private func holders(_ pairs: [PolicyPair]) -> String {
    let names = pairs.prefix(4).map { "`\(name($0))`" }.joined(separator: ", ")
    return "to holders of \(names)" + (pairs.count > 4 ? " and \(pairs.count - 4) more" : "")
  }

  private func request(_ evidence: Evidence, _ direction: Direction) -> String {
    let side = direction.allowing
    guard let own = difference.joined.request(evidence.request, side) else { return "" }
    let what = direction == .widening ? "now allowed" : "no longer allowed"
    return "\(what): \(requestText(own, in: difference.joined.sets[side]))"
  }

  private func notes(_ change: AccessChange) -> [String] {
    [
      change.widening.map { request($0, .widening) },
      change.narrowing.map { request($0, .narrowing) },
    ].compactMap { $0 }
  }

  /// The rule or assignment of the set that makes the difference, as far as it is known.
  private func place(of change: AccessChange) -> SourceSpan {
    if let rule = change.causes.new.first { return set.rules[rule].span }
    if let deciding = change.widening?.decisions.new?.deciding.first {
      if case .principal = change.subjects[0], case .assignment(let index) = deciding.grant {
        return set.assignments[index].span
      }
      return set.rules[deciding.rule].span
    }
    return wholeSet
  }

  /// Where something is told that has no place of its own: the name of the catalogue.
  private var wholeSet: SourceSpan { LockFindings.wholeSet(set) }
}
