import PolicyEngine
import PolicyModel

/// Judges `nobody holds P, Q`: whatever the place and the condition, no declared principal and no
/// single open group gets two of the policies, and no policy includes two.
///
/// - Complexity: O(principals × assignments), at most.
func separation(_ policies: [PolicyIndex], in set: PolicySet) -> Verdict {
  func pair(in held: Set<PolicyIndex>) -> (PolicyIndex, PolicyIndex)? {
    let found = policies.filter { held.contains($0) }
    return found.count > 1 ? (found[0], found[1]) : nil
  }
  func closure(_ given: some Sequence<PolicyIndex>) -> Set<PolicyIndex> {
    Set(given.flatMap { set.policies[$0].closure })
  }
  for index in set.policies.indices {
    if let (first, second) = pair(in: closure([index])) {
      return .together(
        Together(
          first: first,
          second: second,
          holder: "whoever holds `\(set.policies[index].heading.name)`"
        )
      )
    }
  }
  func given(_ isSubject: (Subject) -> Bool) -> Set<PolicyIndex> {
    closure(
      set.assignments.elements.filter { $0.subjects.contains(where: isSubject) }
        .flatMap(\.policies)
    )
  }
  let everyones = given { $0 == .everyone }
  if let (first, second) = pair(in: everyones) {
    return .together(Together(first: first, second: second, holder: "everyone"))
  }
  var principals: Set<PrincipalID> = []
  for assignment in set.assignments.elements {
    for case .principal(let id) in assignment.subjects { principals.insert(id) }
  }
  for group in set.groups.elements { principals.formUnion(group.members) }
  let ordered = principals.sorted { left, right in
    (left.kind.rawValue, left.id) < (right.kind.rawValue, right.id)
  }
  for id in ordered {
    let request = RequestData(
      kind: id.kind,
      identity: .named(id.id),
      groups: [],
      action: ActionIndex(0)
    )
    let held = everyones.union(
      given { truth(of: $0, for: request, in: set) == .yes }
    )
    if let (first, second) = pair(in: held) {
      return .together(Together(first: first, second: second, holder: describe(id)))
    }
  }
  for group in set.groups.indices where set.groups[group].isOpen {
    let around = Scenario.groups(around: group, in: set)
    let held = everyones.union(
      given { if case .group(let group) = $0 { around.contains(group) } else { false } }
    )
    if let (first, second) = pair(in: held) {
      return .together(
        Together(
          first: first,
          second: second,
          holder: "whoever is in group \(set.groups[group].heading.name)"
        )
      )
    }
  }
  return .proved
}
