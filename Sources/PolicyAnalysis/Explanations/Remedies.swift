package import PolicyEngine
package import PolicyModel

/// One thing that a request could say otherwise.
package enum Change: Hashable, Sendable {
  case value(Term, Value)
  case unit(ResourceUnit)
  case group(GroupIndex)
  case policy(PolicyIndex)
}

/// The single changes to a denied request that would allow it, the values first.
///
/// Each was made, and the interpreter decided so; of the values of one term only the first that
/// helps is given. Values come from what the conditions compare with, so that not every value that
/// would help is found.
/// - Complexity: O(checks of the rules for the action + policies + groups + places) decisions.
package func remedies(for request: RequestData, in set: PolicySet) -> [Change] {
  guard interpret(request, in: set).effect == .deny else { return [] }
  var found: [Change] = []
  var healed: Set<Term> = []
  for (term, value) in proposals(for: request, in: set) where !healed.contains(term) {
    let change = Change.value(term, value)
    guard isRemedy(change, for: request, in: set) else { continue }
    found.append(change)
    healed.insert(term)
  }
  let places = Set(set.assignments.elements.flatMap(\.places)).sorted()
  var others = [Change.unit(.outside)] + places.map { .unit(.unit($0)) }
  if request.kind != .anonymous {
    others += set.groups.indices.filter { set.groups[$0].isOpen }.map { .group($0) }
    others += set.policies.indices.map { .policy($0) }
  }
  return found + others.filter { isRemedy($0, for: request, in: set) }
}

private func isRemedy(_ change: Change, for request: RequestData, in set: PolicySet) -> Bool {
  var changed = request
  changed.apply(change)
  return interpret(changed, in: set).effect == .allow
}

extension RequestData {
  /// The same request with one thing said otherwise.
  package mutating func apply(_ change: Change) {
    switch change {
    case .value(.attribute(let attribute), let value): values[attribute] = value
    case .value(.resource, .string(let id)): resourceID = id
    case .value: break
    case .unit(let unit): self.unit = unit
    case .group(let group): groups = (groups ?? []).union([group])
    case .policy(let policy): held.append(Holding(policy))
    }
  }
}

/// Values that the conditions around a request tell apart from what it says, in source order.
private func proposals(
  for request: RequestData,
  in set: PolicySet
) -> [(term: Term, value: Value)] {
  let service = set.catalogue.actions[request.action].service
  let rules = set.rules.elements.filter { $0.actions.contains(request.action) }
  let conditions =
    rules.compactMap(\.guardCondition) + set.assignments.elements.compactMap(\.condition)
  var draft = WitnessDraft(set.catalogue)
  draft.set(.principal, request.principalID.map { .principal($0) })
  draft.set(.resource, request.resourceID.map { .string($0) })
  for (attribute, value) in request.values { draft.set(.attribute(attribute), value) }
  var seen: Set<Change> = []
  return conditions.flatMap(\.checks).flatMap { draft.proposals($0.check) }
    .filter { term, value in
      guard term != .principal, seen.insert(.value(term, value)).inserted else { return false }
      guard case .attribute(let index) = term else { return true }
      return set.catalogue.attributes[index].services?.contains(service) ?? true
    }
}
