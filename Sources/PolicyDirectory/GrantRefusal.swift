/// Why a policy is not granted, or a grant not revoked.
public enum GrantRefusal: Error, Hashable, Sendable {
  /// The policy set has no policy of this name.
  case unknownPolicy(String)
  /// The policy set has no unit with this full path.
  case unknownUnit(String)
  /// The policy set declares no group of this name.
  case unknownGroup(String)
  /// No assignment of the policy set names its condition so.
  case unknownCondition(String)
  /// The condition is named by assignments of other policies only.
  case conditionOfOtherPolicies(String, policy: String)
  /// Several assignments of the policy give different conditions this name.
  case ambiguousCondition(String, policy: String)
  /// The policy set asserts that nobody holds both policies, and the holder, in words, would.
  case separation(policy: String, from: String, holder: String)
}

extension GrantRefusal: CustomStringConvertible {
  /// One phrase that says what is wrong.
  public var description: String {
    switch self {
    case .unknownPolicy(let name): "there is no policy `\(name)`"
    case .unknownUnit(let path): "there is no unit `\(path)`"
    case .unknownGroup(let name): "there is no group `\(name)`"
    case .unknownCondition(let name): "there is no condition `\(name)`"
    case .conditionOfOtherPolicies(let name, let policy):
      "condition `\(name)` is none of policy `\(policy)`"
    case .ambiguousCondition(let name, let policy):
      "policy `\(policy)` has several conditions `\(name)`"
    case .separation(let policy, let other, let holder):
      "\(holder) would hold both `\(policy)` and `\(other)`, which nobody may"
    }
  }

  /// What to do about it.
  public var help: String {
    switch self {
    case .unknownPolicy: "use the name of a policy as it is declared"
    case .unknownUnit: "use the full path of a declared unit, such as `acme/plant-2`"
    case .unknownGroup: "declare the group in the policy set"
    case .unknownCondition:
      "write `@condition(\"name\")` on an assignment of the policy set that has the condition"
    case .conditionOfOtherPolicies(let name, let policy):
      "write `@condition(\"\(name)\")` on an assignment of `\(policy)` that has the condition"
    case .ambiguousCondition: "give each condition a name of its own"
    case .separation(_, let other, let holder):
      "revoke `\(other)` from \(holder) first, or change the assertion"
    }
  }
}
