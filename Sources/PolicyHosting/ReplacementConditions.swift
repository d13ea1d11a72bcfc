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
  /// No built-in policy is changed, added or removed: each, with all that it includes, decides every
  /// action as before, on the same conditions.
  ///
  /// Whom it is assigned to, and who is in the groups that its conditions ask for, is not the policy's,
  /// and may change: `nothingWidened` compares these. Conditions are compared as the tables have them;
  /// where that cannot tell, the candidate is refused.
  public static let builtInPoliciesUnchanged = ReplacementConditions(rawValue: 2)
  /// Nothing is allowed that was not: whatever a request says and whoever makes it, also with policies
  /// that it holds, what the candidate allows is allowed now.
  ///
  /// What policies say of actions is compared, with their conditions, and so are assignments, groups and
  /// units; a unit more is more, since requests that named it were refused. What tables cannot show is
  /// refused, as when one assignment gives what two others gave: see
  /// `PolicyEngine.changes(since:naming:)`. Grants of programs to a group whose members change are theirs
  /// to look at.
  public static let nothingWidened = ReplacementConditions(rawValue: 4)

  /// The first condition on catalogue and built-in policies that a candidate does not meet; nil when it
  /// meets all.
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
    return nil
  }

  /// The condition on changes that they do not meet; nil when they do.
  func refusal(of changes: PolicyChanges) -> ReplacementRefusal? {
    contains(.nothingWidened) ? changes.firstWidening.map { .widened($0) } : nil
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
  /// More would be allowed than before, or may be.
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
    case .widened(let change): "the policies would allow more, or may: \(change)"
    }
  }
}
