package import PolicyEngine

/// Whether the principal of a request is one of the subjects.
package func anySubject(
  _ subjects: [Subject],
  is request: RequestData,
  in set: PolicySet
) -> Truth {
  subjects.reduce(.no) { $0.or(truth(of: $1, for: request, in: set)) }
}

/// Whether the principal of a request is the subject, or one of those it stands for.
package func truth(of subject: Subject, for request: RequestData, in set: PolicySet) -> Truth {
  switch subject {
  case .everyone: .yes
  case .anonymous: Truth(request.kind == .anonymous)
  case .principal(let id): isPrincipal(id, request)
  case .group(let group): membership(of: request, in: group, in: set)
  }
}

/// Whether the principal of a request is a declared one.
private func isPrincipal(_ declared: PrincipalID, _ request: RequestData) -> Truth {
  guard declared.kind == request.kind else { return .no }
  switch request.identity {
  case .named(let id): return Truth(declared.id.utf8.elementsEqual(id.utf8))
  case .someone: return .no
  case .unknown: return .unknown
  }
}

/// Whether the principal of a request is in a group.
///
/// A group with a block has exactly the members that it lists, and those of the groups that it
/// lists; of an open group the request says who is in it. A test may also say that its principal is
/// in a group with a block (`as group operators`). An anonymous principal is in no group.
package func membership(
  of request: RequestData,
  in group: GroupIndex,
  in set: PolicySet
) -> Truth {
  guard request.kind != .anonymous else { return .no }
  if request.groups?.contains(group) == true { return .yes }
  let declaration = set.groups[group]
  if declaration.isOpen {
    return request.groups == nil ? .unknown : .no
  }
  let listed = declaration.members.reduce(Truth.no) { $0.or(isPrincipal($1, request)) }
  return declaration.groups.reduce(listed) { $0.or(membership(of: request, in: $1, in: set)) }
}

/// Whether one of some units, or a unit below it, is where the resource is; no units are
/// everywhere.
package func anyPlace(
  _ places: [UnitIndex],
  covers unit: ResourceUnit,
  in set: PolicySet
) -> Truth {
  guard !places.isEmpty else { return .yes }
  switch unit {
  case .unknown: return .unknown
  case .outside: return .no
  case .unit(let unit):
    return Truth(places.contains { set.units[$0].subtree.contains(unit.position) })
  }
}
