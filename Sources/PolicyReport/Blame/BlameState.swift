package import PolicyAnalysis
import PolicyEngine
package import PolicyModel

/// What one revision of a policy set says of one subject and one action.
package enum BlameState: Sendable {
  /// Where and when it is allowed.
  case grants([BlameGrant])
  /// It is never allowed; the reason where the set cannot even be asked, such as that there is no such
  /// action.
  case never(String?)
  /// Nothing can be said, for this reason: the set does not check, say.
  case unsettled(String)

  package init(_ holdings: [AccessHolding], in set: PolicySet) {
    let grants = holdings.map { holding in
      BlameGrant(
        words: holding.grant.words(in: set),
        example: holding.grant.example.map { RequestJSON.value($0, in: set) }
      )
    }
    self = grants.isEmpty ? .never(nil) : .grants(grants)
  }

  package var isAllowed: Bool {
    if case .grants = self { true } else { false }
  }

  package var isSettled: Bool {
    if case .unsettled = self { false } else { true }
  }

  /// Whether two revisions say the same, in the same words.
  package func isSame(as other: BlameState) -> Bool {
    words.elementsEqual(other.words) { $0.utf8.elementsEqual($1.utf8) }
  }

  /// The places and conditions, without the reasons of a refusal.
  var words: [String] {
    switch self {
    case .grants(let grants): grants.map(\.words)
    case .never: []
    case .unsettled(let reason): [reason]
    }
  }

  /// The same as it is told.
  var lines: [String] {
    switch self {
    case .grants(let grants): grants.map(\.words)
    case .never(nil): ["never"]
    case .never(let reason?): ["never: \(reason)"]
    case .unsettled(let reason): ["not known: \(reason)"]
    }
  }

  /// The grants that another state does not have.
  func grants(beyond other: BlameState) -> [BlameGrant] {
    guard case .grants(let grants) = self else { return [] }
    let known = Set(other.words.map { Array($0.utf8) })
    return grants.filter { !known.contains(Array($0.words.utf8)) }
  }
}

/// Where and when something is allowed, in policy text, with a request that was.
package struct BlameGrant: Sendable {
  package let words: String
  /// By names, so that other revisions can be asked; nil where none was found.
  package let example: JSONValue?
}
