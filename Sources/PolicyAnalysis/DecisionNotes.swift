import PolicyEngine
import PolicyModel
import PolicySource

/// Sentences about one decision, for diagnostics: what was asked, and what it hung on.
struct DecisionNotes {
  /// Rules beyond these are left out.
  private static let most = 3

  let set: PolicySet
  let request: RequestData
  let decision: Decision

  /// The request, and why it was decided so.
  var notes: [String] {
    let notes = ["the request: \(requestText(request, in: set))"]
    return notes + (decision.basis == .byDefault ? ["no rule allows it"] + misses : doubts)
  }

  /// The rules that nearly allowed what is denied by default, each at its place; those that the notes
  /// speak of.
  var nearLabels: [Label] {
    guard decision.basis == .byDefault else { return [] }
    return nearest.map { miss in
      let rule = set.rules[miss.rule]
      return Label(rule.actionsSpan, "`\(rule.id)` would allow it")
    }
  }

  /// What the request could say to escape the denies.
  private var doubts: [String] {
    guard decision.effect == .deny else { return [] }
    return decision.deciding.prefix(Self.most).compactMap { deciding in
      let doubts = PolicyModel.doubts(about: deciding, for: request, in: set)
      guard !doubts.isEmpty else { return nil }
      return "`\(set.rules[deciding.rule].id)` applies because "
        + unique(doubts.map { shortfall($0) }).joined(separator: ", and ")
    }
  }

  /// The rules in force that nearly allowed it, or else those that are not.
  private var nearest: [NearMiss] {
    let all = nearMisses(request, in: set)
    let inForce = all.filter(\.isInForce)
    return Array((inForce.isEmpty ? all : inForce).prefix(Self.most))
  }

  private var misses: [String] {
    nearest.map { miss in
      guard !miss.isInForce else {
        return "`\(set.rules[miss.rule].id)` would allow it, but "
          + unique(miss.shortfalls.map { shortfall($0) }).joined(separator: ", and ")
      }
      let rule = set.rules[miss.rule]
      let policy = "`\(set.policies[rule.policy].heading.name)`"
      let nearest = miss.grants.min { $0.shortfalls.count < $1.shortfalls.count }
      guard let nearest else {
        return "`\(rule.id)` would allow it, but the principal does not hold \(policy)"
      }
      return "`\(rule.id)` would allow it, but \(policy) is not in force: "
        + unique(nearest.shortfalls.map { shortfall($0) }).joined(separator: ", and ")
    }
  }

  private func unique(_ texts: [String]) -> [String] {
    var seen: Set<String> = []
    return texts.filter { seen.insert($0).inserted }
  }

  private func shortfall(_ shortfall: Shortfall) -> String {
    switch shortfall {
    case .subjects(_, .unknown): "the request does not say who the principal is"
    case .subjects(let subjects, _):
      "the principal is not "
        + subjects.map { "`\(describe($0, in: set))`" }.joined(separator: " or ")
    case .places(_, .unknown): "the request does not say where the resource belongs"
    case .places(let units, _):
      "the resource is not in "
        + units.map { "`\(describe($0, in: set))`" }.joined(separator: " or ")
    case .assignment(let obstacle), .rule(let obstacle): self.obstacle(obstacle)
    case .anonymousHolder: "an anonymous principal holds nothing"
    }
  }

  private func obstacle(_ obstacle: Obstacle) -> String {
    let condition = "`\(describe(obstacle.condition, in: set))`"
    let missing = obstacle.missing
    guard obstacle.truth == .unknown, !missing.isEmpty else {
      return condition + (obstacle.truth == .unknown ? " is unknown" : " is false")
    }
    return condition + " is unknown without "
      + missing.map { "`\(describe($0, in: set))`" }.joined(separator: " and ")
  }
}
