import PolicyEngine

/// A term as conditions name it, such as `context.mfa`.
package func describe(_ term: Term, in set: PolicySet) -> String {
  switch term {
  case .attribute(let index):
    let attribute = set.catalogue.attributes[index]
    return "\(attribute.space.rawValue).\(describe(name: attribute.heading.name))"
  case .principal: return "principal"
  case .resource: return "resource"
  }
}

/// A check as policy text writes it, such as `resource.region == "eu"`.
///
/// Its negation is written as one too, such as `resource.region != "eu"`.
package func describe(_ check: Check, in set: PolicySet, isNegated: Bool = false) -> String {
  func binary(_ left: Term, _ word: String, _ right: String) -> String {
    "\(describe(left, in: set)) \(isNegated ? "not " : "")\(word) \(right)"
  }
  func name(_ term: Term) -> String { describe(term, in: set) }
  let not = isNegated ? "not " : ""
  let equal = isNegated ? "!=" : "=="
  switch check {
  case .has(let term): return "\(not)has \(name(term))"
  case .inGroup(let group):
    return "principal \(not)in group \(describe(name: set.groups[group].heading.name))"
  case .isKind(let kind): return "\(not)principal is \(kind.word)"
  case .isTrue(let term): return not + name(term)
  case .equals(let term, let value): return "\(name(term)) \(equal) \(describe(value))"
  case .compare(let term, let order, let value):
    return "\(name(term)) \(order.sign(isNegated: isNegated)) \(describe(value))"
  case .inBlock(let term, let block): return binary(term, "in", describe(block))
  case .like(let term, let pattern): return binary(term, "like", describe(pattern))
  case .under(let term, let path): return binary(term, "under", describe(string: path))
  case .contains(let term, let value): return binary(term, "contains", describe(value))
  case .equalTerms(let left, let right): return "\(name(left)) \(equal) \(name(right))"
  case .compareTerms(let left, let order, let right):
    return "\(name(left)) \(order.sign(isNegated: isNegated)) \(name(right))"
  case .underTerm(let left, let right): return binary(left, "under", name(right))
  case .containsTerm(let left, let right): return binary(left, "contains", name(right))
  case .containsAny(let left, let right): return binary(left, "contains any", name(right))
  case .containsAll(let left, let right): return binary(left, "contains all", name(right))
  }
}

extension Order {
  /// The sign of the relation, or of its negation.
  fileprivate func sign(isNegated: Bool) -> String {
    switch (self, isNegated) {
    case (.less, false): "<"
    case (.lessOrEqual, false): "<="
    case (.less, true): ">="
    case (.lessOrEqual, true): ">"
    }
  }
}

/// How tightly a part of a condition binds, from least to most.
private enum Tightness: Int {
  case or, and, not
}

/// A condition as policy text writes it, with no more parentheses than it needs.
///
/// - Complexity: O(size of the condition).
package func describe(_ condition: Condition, in set: PolicySet) -> String {
  describe(condition, in: set, inside: .or)
}

private func describe(_ condition: Condition, in set: PolicySet, inside outer: Tightness) -> String
{
  func joined(_ parts: [Condition], by word: String, _ own: Tightness) -> String {
    let inner = Tightness(rawValue: own.rawValue + 1) ?? .not
    let text = parts.map { describe($0, in: set, inside: inner) }.joined(separator: " \(word) ")
    return outer.rawValue > own.rawValue ? "(\(text))" : text
  }
  switch condition {
  case .constant(let value): return "\(value)"
  case .check(let check, _): return describe(check, in: set)
  case .not(.check(let check, _)): return describe(check, in: set, isNegated: true)
  case .not(let inner): return "not \(describe(inner, in: set, inside: .not))"
  case .all(let parts) where parts.isEmpty: return "true"
  case .any(let parts) where parts.isEmpty: return "false"
  case .all(let parts) where parts.count == 1, .any(let parts) where parts.count == 1:
    return describe(parts[0], in: set, inside: outer)
  case .all(let parts): return joined(parts, by: "and", .and)
  case .any(let parts):
    return describeList(parts, in: set) ?? joined(parts, by: "or", .or)
  }
}

/// `x in [a, b]` for `x == a or x == b`.
private func describeList(_ parts: [Condition], in set: PolicySet) -> String? {
  var subject: Term?
  var values: [String] = []
  for part in parts {
    guard case .check(let check, _) = part else { return nil }
    switch check {
    case .equals(let term, let value) where subject == nil || subject == term:
      subject = term
      values.append(describe(value))
    case .inBlock(let term, let block) where subject == nil || subject == term:
      subject = term
      values.append(describe(block))
    default: return nil
    }
  }
  guard let subject else { return nil }
  return "\(describe(subject, in: set)) in [\(values.joined(separator: ", "))]"
}
