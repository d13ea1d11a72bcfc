import PolicyEngine
import PolicyModel

/// Whom a proof is about: what the principal holds, what is known of it, and the set as far as it
/// concerns that principal.
struct Scenario {
  /// The policies in force and the assignments that give them; held ones have none.
  let held: [PolicyIndex]
  let assignments: [AssignmentIndex]
  let kinds: [PrincipalKind]
  let identity: PrincipalIdentity?
  /// Groups that the principal is in for sure.
  let groups: Set<GroupIndex>
  /// Whether it is in no other group than those.
  let isInNoOtherGroup: Bool
  /// In words, for messages: "someone who holds `Observer`".
  let words: String

  /// Someone who holds a policy, and what everyone holds.
  static func holding(
    _ policies: [PolicyIndex],
    besides excluded: Set<PolicyIndex> = [],
    in set: PolicySet
  ) -> Scenario {
    let names = policies.map { "`\(set.policies[$0].heading.name)`" }
    return Scenario(
      held: policies,
      assignments: everyones(set, besides: excluded),
      kinds: [.user, .serviceAccount],
      identity: nil,
      groups: [],
      isInNoOtherGroup: false,
      words: policies.isEmpty
        ? "everyone" : "someone who holds \(names.joined(separator: ", "))"
    )
  }

  /// What the set gives a subject.
  static func of(_ subject: Subject, in set: PolicySet) -> Scenario {
    switch subject {
    case .everyone:
      return Scenario(
        held: [],
        assignments: everyones(set),
        kinds: PrincipalKind.allCases,
        identity: nil,
        groups: [],
        isInNoOtherGroup: false,
        words: "everyone"
      )
    case .anonymous:
      return Scenario(
        held: [],
        assignments: set.assignments.indices.filter { index in
          set.assignments[index].subjects.contains { $0 == .everyone || $0 == .anonymous }
        },
        kinds: [.anonymous],
        identity: .unknown,
        groups: [],
        isInNoOtherGroup: true,
        words: "an anonymous principal"
      )
    case .group(let group):
      let around = groups(around: group, in: set)
      return Scenario(
        held: [],
        assignments: assignments(in: set) {
          around.contains($0)
        } of: { _ in
          false
        },
        kinds: [.user, .serviceAccount],
        identity: nil,
        groups: around,
        isInNoOtherGroup: false,
        words: "someone in group \(set.groups[group].heading.name)"
      )
    case .principal(let id):
      let request = RequestData(
        kind: id.kind,
        identity: .named(id.id),
        groups: [],
        action: ActionIndex(0)
      )
      let groups = Set(
        set.groups.indices.filter { membership(of: request, in: $0, in: set) == .yes }
      )
      return Scenario(
        held: [],
        assignments: assignments(in: set) {
          groups.contains($0)
        } of: {
          $0 == id
        },
        kinds: [id.kind],
        identity: .named(id.id),
        groups: groups,
        isInNoOtherGroup: true,
        words: describe(id)
      )
    }
  }

  private static func everyones(
    _ set: PolicySet,
    besides excluded: Set<PolicyIndex> = []
  ) -> [AssignmentIndex] {
    set.assignments.indices.filter { index in
      set.assignments[index].subjects.contains(.everyone)
        && !set.assignments[index].policies.allSatisfy { excluded.contains($0) }
    }
  }

  private static func assignments(
    in set: PolicySet,
    _ isGroup: (GroupIndex) -> Bool,
    of isPrincipal: (PrincipalID) -> Bool
  ) -> [AssignmentIndex] {
    set.assignments.indices.filter { index in
      set.assignments[index].subjects.contains { subject in
        switch subject {
        case .everyone: true
        case .anonymous: false
        case .group(let group): isGroup(group)
        case .principal(let id): isPrincipal(id)
        }
      }
    }
  }

  /// A group and all that contain it.
  static func groups(around group: GroupIndex, in set: PolicySet) -> Set<GroupIndex> {
    var found: Set<GroupIndex> = [group]
    var grows = true
    while grows {
      let more = set.groups.indices.filter { index in
        !found.contains(index) && set.groups[index].groups.contains { found.contains($0) }
      }
      found.formUnion(more)
      grows = !more.isEmpty
    }
    return found
  }

  /// The set in which a request of this principal is replayed: with its assignments alone, given to
  /// everyone, since that the principal is one of their subjects is what the scenario says.
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
