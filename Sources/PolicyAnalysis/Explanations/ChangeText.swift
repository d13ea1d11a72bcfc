import PolicyEngine
package import PolicyModel

/// A change to a request in words, such as "`context.mfa` is `true`".
package func changeText(_ change: Change, in set: PolicySet) -> String {
  switch change {
  case .value(let term, let value): "`\(describe(term, in: set))` is `\(describe(value))`"
  case .unit(.unit(let unit)): "the resource is in `\(describe(unit, in: set))`"
  case .unit: "the resource is outside every unit"
  case .group(let group): "the principal is in `\(describe(.group(group), in: set))`"
  case .policy(let policy): "the principal holds `\(describe(policy, in: set))`"
  }
}
