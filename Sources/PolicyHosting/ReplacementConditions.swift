public import PolicyEngine

/// What must be true of policies that replace others.
public struct ReplacementConditions: OptionSet, Sendable {
  /// The bits of the set.
  public let rawValue: UInt8

  /// A set of conditions by its bits.
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// The catalogue is the same, action by action and attribute by attribute, so that every handle
  /// that programs keep stays good.
  public static let sameCatalogue = ReplacementConditions(rawValue: 1)
  /// No built-in policy is changed, added or removed: each decides every action as before.
  ///
  /// Conditions are compared as the tables have them. Where that cannot tell (the values of an
  /// attribute fall into other classes than before, because of some other policy), the candidate is
  /// refused.
  public static let builtInPoliciesUnchanged = ReplacementConditions(rawValue: 2)
  /// No policy that is there already allows more than before, as far as tables can tell.
  ///
  /// No action goes from denied to allowed, or from allowed on conditions to always allowed.
  public static let nothingWidened = ReplacementConditions(rawValue: 4)

  /// The first condition that a candidate does not meet; nil when it meets all.
  func refusal(
    of candidate: PolicyEngine,
    after current: PolicyEngine
  ) -> ReplacementRefusal? {
    if contains(.sameCatalogue), !candidate.hasSameCatalogue(as: current) {
      return .otherCatalogue(candidate.catalogueDigest, current: current.catalogueDigest)
    }
    if contains(.builtInPoliciesUnchanged),
      let policy = candidate.changedBuiltInPolicy(since: current)
    {
      return .builtInPolicyChanged(policy)
    }
    if contains(.nothingWidened),
      let first = candidate.changes(since: current, naming: 0).firstWidening
    {
      return .widened(first)
    }
    return nil
  }
}

/// Why policies are not put in force.
public enum ReplacementRefusal: Error, Hashable, Sendable {
  /// The file cannot be read, or is not what the compiler wrote.
  case file(PolicyFileError)
  /// The catalogue is another one; of a file that lies about it, both digests are the same.
  case otherCatalogue(ArtifactDigest, current: ArtifactDigest)
  /// A built-in policy decides otherwise than before, or may.
  case builtInPolicyChanged(String)
  /// A policy would allow more than before.
  case widened(PolicyChange)
}

extension ReplacementRefusal: CustomStringConvertible {
  /// One phrase that says which condition is not met.
  public var description: String {
    switch self {
    case .file(let error): error.description
    case .otherCatalogue(let digest, let current):
      digest == current
        ? "the catalogue is another one, though its digest is that of the one in force"
        : "the catalogue is another one: \(digest), where \(current) is in force"
    case .builtInPolicyChanged(let name): "built-in policy `\(name)` is changed, or may be"
    case .widened(let change): "the policies would allow more: \(change)"
    }
  }
}
