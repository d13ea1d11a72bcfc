package import PolicyEngine

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
