/// To whom a policy is granted while a program runs.
///
/// Names and ids are compared byte by byte.
public enum GrantSubject: Sendable {
  /// The user with this id.
  case user(String)
  /// The service account with this id.
  case serviceAccount(String)
  /// Whoever is in the group of this name, which the policy set declares.
  case group(String)
  /// Everyone, anonymous principals included.
  case everyone
  /// Whoever says no id.
  case anonymous

  /// The kind as a word and the name, for comparing and for messages.
  var parts: (kind: String, name: String) {
    switch self {
    case .user(let id): ("user", id)
    case .serviceAccount(let id): ("service-account", id)
    case .group(let name): ("group", name)
    case .everyone: ("everyone", "")
    case .anonymous: ("anonymous", "")
    }
  }
}

extension GrantSubject: Hashable {
  /// Whether both are the same, by bytes and never by canonical equivalence.
  public static func == (left: GrantSubject, right: GrantSubject) -> Bool {
    left.parts.kind == right.parts.kind
      && left.parts.name.utf8.elementsEqual(right.parts.name.utf8)
  }

  /// Hashes what `==` compares.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(parts.kind)
    for byte in parts.name.utf8 { hasher.combine(byte) }
  }
}

extension GrantSubject: CustomStringConvertible {
  /// As the language writes it, with the name in backquotes.
  public var description: String {
    let (kind, name) = parts
    switch self {
    case .everyone, .anonymous: return kind
    default: return "\(kind) `\(name)`"
    }
  }
}

/// A policy that is granted while a program runs: what `assign POLICY to SUBJECT in UNIT when
/// CONDITION` is in a policy set.
///
/// An assignment of several policies, to several subjects or in several units is as many grants.
public struct PolicyGrant: Hashable, Sendable {
  /// The name of the policy.
  public var policy: String
  /// To whom it is granted.
  public var subject: GrantSubject
  /// The full path of the unit that it covers, with all below; nil for everywhere.
  public var unit: String?
  /// The name of a condition; nil for none.
  ///
  /// An assignment of the policy set names its condition by `@condition("name")`. It can be used for
  /// the policies that this assignment gives, and those that these include: what the checker proved
  /// of the condition, it proved for them.
  public var condition: String?

  /// A grant by names.
  public init(
    _ policy: String,
    to subject: GrantSubject,
    in unit: String? = nil,
    when condition: String? = nil
  ) {
    self.policy = policy
    self.subject = subject
    self.unit = unit
    self.condition = condition
  }

  /// Whether both are the same, by bytes and never by canonical equivalence.
  public static func == (left: PolicyGrant, right: PolicyGrant) -> Bool {
    left.policy.utf8.elementsEqual(right.policy.utf8) && left.subject == right.subject
      && isEqual(left.unit, right.unit) && isEqual(left.condition, right.condition)
  }

  private static func isEqual(_ left: String?, _ right: String?) -> Bool {
    switch (left, right) {
    case (nil, nil): true
    case (let left?, let right?): left.utf8.elementsEqual(right.utf8)
    default: false
    }
  }

  /// Hashes what `==` compares.
  public func hash(into hasher: inout Hasher) {
    for byte in policy.utf8 { hasher.combine(byte) }
    hasher.combine(subject)
    for byte in (unit ?? "").utf8 { hasher.combine(byte) }
    for byte in (condition ?? "").utf8 { hasher.combine(byte) }
  }
}

extension PolicyGrant: CustomStringConvertible {
  /// As the language writes it, with names in backquotes.
  public var description: String {
    let here = unit.map { " in `\($0)`" } ?? ""
    let premise = condition.map { " when `\($0)`" } ?? ""
    return "policy `\(policy)` to \(subject)\(here)\(premise)"
  }
}
