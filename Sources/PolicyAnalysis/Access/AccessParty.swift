package import PolicyEngine
import PolicyModel

/// Somebody of whom it is asked what they can do.
package enum AccessSubject: Hashable, Sendable {
  /// Any user or service account, with no more than what everyone is given.
  case everyone
  case anonymous
  /// Someone who holds the policy, and what everyone is given.
  case policy(PolicyIndex)
  /// Someone in the group, and in those around it.
  case group(GroupIndex)
  /// A user or service account, with exactly what the set gives.
  case principal(PrincipalID)
}

/// What a subject comes with besides what the set says of it.
package struct AccessExtras: Sendable {
  package var held: [Holding]
  package var groups: Set<GroupIndex>

  package init(held: [Holding] = [], groups: Set<GroupIndex> = []) {
    self.held = held
    self.groups = groups
  }
}

/// A subject with all that gives it policies.
struct AccessParty {
  /// A policy, and where and when it is given.
  struct Given: Hashable {
    let policy: PolicyIndex
    /// Everywhere, if there are none.
    let places: [UnitIndex]
    let condition: Condition?
  }

  let scenario: Scenario
  let held: [Holding]
  /// The groups that a request has to state, declared ones too.
  let stated: Set<GroupIndex>
  let given: [Given]
}

/// Finds the parties of a policy set.
struct AccessDirectory {
  private let set: PolicySet
  private let memberships: Memberships
  private var everyone: [AssignmentIndex] = []
  private var anonymous: [AssignmentIndex] = []
  private var direct: [PrincipalID: [AssignmentIndex]] = [:]
  private var ofGroup: [GroupIndex: [AssignmentIndex]] = [:]

  /// - Complexity: O(assignments and members).
  init(_ set: PolicySet) {
    self.set = set
    memberships = Memberships(set.groups)
    for index in set.assignments.indices {
      for subject in Set(set.assignments[index].subjects) {
        switch subject {
        case .everyone: everyone.append(index)
        case .anonymous: anonymous.append(index)
        case .principal(let id): direct[id, default: []].append(index)
        case .group(let group): ofGroup[group, default: []].append(index)
        }
      }
    }
  }

  /// Every subject that a set names, in order: policies, groups, principals by name.
  static func subjects(of set: PolicySet) -> [AccessSubject] {
    // The first two are names that the set does not have.
    let named = PrincipalFacts.named(in: set).dropFirst(2)
    return [.everyone, .anonymous] + set.policies.indices.map { .policy($0) }
      + set.groups.indices.map { .group($0) } + named.map { .principal($0) }
  }

  func party(_ subject: AccessSubject, _ extras: AccessExtras = AccessExtras()) -> AccessParty {
    let around = memberships.containers(of: extras.groups.sorted())
    var held = extras.held
    var who = Scenario.Who.anyone
    var groups = around
    var own: [AssignmentIndex] = []
    switch subject {
    case .everyone: break
    case .anonymous:
      who = .anonymous
      groups = []
      held = []
      own = anonymous
    case .policy(let policy): held.insert(Holding(policy), at: 0)
    case .group(let group):
      groups.formUnion(memberships.containers(of: [group]))
      who = .member(group, in: groups)
    case .principal(let id):
      groups.formUnion(memberships.groups(of: id))
      who = .principal(id, in: groups)
      own = direct[id] ?? []
    }
    if case .anyone = who, let first = extras.groups.min() { who = .member(first, in: groups) }
    let assignments = Set(everyone + own + groups.flatMap { ofGroup[$0] ?? [] }).sorted()
    var given: [AccessParty.Given] = []
    for holding in held {
      let places = holding.unit.map { [$0] } ?? []
      given.append(AccessParty.Given(policy: holding.policy, places: places, condition: nil))
    }
    for index in assignments {
      let assignment = set.assignments[index]
      for policy in assignment.policies {
        given.append(
          AccessParty.Given(
            policy: policy,
            places: assignment.places,
            condition: assignment.condition
          )
        )
      }
    }
    let scenario = Scenario(
      who: who,
      held: held.map(\.policy),
      assignments: assignments,
      words: ""
    )
    var stated = extras.groups
    if case .group(let group) = subject { stated.insert(group) }
    return AccessParty(scenario: scenario, held: held, stated: stated, given: given)
  }
}
