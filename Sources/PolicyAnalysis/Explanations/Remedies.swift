package import PolicyEngine
package import PolicyModel

/// One thing that a request could say otherwise.
package enum Change: Hashable, Sendable {
  case value(Term, Value)
  case unit(ResourceUnit)
  case group(GroupIndex)
  case policy(PolicyIndex)

  /// Whether both say the same thing otherwise, so that they cannot be made together.
  func excludes(_ other: Change) -> Bool {
    switch (self, other) {
    case (.value(let term, _), .value(let other, _)): term == other
    case (.unit, .unit): true
    // Holding two policies would allow no more than holding the one that allows.
    case (.policy, .policy): true
    default: self == other
    }
  }
}

/// Changes that, made together, allow a request which is denied, none of them for nothing.
package struct Remedy: Hashable, Sendable {
  package let changes: [Change]
}

/// The changes to a denied request that would allow it, the fewest first.
///
/// Each was made, and the interpreter decided so; nothing less than all of its changes is enough.
/// Values come from what the conditions compare with, and the search is bounded, so that not
/// everything that would help is found.
/// - Complexity: At most `RemedySearch.budget` decisions on the rules for the action.
package func remedies(for request: RequestData, in set: PolicySet) -> [Remedy] {
  let narrowed = set.narrowed(to: request.action)
  guard interpret(request, in: narrowed).effect == .deny else { return [] }
  var search = RemedySearch(request, in: narrowed)
  return search.run()
}

extension RequestData {
  /// The same request with one thing said otherwise.
  package mutating func apply(_ change: Change) {
    switch change {
    case .value(.attribute(let attribute), let value): values[attribute] = value
    case .value(.resource, .string(let id)): resourceID = id
    case .value: break
    case .unit(let unit): self.unit = unit
    case .group(let group): groups = (groups ?? []).union([group])
    case .policy(let policy): held.append(Holding(policy))
    }
  }
}
