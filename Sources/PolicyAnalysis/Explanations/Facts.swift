package import PolicyEngine
package import PolicyModel

/// One thing that a request says.
package enum Fact: Hashable, Sendable {
  /// What kind of principal it is; who it is says that too.
  case kind(PrincipalKind)
  /// Who the principal is.
  case identity(PrincipalID)
  /// In which open groups it is, and that it is in no others.
  case groups(Set<GroupIndex>)
  case holding(Holding)
  case unit(ResourceUnit)
  /// A value of an attribute, or the id of the resource.
  case value(Term, Value)
}

/// What an allow rests on.
package struct Support: Sendable {
  /// A smallest set of facts that is enough, in the order of the request.
  package let facts: [Fact]
  /// What else the request says; the answer is the same without it.
  package let rest: [Fact]
  /// Whether it was shown that no fewer facts are enough; none of them can be left out in any case.
  package let isSmallest: Bool
}

/// The fewest facts of an allowed request that allow it by themselves; nil if it is denied.
///
/// What a request does not say is unknown, which is the worst that it can be: a set of facts that
/// allows by itself does so whatever the rest is. A policy that is held is the exception, since it can
/// deny, and so it has to be allowed with and without those that are left out. The kind of principal is
/// never unknown, so that every kind is tried where none is stated, but for the anonymous where a
/// group or a policy is, since they have none. Facts are taken away one by one; then, for as long as the
/// budget lasts, all smaller sets are tried.
/// - Complexity: At most `budget` decisions on the rules for the action.
package func support(
  of request: RequestData,
  in set: PolicySet,
  budget: Int = 4_000
) -> Support? {
  let narrowed = set.narrowed(to: request.action)
  func isAllowed(_ facts: [Fact]) -> Bool {
    var reduced = RequestData(kind: request.kind, action: request.action)
    if request.identity == .someone { reduced.identity = .someone }
    for fact in facts { reduced.state(fact) }
    return kinds(facts, request.kind).allSatisfy { kind in
      reduced.kind = kind
      return [reduced.held, request.held].allSatisfy { held in
        var other = reduced
        other.held = held
        return interpret(other, in: narrowed).effect == .allow
      }
    }
  }
  let all = request.facts
  guard isAllowed(all) else { return nil }
  var needed = all
  for fact in all.reversed() {
    let rest = needed.filter { $0 != fact }
    if isAllowed(rest) { needed = rest }
  }
  var left = budget
  var isSmallest = true
  // Of a fact that nothing allows without, every set needs one: the others are what to choose from.
  let core = all.filter { fact in !isAllowed(all.filter { $0 != fact }) }
  let choices = all.filter { !core.contains($0) }
  search: for size in core.count..<max(needed.count, core.count) {
    for chosen in Combinations(of: choices.count, size - core.count) {
      guard left > 0 else {
        isSmallest = false
        break search
      }
      left -= 1
      let facts = core + chosen.map { choices[$0] }
      if isAllowed(facts) {
        needed = facts
        break search
      }
    }
  }
  // Who it is tells the kind, and of a user without a name nothing was said.
  let isKindTold = request.principalID != nil || request.kind == .user
  return Support(
    facts: all.filter { needed.contains($0) },
    rest: all.filter { !needed.contains($0) && !(isKindTold && $0 == .kind(request.kind)) },
    isSmallest: isSmallest
  )
}

/// The kinds of principal of which facts can be true.
private func kinds(_ facts: [Fact], _ stated: PrincipalKind) -> [PrincipalKind] {
  var isSomebody = false
  for fact in facts {
    switch fact {
    case .kind, .identity: return [stated]
    case .groups(let groups): isSomebody = isSomebody || !groups.isEmpty
    case .holding: isSomebody = true
    case .unit, .value: break
    }
  }
  return PrincipalKind.allCases.filter { !isSomebody || $0 != .anonymous }
}

extension RequestData {
  /// What the request says, the principal first, then the resource, then the attributes.
  fileprivate var facts: [Fact] {
    var facts: [Fact] = [.kind(kind)]
    if let id = principalID { facts.append(.identity(id)) }
    if let groups, kind != .anonymous { facts.append(.groups(groups)) }
    for holding in held where !facts.contains(.holding(holding)) {
      facts.append(.holding(holding))
    }
    if unit != .unknown { facts.append(.unit(unit)) }
    if let resourceID { facts.append(.value(.resource, .string(resourceID))) }
    for index in values.keys.sorted() {
      if let value = values[index] { facts.append(.value(.attribute(index), value)) }
    }
    return facts
  }

  fileprivate mutating func state(_ fact: Fact) {
    switch fact {
    case .kind(let kind): self.kind = kind
    case .identity(let id): identity = .named(id.id)
    case .groups(let groups): self.groups = groups
    case .holding(let holding): held.append(holding)
    case .unit(let unit): self.unit = unit
    case .value(let term, let value): give(term, value)
    }
  }
}

/// Every choice of some of the first numbers, each in order, from the first on.
private struct Combinations: Sequence, IteratorProtocol {
  private let count: Int
  private var upcoming: [Int]?

  init(of count: Int, _ size: Int) {
    self.count = count
    upcoming = size <= count ? Array(0..<size) : nil
  }

  mutating func next() -> [Int]? {
    guard let current = upcoming else { return nil }
    var following = current
    var place = current.count - 1
    while place >= 0, following[place] == count - current.count + place { place -= 1 }
    if place < 0 {
      upcoming = nil
    } else {
      following[place] += 1
      for later in stride(from: place + 1, to: current.count, by: 1) {
        following[later] = following[later - 1] + 1
      }
      upcoming = following
    }
    return current
  }
}
