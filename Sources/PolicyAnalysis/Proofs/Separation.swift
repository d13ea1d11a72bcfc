import PolicyEngine
import PolicyModel
import PolicySource

/// Judges `nobody holds P, Q`: whatever the place and the condition, no declared principal and no
/// single open group gets two of the policies, and no policy includes two.
///
/// What only a request can bring about, that someone is in an open group too, is an exception.
/// - Complexity: O(principals × (groups + assignments that give them)).
func separation(_ policies: [PolicyIndex], in set: PolicySet) -> Verdict {
  for index in set.policies.indices {
    let inside = policies.filter { set.policies[index].closure.contains($0) }
    if inside.count > 1 {
      return .together(
        Together(
          first: inside[0],
          second: inside[1],
          holder: "whoever holds `\(set.policies[index].heading.name)`",
          places: []
        )
      )
    }
  }
  let holders = Holder.all(in: set, of: policies)
  for holder in holders {
    if let together = holder.together(policies, in: set) { return .together(together) }
  }
  return .proved(except: exceptions(policies, holders, in: set))
}

/// Pairs that come together only when a request says so.
private func exceptions(
  _ policies: [PolicyIndex],
  _ holders: [Holder],
  in set: PolicySet
) -> [String] {
  var found: [String] = []
  for (position, open) in holders.enumerated() where open.isOpen {
    for (otherPosition, other) in holders.enumerated()
    where !other.isOpen || otherPosition < position {
      let pair = policies.lazy.compactMap { policy -> (PolicyIndex, PolicyIndex)? in
        guard other.grants[policy] != nil else { return nil }
        return policies.first { $0 != policy && open.grants[$0] != nil }.map { (policy, $0) }
      }.first
      guard let pair else { continue }
      let names = [pair.0, pair.1].map { "`\(set.policies[$0].heading.name)`" }
      found.append("\(other.words) holds \(names[0]), and \(open.words) \(names[1])")
    }
  }
  return found
}

/// Someone to whom the set gives policies, together with what everyone holds.
private struct Holder {
  let words: String
  /// Whether requests say who it is: the members of an open group.
  let isOpen: Bool
  /// The policies in question, each with the first assignment that gives it.
  let grants: [PolicyIndex: AssignmentIndex]

  init(
    _ words: String,
    isOpen: Bool = false,
    from giving: [Giving],
    _ isMeant: (Subject) -> Bool
  ) {
    self.words = words
    self.isOpen = isOpen
    var grants: [PolicyIndex: AssignmentIndex] = [:]
    for giving in giving where giving.subjects.contains(where: isMeant) {
      for policy in giving.policies { grants[policy] = grants[policy] ?? giving.assignment }
    }
    self.grants = grants
  }

  func together(_ policies: [PolicyIndex], in set: PolicySet) -> Together? {
    let held = policies.filter { grants[$0] != nil }
    guard held.count > 1 else { return nil }
    return Together(
      first: held[0],
      second: held[1],
      holder: words,
      places: held.prefix(2).compactMap { policy in
        grants[policy].map { (policy, set.assignments[$0].span) }
      }
    )
  }

  /// Everyone, anonymous principals, all that are declared, and the members of each open group.
  static func all(in set: PolicySet, of policies: [PolicyIndex]) -> [Holder] {
    let giving = Giving.all(of: policies, in: set)
    var result = [
      Holder("everyone", from: giving) { $0 == .everyone },
      Holder("an anonymous principal", from: giving) { $0 == .everyone || $0 == .anonymous },
    ]
    var principals: Set<PrincipalID> = []
    for subject in giving.flatMap(\.subjects) {
      if case .principal(let id) = subject { principals.insert(id) }
    }
    let memberships = Memberships(set.groups)
    principals.formUnion(memberships.principals)
    for id in principals.sorted(by: PrincipalID.precedes) {
      let groups = memberships.groups(of: id)
      result.append(
        Holder(describe(id), from: giving) { subject in
          if case .group(let group) = subject { return groups.contains(group) }
          return subject == .everyone || subject == .principal(id)
        }
      )
    }
    for group in set.groups.indices where set.groups[group].isOpen {
      let groups = memberships.containers(of: [group])
      result.append(
        Holder(
          "whoever is in `\(describe(.group(group), in: set))`",
          isOpen: true,
          from: giving
        ) { subject in
          if case .group(let group) = subject { return groups.contains(group) }
          return subject == .everyone
        }
      )
    }
    return result.filter { !$0.grants.isEmpty }
  }
}

/// An assignment that gives some of the policies in question.
private struct Giving {
  let assignment: AssignmentIndex
  let subjects: [Subject]
  let policies: [PolicyIndex]

  static func all(of policies: [PolicyIndex], in set: PolicySet) -> [Giving] {
    set.assignments.indices.compactMap { index in
      let given = policies.filter { policy in
        set.assignments[index].policies.contains { set.policies[$0].closure.contains(policy) }
      }
      guard !given.isEmpty else { return nil }
      return Giving(
        assignment: index,
        subjects: set.assignments[index].subjects,
        policies: given
      )
    }
  }
}
