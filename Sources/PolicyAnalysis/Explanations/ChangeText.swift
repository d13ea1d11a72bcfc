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

/// Changes that are made together, in words.
package func remedyText(_ remedy: Remedy, in set: PolicySet) -> String {
  remedy.changes.map { changeText($0, in: set) }.joined(separator: ", and ")
}

/// Something that a request says in words, such as "`context.mfa` is `true`".
package func factText(_ fact: Fact, in set: PolicySet) -> String {
  switch fact {
  case .kind(let kind): return "the principal is \(noun(kind))"
  case .identity(let id): return "the principal is `\(describe(id))`"
  case .groups(let groups):
    let names = groups.sorted().map { "`\(describe(.group($0), in: set))`" }
    guard !names.isEmpty else { return "the principal is in no open group" }
    return "the principal is in \(names.joined(separator: ", ")) and in no other open group"
  case .holding(let holding):
    let place = holding.unit.map { " in `\(describe($0, in: set))`" } ?? ""
    return changeText(.policy(holding.policy), in: set) + place
  case .unit(let unit): return changeText(.unit(unit), in: set)
  case .value(let term, let value): return changeText(.value(term, value), in: set)
  }
}

/// What a fact is about, without what is said of it, such as "`context.mfa`".
package func topicText(_ fact: Fact, in set: PolicySet) -> String {
  switch fact {
  case .kind(let kind): "that it is \(noun(kind))"
  case .identity(let id): "which \(id.kind == .user ? "user" : "service account") it is"
  case .groups: "the groups it is in"
  case .holding(let holding): "that it holds `\(describe(holding.policy, in: set))`"
  case .unit: "where the resource belongs"
  case .value(.resource, _): "which resource it is"
  case .value(let term, _): "`\(describe(term, in: set))`"
  }
}

/// A kind of principal, such as "a user".
private func noun(_ kind: PrincipalKind) -> String {
  switch kind {
  case .user: "a user"
  case .serviceAccount: "a service account"
  case .anonymous: "anonymous"
  }
}
