import PolicyEngine
import PolicyModel

/// Looks for the fewest changes to a denied request that would allow it.
///
/// Rule by rule, the nearest first: of the changes that have to do with what the rule is missing and
/// with the denies, all single ones are tried, then pairs, then three at once.
struct RemedySearch {
  /// How many requests are decided at most.
  static let budget = 12_000
  /// How many changes at once are tried.
  private static let mostChanges = 3
  /// Rules beyond these are looked at for single changes only.
  private static let mostRules = 8
  /// How many remedies are enough.
  private static let enough = 8

  private let request: RequestData
  private let set: PolicySet
  private let proposals: RemedyProposals
  private var budget = RemedySearch.budget
  private var found: [Remedy] = []

  /// The set is narrowed to the rules for the action of the request.
  init(_ request: RequestData, in set: PolicySet) {
    self.request = request
    self.set = set
    proposals = RemedyProposals(request, in: set)
  }

  mutating func run() -> [Remedy] {
    let misses = nearMisses(request, in: set)
    let nearest = misses.enumerated()
      .sorted { ($0.element.distance, $0.offset) < ($1.element.distance, $1.offset) }
      .map(\.element)
    for change in proposals.all(nearest) { attempt([change]) }
    // Where an allow applies already, only denies are in the way.
    let allows = set.rules.elements.count { $0.effect == .allow }
    let escapes = misses.count < allows ? [proposals.escapes()] : []
    let choices = escapes + nearest.prefix(Self.mostRules).map { proposals.changes(for: $0) }
    for size in 2...Self.mostChanges where found.count < Self.enough {
      for changes in choices { combine(changes, size, [], from: 0) }
    }
    return Array(found.prefix(Self.enough))
  }

  private mutating func combine(
    _ changes: [Change],
    _ size: Int,
    _ chosen: [Change],
    from start: Int
  ) {
    guard chosen.count < size else { return attempt(chosen) }
    guard start < changes.count, budget > 0, found.count < Self.enough else { return }
    for index in start..<changes.count {
      let next = changes[index]
      guard !chosen.contains(where: { $0.excludes(next) }) else { continue }
      let more = chosen + [next]
      guard !isEnough(more) else { continue }
      combine(changes, size, more, from: index + 1)
    }
  }

  /// Whether some of the changes are a remedy by themselves.
  private func isEnough(_ changes: [Change]) -> Bool {
    found.contains { $0.changes.allSatisfy { changes.contains($0) } }
  }

  /// Makes the changes, and keeps them if they allow; other values of the same terms do not follow.
  private mutating func attempt(_ changes: [Change]) {
    guard budget > 0, !isRepeated(changes) else { return }
    budget -= 1
    var changed = request
    for change in changes { changed.apply(change) }
    if interpret(changed, in: set).effect == .allow { found.append(Remedy(changes: changes)) }
  }

  /// Whether a remedy is known that says the same things otherwise, or some of them.
  private func isRepeated(_ changes: [Change]) -> Bool {
    found.contains { remedy in
      remedy.changes.allSatisfy { old in
        changes.contains { new in
          if case (.value(let left, _), .value(let right, _)) = (old, new) { return left == right }
          return old == new
        }
      }
    }
  }
}

extension NearMiss {
  /// How much would have to be otherwise: parts of the rule, and of the nearest grant.
  ///
  /// To be given a policy is further away than to meet a condition.
  package var distance: Int {
    let grant = isInForce ? 0 : 2 + (grants.map(\.shortfalls.count).min() ?? 100)
    return shortfalls.count + grant
  }
}
