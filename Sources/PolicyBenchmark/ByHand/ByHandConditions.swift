import PolicyEngine
import PolicyModel

/// A condition as a closure over values by name, as it would be written by hand; nil is unknown.
func byHand(_ condition: Condition, in set: PolicySet) -> ByHandEvaluator.Condition {
  switch condition {
  case .constant(let value): return { _ in value }
  case .not(let inner):
    let inner = byHand(inner, in: set)
    return { request in inner(request).map { !$0 } }
  case .all(let parts):
    let parts = parts.map { byHand($0, in: set) }
    return { request in
      var result: Bool? = true
      for part in parts {
        switch part(request) {
        case false?: return false
        case nil: result = nil
        case true?: break
        }
      }
      return result
    }
  case .any(let parts):
    let parts = parts.map { byHand($0, in: set) }
    return { request in
      var result: Bool? = false
      for part in parts {
        switch part(request) {
        case true?: return true
        case nil: result = nil
        case false?: break
        }
      }
      return result
    }
  case .check(let check, _): return byHand(check, in: set)
  }
}

private func byHand(_ check: Check, in set: PolicySet) -> ByHandEvaluator.Condition {
  func one(
    _ term: Term,
    _ holds: @escaping @Sendable (Value) -> Bool
  ) -> ByHandEvaluator.Condition {
    let value = byHand(term, in: set)
    return { request in value(request).map(holds) }
  }
  func two(
    _ left: Term,
    _ right: Term,
    _ holds: @escaping @Sendable (Value, Value) -> Bool
  ) -> ByHandEvaluator.Condition {
    let left = byHand(left, in: set)
    let right = byHand(right, in: set)
    return { request in
      guard let left = left(request), let right = right(request) else { return nil }
      return holds(left, right)
    }
  }
  switch check {
  case .has(let term):
    let value = byHand(term, in: set)
    return { request in value(request) != nil }
  case .inGroup(let group): return membership(group, in: set)
  case .isKind(let kind): return { request in request.kind == kind }
  case .isTrue(let term): return one(term) { $0.isSame(as: .bool(true)) }
  case .equals(let term, let value): return one(term) { $0.isSame(as: value) }
  case .compare(let term, let order, let value): return one(term) { order.holds($0, value) }
  case .inBlock(let term, let block): return one(term) { $0.isIn(block) }
  case .like(let term, let pattern): return one(term) { $0.isLike(pattern) }
  case .under(let term, let path): return one(term) { $0.isUnder(.path(path)) }
  case .contains(let term, let value): return one(term) { $0.containsElement(value) }
  case .equalTerms(let left, let right): return two(left, right) { $0.isSame(as: $1) }
  case .compareTerms(let left, let order, let right):
    return two(left, right) { order.holds($0, $1) }
  case .underTerm(let left, let right): return two(left, right) { $0.isUnder($1) }
  case .containsTerm(let left, let right): return two(left, right) { $0.containsElement($1) }
  case .containsAny(let left, let right):
    return two(left, right) { set, other in other.elements.contains { set.containsElement($0) } }
  case .containsAll(let left, let right):
    return two(left, right) { set, other in
      other.elements.allSatisfy { set.containsElement($0) }
    }
  }
}

/// The value of a term, looked up by name.
private func byHand(
  _ term: Term,
  in set: PolicySet
) -> @Sendable (ByHandRequest) -> Value? {
  switch term {
  case .attribute(let attribute):
    let name = set.catalogue.attributes[attribute].path
    return { request in request.attributes[name] }
  case .principal: return { request in request.principal.map { .principal($0) } }
  case .resource: return { request in request.resourceID.map { .string($0) } }
  }
}

/// Membership of a declared group; the requests that are measured are in no open group.
private func membership(_ group: GroupIndex, in set: PolicySet) -> ByHandEvaluator.Condition {
  var members: Set<PrincipalID> = []
  var waiting = [group]
  var seen: Set<GroupIndex> = []
  while let next = waiting.popLast() {
    guard seen.insert(next).inserted else { continue }
    members.formUnion(set.groups[next].members)
    waiting += set.groups[next].groups
  }
  let known = members
  return { request in request.principal.map { known.contains($0) } ?? false }
}
