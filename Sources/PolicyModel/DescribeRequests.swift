package import PolicyEngine

/// A request in the words of a test: who asks, where the resource is, and the values given.
///
/// What the request leaves open is said where a test would say something else.
package func describe(_ request: RequestData, in set: PolicySet) -> String {
  var text = "`\(set.catalogue.actions[request.action].path)` as "
  text += principal(of: request, in: set).joined(separator: ", ")
  switch request.unit {
  case .unknown: break
  case .outside: text += " in outside"
  case .unit(let unit): text += " in \(describe(unit, in: set))"
  }
  var values = request.values.keys.sorted().compactMap { attribute -> String? in
    request.values[attribute].map { value in
      "\(describe(.attribute(attribute), in: set)) = \(describe(value))"
    }
  }
  if let id = request.resourceID { values.append("resource = \(describe(string: id))") }
  return values.isEmpty ? text : text + " with " + values.joined(separator: ", ")
}

/// A unit by its path, as places name it.
package func describe(_ unit: UnitIndex, in set: PolicySet) -> String {
  var names: [String] = []
  var next: UnitIndex? = unit
  while let index = next {
    names.append(describe(name: set.units[index].heading.name))
    next = set.units[index].parent
  }
  if names.count == 1, names[0].utf8.elementsEqual("outside".utf8) { return "`outside`" }
  return names.reversed().joined(separator: "/")
}

/// Whom a test or an assertion speaks of, as policy text writes it.
package func describe(_ subject: Subject, in set: PolicySet) -> String {
  switch subject {
  case .principal(let id): describe(id)
  case .group(let group): "group \(describe(name: set.groups[group].heading.name))"
  case .everyone: "everyone"
  case .anonymous: "anonymous"
  }
}

/// A policy as assignments and tests name it.
package func describe(_ policy: PolicyIndex, in set: PolicySet) -> String {
  describe(name: set.policies[policy].heading.name, reserved: reservedPolicyNames)
}

private func principal(of request: RequestData, in set: PolicySet) -> [String] {
  guard request.kind != .anonymous else { return ["anonymous"] }
  var parts = request.held.map { holding in
    describe(holding.policy, in: set)
      + (holding.unit.map { " held in \(describe($0, in: set))" } ?? "")
  }
  switch request.identity {
  case .named(let id): parts.append(describe(PrincipalID(kind: request.kind, id: id)))
  case .unknown: parts.append("a \(request.kind.word) without an id")
  case .someone: if request.kind != .user { parts.append("a \(request.kind.word)") }
  }
  if let groups = request.groups {
    parts += groups.sorted().map { describe(.group($0), in: set) }
  } else {
    parts.append("a principal whose groups are not said")
  }
  return parts.isEmpty ? ["everyone"] : parts
}
