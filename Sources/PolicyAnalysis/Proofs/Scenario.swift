import PolicyEngine
import PolicyModel

/// Whom a proof is about: what gives the principal its policies, and what is known of it.
struct Scenario {
  /// What is known of the principal besides.
  enum Who: Hashable {
    /// Any user or service account, in any groups.
    case anyone
    case anonymous
    /// Exactly this one, in these groups and no others.
    case principal(PrincipalID, in: Set<GroupIndex>)
    /// Any member of a group, which is in all of these.
    case member(GroupIndex, in: Set<GroupIndex>)
  }

  let who: Who
  /// Policies that the principal holds everywhere.
  let held: [PolicyIndex]
  /// The assignments that count, each of which speaks of the principal.
  let assignments: [AssignmentIndex]
  /// Whoever is given one of these, or one that includes them, is not spoken of.
  var excluded: Set<PolicyIndex> = []
  /// In words, for messages: "someone who holds `Observer`".
  let words: String

  /// Someone who holds policies, and what everyone holds.
  static func holding(_ policies: [PolicyIndex], in set: PolicySet) -> Scenario {
    let names = policies.map { "`\(set.policies[$0].heading.name)`" }
    return Scenario(
      who: .anyone,
      held: policies,
      assignments: assignments(in: set) { _ in false },
      words: policies.isEmpty
        ? "everyone" : "someone who holds \(names.joined(separator: ", "))"
    )
  }

  /// Someone whom nothing is known of: with what everyone holds, or what the anonymous hold too.
  static func anonymous(in set: PolicySet, withTheirOwn: Bool) -> Scenario {
    Scenario(
      who: .anonymous,
      held: [],
      assignments: assignments(in: set) { withTheirOwn && $0 == .anonymous },
      words: withTheirOwn ? "an anonymous principal" : "everyone"
    )
  }

  /// What the set gives a subject.
  static func of(_ subject: Subject, in set: PolicySet) -> [Scenario] {
    switch subject {
    case .everyone:
      return [.holding([], in: set), .anonymous(in: set, withTheirOwn: false)]
    case .anonymous:
      return [.anonymous(in: set, withTheirOwn: true)]
    case .group(let group):
      let around = Memberships(set.groups).containers(of: [group])
      return [
        Scenario(
          who: .member(group, in: around),
          held: [],
          assignments: assignments(in: set) { subject in
            if case .group(let group) = subject { around.contains(group) } else { false }
          },
          words: "someone in group \(set.groups[group].heading.name)"
        )
      ]
    case .principal(let id):
      let groups = Memberships(set.groups).groups(of: id)
      return [
        Scenario(
          who: .principal(id, in: groups),
          held: [],
          assignments: assignments(in: set) { subject in
            if case .group(let group) = subject { return groups.contains(group) }
            return subject == .principal(id)
          },
          words: describe(id)
        )
      ]
    }
  }

  /// The assignments to everyone, and those to other subjects that count.
  private static func assignments(
    in set: PolicySet,
    _ counts: (Subject) -> Bool
  ) -> [AssignmentIndex] {
    set.assignments.indices.filter { index in
      set.assignments[index].subjects.contains { $0 == .everyone || counts($0) }
    }
  }

  /// The set with no assignments but those that count.
  ///
  /// They are given to everyone, since that they speak of the principal is what the scenario says.
  func restricted(_ set: PolicySet) -> PolicySet {
    var restricted = set
    restricted.assignments = Table(
      assignments.map { index in
        let assignment = set.assignments[index]
        return Assignment(
          policies: assignment.policies,
          subjects: [.everyone],
          places: assignment.places,
          condition: assignment.condition,
          annotations: assignment.annotations,
          span: assignment.span
        )
      }
    )
    return restricted
  }
}
