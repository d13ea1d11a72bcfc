package import PolicyAnalysis
import PolicyEngine
package import PolicyModel

/// The kinds of subject, as options and reports name them.
package enum AccessKind: String, CaseIterable, Sendable {
  case everyone, anonymous, policy, group, user
  case serviceAccount = "service-account"

  /// The heading of the rows of a kind.
  var heading: String {
    switch self {
    case .everyone, .anonymous: rawValue
    case .policy: "policies"
    case .group: "groups"
    case .user: "users"
    case .serviceAccount: "service accounts"
    }
  }
}

extension AccessSubject {
  package var kind: AccessKind {
    switch self {
    case .everyone: .everyone
    case .anonymous: .anonymous
    case .policy: .policy
    case .group: .group
    case .principal(let id): id.kind == .user ? .user : .serviceAccount
    }
  }

  /// The name alone; that of the kind for everyone and the anonymous.
  package func name(in set: PolicySet) -> String {
    switch self {
    case .everyone, .anonymous: kind.rawValue
    case .policy(let policy): set.policies[policy].heading.name
    case .group(let group): set.groups[group].heading.name
    case .principal(let id): id.id
    }
  }

  /// Such as `policy Observer`, or `user "ada@acme.example"`.
  func words(in set: PolicySet) -> String {
    switch self {
    case .everyone, .anonymous: kind.rawValue
    case .policy(let policy): "someone who holds \(describe(policy, in: set))"
    case .group(let group): "someone in \(describe(Subject.group(group), in: set))"
    case .principal(let id): describe(id)
    }
  }
}

extension AccessGrant {
  /// `always`, or `when` with the condition.
  func answer(in set: PolicySet) -> String {
    condition.map { "when " + conditionText($0, in: set) } ?? "always"
  }

  /// Where, and when.
  func words(in set: PolicySet) -> String {
    let places = places.words(in: set)
    return places.isEmpty ? answer(in: set) : "\(places): \(answer(in: set))"
  }

  func json(in set: PolicySet) -> JSONValue {
    func paths(_ units: [UnitIndex]) -> JSONValue { .strings(units.map { set.units[$0].path }) }
    return [
      "always": .bool(condition == nil),
      "condition": .optional(condition.map { conditionText($0, in: set) }),
      "places": [
        "everywhere": .bool(places.isEverywhere),
        "in": paths(places.units),
        "notIn": paths(places.exceptions),
        "outside": .bool(places.isOutside),
      ],
      "example": example.map { RequestJSON.value($0, in: set) } ?? .null,
    ]
  }
}
