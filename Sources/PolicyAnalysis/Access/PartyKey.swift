import PolicyEngine
import PolicyModel

/// What conditions read of the principal.
struct ReadOfPrincipal {
  private(set) var groups: Set<GroupIndex> = []
  private(set) var readsID = false
  private(set) var readsKind = false

  /// - Complexity: O(size of the conditions).
  init(_ set: PolicySet) {
    let conditions =
      set.rules.elements.compactMap(\.guardCondition)
      + set.assignments.elements.compactMap(\.condition)
    for condition in conditions {
      condition.forEachCheck { check, _ in
        switch check {
        case .inGroup(let group): groups.insert(group)
        case .isKind: readsKind = true
        default: if check.terms.contains(.principal) { readsID = true }
        }
      }
    }
  }
}

/// Principals of whom nothing is told apart, by assignments or conditions, have one key.
struct PartyKey: Hashable {
  private let assignments: [AssignmentIndex]
  private let held: [Holding]
  private let who: Scenario.Who

  /// Of what is held, only the policies that have a say count.
  init(_ party: AccessParty, _ reads: ReadOfPrincipal, giving: Set<PolicyIndex>) {
    assignments = party.scenario.assignments
    held = party.held.filter { giving.contains($0.policy) }
    switch party.scenario.who {
    case .anyone, .anonymous: who = party.scenario.who
    case .member(let group, let groups):
      // What is known of somebody is in which groups that conditions read they are.
      let read = groups.intersection(reads.groups)
      who = .member(read.contains(group) ? group : read.min() ?? GroupIndex(0), in: read)
    case .principal(let id, let groups):
      let kind = reads.readsID || reads.readsKind ? id.kind : .user
      let id = PrincipalID(kind: kind, id: reads.readsID ? id.id : "")
      who = .principal(id, in: groups.intersection(reads.groups))
    }
  }
}
