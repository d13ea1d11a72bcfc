import PolicyCompiler
import PolicyEngine
import PolicyModel

/// A principal that stands for all whom no condition tells apart from it.
struct Representative {
  let id: PrincipalID
  /// Its class among the principals that conditions compare; nil when none does.
  let principalClass: UInt32?
  /// The groups that conditions read of which it is a listed member.
  let groups: Set<GroupIndex>
}

/// What conditions can tell of principals, and which of it goes together.
struct PrincipalFacts {
  private(set) var kind: (index: VariableIndex, classes: [PrincipalKind: UInt32])?
  private(set) var principal: (index: VariableIndex, variable: Variable)?
  /// The variable of each group that conditions read.
  private(set) var groups: [GroupIndex: VariableIndex] = [:]
  private(set) var representatives: [Representative] = []

  /// What can be told of principals by the conditions of a set, and by other checks.
  ///
  /// - Complexity: O(principals that the set names × the groups that each is in).
  init(_ variables: [Variable], in set: PolicySet, and others: [Check] = []) {
    for (position, variable) in variables.enumerated() {
      let index = VariableIndex(position)
      switch variable.subject {
      case .kind:
        var classes: [PrincipalKind: UInt32] = [:]
        for (number, witness) in variable.witnesses.enumerated() {
          if case .kind(let kind) = witness { classes[kind] = UInt32(number) }
        }
        kind = (index, classes)
      case .value(.principal): principal = (index, variable)
      case .group(let group): groups[group] = index
      default: break
      }
    }
    var seen: Set<[Int]> = []
    let declared = Memberships(set.groups)
    for id in PrincipalFacts.named(in: set, and: others) {
      let number = principal.flatMap { $0.variable.principalClass(id) }
      let memberships = declared.groups(of: id).filter { groups[$0] != nil }
      let signature =
        [Int(id.kind.rawValue), Int(number ?? 0)] + memberships.map(\.position).sorted()
      guard seen.insert(signature).inserted else { continue }
      representatives.append(
        Representative(id: id, principalClass: number, groups: memberships)
      )
    }
  }

  /// A user and a service account that nothing names, then all that the set, or other checks, name.
  static func named(in set: PolicySet, and others: [Check] = []) -> [PrincipalID] {
    var all: Set<PrincipalID> = []
    for assignment in set.assignments.elements {
      for case .principal(let id) in assignment.subjects { all.insert(id) }
    }
    for group in set.groups.elements { all.formUnion(group.members) }
    let conditions =
      set.rules.elements.compactMap(\.guardCondition)
      + set.assignments.elements.compactMap(\.condition) + set.assertions.compactMap(\.condition)
    for check in conditions.flatMap({ $0.checks.map(\.check) }) + others {
      switch check {
      case .equals(_, .principal(let id)), .contains(_, .principal(let id)): all.insert(id)
      default: break
      }
    }
    let fresh = [PrincipalKind.user, .serviceAccount].map { kind in
      var id = PrincipalID(kind: kind, id: "somebody")
      while all.contains(id) { id = PrincipalID(kind: kind, id: id.id + "-else") }
      return id
    }
    return fresh + all.sorted(by: PrincipalID.precedes)
  }
}

extension DiagramStore {
  /// Yes for some classes of a variable, no for its others.
  mutating func classes(_ chosen: Set<UInt32>, of variable: VariableIndex) -> Diagram {
    var runs: [(firstClass: UInt32, value: UInt8)] = []
    for number in 0..<classCounts[variable.position] {
      let value: UInt8 = chosen.contains(number) ? 2 : 0
      if runs.last?.value != value { runs.append((number, value)) }
    }
    return literal(variable, runs)
  }

  /// Yes where the one is no, or the other yes.
  mutating func implication(_ premise: Diagram, _ conclusion: Diagram) -> Diagram {
    let not = map(.not, premise)
    return combine(.or, not, conclusion)
  }
}

extension PrincipalFacts {
  /// Yes for the classes that whom a scenario speaks of can have.
  func diagram(
    of who: Scenario.Who,
    in set: PolicySet,
    _ store: inout DiagramStore
  ) -> Diagram {
    switch who {
    case .anonymous:
      var parts = groups.values.sorted().map { store.classes([1], of: $0) }
      if let principal { parts.append(store.classes([0], of: principal.index)) }
      parts.append(kind(.anonymous, &store))
      return store.reduce(.and, parts)
    case .principal(let id, let members):
      let number = principal.flatMap { $0.variable.principalClass(id) }
      let parts = groups.keys.sorted().map { member($0, members.contains($0), &store) }
      return store.reduce(.and, parts + [identity(id.kind, number, &store)])
    case .anyone:
      return anyone([], in: set, &store)
    case .member(_, let around):
      let parts = around.sorted().map { member($0, true, &store) }
      return store.reduce(.and, parts + [anyone(around, in: set, &store)])
    }
  }

  /// Yes at least for the classes of whom a scenario speaks of, also where a request leaves open who
  /// makes it and in which groups.
  func leastKnown(
    of who: Scenario.Who,
    in set: PolicySet,
    _ store: inout DiagramStore
  ) -> Diagram {
    switch who {
    case .anonymous: return diagram(of: who, in: set, &store)
    case .anyone, .member:
      guard let kind, let anonymous = kind.classes[.anonymous] else { return .yes }
      return store.map(.not, store.classes([anonymous], of: kind.index))
    case .principal(let id, let members):
      let number = principal.flatMap { $0.variable.principalClass(id) }
      var parts = [identity(id.kind, number, &store)]
      for group in groups.keys.sorted() where !set.groups[group].isOpen {
        if members.contains(group) {
          parts.append(member(group, true, &store))
        } else if set.groups.openGroups(in: group).isEmpty {
          parts.append(member(group, false, &store))
        }
      }
      return store.reduce(.and, parts)
    }
  }

  /// Any user or service account; nothing is said about some groups.
  private func anyone(
    _ open: Set<GroupIndex>,
    in set: PolicySet,
    _ store: inout DiagramStore
  ) -> Diagram {
    var known = Diagram.yes
    for group in groups.keys.sorted() {
      guard let variable = groups[group] else { continue }
      let part = store.classes([1, 2], of: variable)
      known = store.combine(.and, known, part)
    }
    let alternatives = representatives.map { representative in
      var parts = [identity(representative.id.kind, representative.principalClass, &store)]
      for group in groups.keys.sorted() where !set.groups[group].isOpen && !open.contains(group) {
        parts.append(
          representative.groups.contains(group)
            ? member(group, true, &store) : nested(group, representative, in: set, &store)
        )
      }
      return store.reduce(.and, parts)
    }
    return store.combine(.and, known, store.reduce(.or, alternatives))
  }

  /// Membership of a declared group that does not list the principal: that of the open groups in it.
  private func nested(
    _ group: GroupIndex,
    _ representative: Representative,
    in set: PolicySet,
    _ store: inout DiagramStore
  ) -> Diagram {
    let inside = set.groups.openGroups(in: group)
    let read = inside.filter { groups[$0] != nil }
    let any = store.reduce(.or, [Diagram.no] + read.map { member($0, true, &store) })
    let isMember = member(group, true, &store)
    let upward = store.implication(any, isMember)
    guard read.count == inside.count else { return upward }
    return store.combine(.and, upward, store.implication(isMember, any))
  }

  private func identity(
    _ kind: PrincipalKind,
    _ number: UInt32?,
    _ store: inout DiagramStore
  ) -> Diagram {
    let isKind = self.kind(kind, &store)
    guard let principal, let number else { return isKind }
    return store.combine(.and, isKind, store.classes([number], of: principal.index))
  }

  private func kind(_ kind: PrincipalKind, _ store: inout DiagramStore) -> Diagram {
    guard let variable = self.kind, let number = variable.classes[kind] else { return .yes }
    return store.classes([number], of: variable.index)
  }

  /// Membership, or the lack of it, where conditions read it.
  func member(_ group: GroupIndex, _ isMember: Bool, _ store: inout DiagramStore) -> Diagram {
    guard let variable = groups[group] else { return .yes }
    return store.classes([isMember ? 2 : 1], of: variable)
  }
}
