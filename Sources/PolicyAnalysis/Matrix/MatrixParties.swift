import PolicyCompiler
import PolicyEngine
import PolicyModel

/// Whom a matrix has a row for, and what the set gives them.
struct MatrixParties {
  /// What is given by the same assignments to those of whom the same is known.
  struct Key: Hashable {
    let assignments: [AssignmentIndex]
    let known: KnownPrincipal
  }

  struct Party {
    let kind: String
    let name: String
    let title: String?
    let key: Key
  }

  private(set) var parties: [Party] = []

  /// Everyone, the anonymous, groups, then whom assignments and groups name, in order.
  ///
  /// - Complexity: O(principals × the groups and assignments that each has).
  init(_ set: PolicySet, _ diagrams: inout PolicyDiagrams) {
    let memberships = Memberships(set.groups)
    let facts = PrincipalFacts(diagrams.variables, in: set)
    var everyone: [AssignmentIndex] = []
    var anonymous: [AssignmentIndex] = []
    var direct: [PrincipalID: [AssignmentIndex]] = [:]
    var ofGroup: [GroupIndex: [AssignmentIndex]] = [:]
    for index in set.assignments.indices {
      for subject in set.assignments[index].subjects {
        switch subject {
        case .everyone: everyone.append(index)
        case .anonymous: anonymous.append(index)
        case .principal(let id): direct[id, default: []].append(index)
        case .group(let group): ofGroup[group, default: []].append(index)
        }
      }
    }
    var knownOf: [Set<GroupIndex>: [PrincipalID: Diagram]] = [:]
    func add(
      _ who: Scenario.Who,
      _ kind: String,
      _ name: String,
      _ title: String? = nil,
      _ assignments: [AssignmentIndex]
    ) {
      var known: Diagram?
      if case .principal(let id, let groups) = who { known = knownOf[groups]?[id] }
      let found = known ?? facts.diagram(of: who, in: set, &diagrams.store)
      if case .principal(let id, let groups) = who { knownOf[groups, default: [:]][id] = found }
      let key = Key(
        assignments: Set(assignments + everyone).sorted(),
        known: KnownPrincipal(diagram: found, isAnonymous: who == .anonymous)
      )
      parties.append(Party(kind: kind, name: name, title: title, key: key))
    }
    add(.anyone, "everyone", "everyone", "whom nothing names", [])
    add(.anonymous, "anonymous", "anonymous", nil, anonymous)
    // Of two groups of one name, which are those of two sets, everybody is in both.
    var named: [String: [GroupIndex]] = [:]
    for index in set.groups.indices {
      named[set.groups[index].heading.name, default: []] += [index]
    }
    for index in set.groups.indices {
      let heading = set.groups[index].heading
      guard let same = named.removeValue(forKey: heading.name) else { continue }
      let around = memberships.containers(of: same)
      let given = around.flatMap { ofGroup[$0] ?? [] }
      add(.member(index, in: around), "group", heading.name, heading.title, given)
    }
    let ids = Set(direct.keys).union(memberships.principals).sorted(by: PrincipalID.precedes)
    for id in ids {
      let groups = memberships.groups(of: id)
      let given = (direct[id] ?? []) + groups.flatMap { ofGroup[$0] ?? [] }
      add(.principal(id, in: groups), id.kind.word, id.id, nil, given)
    }
  }
}
