package import PolicyEngine

extension RequestData {
  /// What the request says of a term; nil when it says nothing.
  package func value(of term: Term) -> Value? {
    switch term {
    case .attribute(let attribute): values[attribute]
    case .principal: principalID.map { .principal($0) }
    case .resource: resourceID.map { .string($0) }
    }
  }
}

/// Whether a condition holds of a request, in Kleene's logic.
package func truth(of condition: Condition, for request: RequestData, in set: PolicySet) -> Truth {
  switch condition {
  case .constant(let value): Truth(value)
  case .not(let inner): truth(of: inner, for: request, in: set).negated
  case .all(let parts): parts.reduce(.yes) { $0.and(truth(of: $1, for: request, in: set)) }
  case .any(let parts): parts.reduce(.no) { $0.or(truth(of: $1, for: request, in: set)) }
  case .check(let check, _): truth(of: check, for: request, in: set)
  }
}

/// Whether a check holds of a request: unknown when something that it compares is missing.
///
/// `has`, `is` and membership in a declared group compare nothing, and are known.
package func truth(of check: Check, for request: RequestData, in set: PolicySet) -> Truth {
  switch check {
  case .has(let term):
    Truth(request.value(of: term) != nil)
  case .inGroup(let group):
    membership(of: request, in: group, in: set)
  case .isKind(let kind):
    Truth(request.kind == kind)
  case .isTrue(let term):
    one(term, request) { $0.isSame(as: .bool(true)) }
  case .equals(let term, let value):
    one(term, request) { $0.isSame(as: value) }
  case .compare(let term, let order, let value):
    one(term, request) { order.holds($0, value) }
  case .inBlock(let term, let block):
    one(term, request) { $0.isIn(block) }
  case .like(let term, let pattern):
    one(term, request) { $0.isLike(pattern) }
  case .under(let term, let path):
    one(term, request) { $0.isUnder(.path(path)) }
  case .contains(let term, let value):
    one(term, request) { $0.containsElement(value) }
  case .equalTerms(let left, let right):
    two(left, right, request) { $0.isSame(as: $1) }
  case .compareTerms(let left, let order, let right):
    two(left, right, request) { order.holds($0, $1) }
  case .underTerm(let left, let right):
    two(left, right, request) { $0.isUnder($1) }
  case .containsTerm(let left, let right):
    two(left, right, request) { $0.containsElement($1) }
  case .containsAny(let left, let right):
    two(left, right, request) { set, other in other.elements.contains { set.containsElement($0) } }
  case .containsAll(let left, let right):
    two(left, right, request) { set, other in
      other.elements.allSatisfy { set.containsElement($0) }
    }
  }
}

private func one(
  _ term: Term,
  _ request: RequestData,
  _ holds: (Value) -> Bool
) -> Truth {
  guard let value = request.value(of: term) else { return .unknown }
  return Truth(holds(value))
}

private func two(
  _ left: Term,
  _ right: Term,
  _ request: RequestData,
  _ holds: (Value, Value) -> Bool
) -> Truth {
  guard let left = request.value(of: left), let right = request.value(of: right) else {
    return .unknown
  }
  return Truth(holds(left, right))
}
