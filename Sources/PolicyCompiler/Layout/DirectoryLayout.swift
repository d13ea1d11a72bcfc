import PolicyEngine
import PolicyModel

extension ArtifactContents {
  /// Adds groups, principals, assignments and the lists that tie them together.
  ///
  /// A principal leads to the assignments that name it and to the groups it is in; a group to those
  /// that name it. Nothing is multiplied out, so that this is as large as what was written, but for
  /// groups in groups, which are closed over.
  mutating func addDirectory(_ set: PolicySet, _ steps: StepLayout, conditions: [UInt32]) {
    addAssignments(set, conditions)
    let subjects = SubjectLists(set)
    for index in set.groups.indices {
      let name = text.add(set.groups[index].heading.name)
      groups.append(
        GroupRecord(
          name: name,
          flags: subjects.flags[index.position],
          slot: steps.slotOfGroup[index].map { $0 + 1 } ?? 0,
          containers: list(subjects.containers[index.position], in: \.groupLists),
          assignments: list(subjects.ofGroup[index.position], in: \.assignmentLists)
        )
      )
      add(name, index.position, to: NameSpace.group)
    }
    for (index, id) in subjects.principals.enumerated() {
      principals.append(
        PrincipalRecord(
          groups: list(subjects.groupsOf[index], in: \.groupLists),
          assignments: list(subjects.ofPrincipal[index], in: \.assignmentLists)
        )
      )
      add(
        text.add(id.id),
        index,
        to: id.kind == .user ? NameSpace.user : NameSpace.serviceAccount
      )
    }
    func store(_ run: Run, _ start: SummaryField, _ count: SummaryField) {
      (self[start], self[count]) = (Int(run.start), Int(run.count))
    }
    store(list(subjects.ofEveryone, in: \.assignmentLists), .everyoneStart, .everyoneCount)
    store(list(subjects.ofAnonymous, in: \.assignmentLists), .anonymousStart, .anonymousCount)
    store(list(subjects.ofUsers, in: \.assignmentLists), .namedUserStart, .namedUserCount)
    store(
      list(subjects.ofServiceAccounts, in: \.assignmentLists),
      .namedServiceAccountStart,
      .namedServiceAccountCount
    )
    func holders(_ flag: UInt32) -> Run {
      list(subjects.flags.indices.filter { subjects.flags[$0] & flag != 0 }, in: \.groupLists)
    }
    store(holders(GroupFlag.holdsOpen), .openGroupStart, .openGroupCount)
    store(holders(GroupFlag.holdsUsers), .userGroupStart, .userGroupCount)
    store(
      holders(GroupFlag.holdsServiceAccounts),
      .serviceAccountGroupStart,
      .serviceAccountGroupCount
    )
  }

  /// Adds what `nobody holds` asserts, so that grants at run time can be held to it.
  mutating func addSeparations(_ set: PolicySet) {
    for assertion in set.assertions {
      guard case .nobodyHolds(let policies) = assertion.claim else { continue }
      separations.append(list(Set(policies.map(\.position)).sorted(), in: \.policyLists))
    }
  }

  private mutating func addAssignments(_ set: PolicySet, _ conditions: [UInt32]) {
    for index in set.assignments.indices {
      let assignment = set.assignments[index]
      let start = grants.count
      for policy in assignment.policies {
        let places = assignment.places.map { set.units[$0].subtree }
        let ranges = places.map { (UInt32($0.lowerBound), UInt32($0.upperBound)) }
        for (low, high) in places.isEmpty ? [(UInt32(0), ArtifactFormat.none)] : ranges {
          grants.append(
            GrantRecord(
              policy: UInt32(policy.position),
              low: low,
              high: high,
              assignment: UInt32(index.position)
            )
          )
        }
      }
      let place = place(assignment.span, in: set)
      assignments.append(
        AssignmentRecord(
          grants: Run(start: UInt32(start), count: UInt32(grants.count - start)),
          condition: conditions[index.position],
          file: place.file,
          line: place.line,
          column: place.column,
          annotations: addAnnotations(assignment.annotations)
        )
      )
    }
  }
}

/// Which assignments name whom, and who is in which group.
private struct SubjectLists {
  /// By kind, then by the bytes of their ids.
  let principals: [PrincipalID]
  var ofPrincipal: [[Int]]
  var groupsOf: [[Int]]
  var ofGroup: [[Int]]
  /// Each group and all that hold it, ascending.
  let containers: [[Int]]
  private(set) var flags: [UInt32]
  private(set) var ofEveryone: [Int] = []
  private(set) var ofAnonymous: [Int] = []
  private(set) var ofUsers: [Int] = []
  private(set) var ofServiceAccounts: [Int] = []

  init(_ set: PolicySet) {
    var all: Set<PrincipalID> = []
    for group in set.groups.elements { all.formUnion(group.members) }
    for subject in set.assignments.elements.lazy.flatMap(\.subjects) {
      if case .principal(let id) = subject { all.insert(id) }
    }
    principals = all.sorted { left, right in
      left.kind == right.kind
        ? left.id.utf8.lexicographicallyPrecedes(right.id.utf8)
        : left.kind.rawValue < right.kind.rawValue
    }
    var indexOf: [PrincipalID: Int] = [:]
    for (index, id) in principals.enumerated() { indexOf[id] = index }
    containers = SubjectLists.containers(set)
    flags = set.groups.elements.map { $0.isOpen ? GroupFlag.isOpen | GroupFlag.holdsOpen : 0 }
    groupsOf = [[Int]](repeating: [], count: principals.count)
    for index in set.groups.indices {
      let group = set.groups[index]
      var holds: UInt32 = group.isOpen ? GroupFlag.holdsOpen : 0
      for member in group.members {
        holds |= member.kind == .user ? GroupFlag.holdsUsers : GroupFlag.holdsServiceAccounts
        if let position = indexOf[member] {
          groupsOf[position] += containers[index.position]
        }
      }
      for container in containers[index.position] { flags[container] |= holds }
    }
    groupsOf = groupsOf.map { $0.count < 2 ? $0 : Set($0).sorted() }
    ofPrincipal = [[Int]](repeating: [], count: principals.count)
    ofGroup = [[Int]](repeating: [], count: set.groups.count)
    for index in set.assignments.indices.map(\.position) {
      func add(_ list: inout [Int]) { if list.last != index { list.append(index) } }
      for subject in set.assignments.elements[index].subjects {
        switch subject {
        case .everyone: add(&ofEveryone)
        case .anonymous: add(&ofAnonymous)
        case .group(let group): add(&ofGroup[group.position])
        case .principal(let id):
          if let position = indexOf[id] { add(&ofPrincipal[position]) }
          if id.kind == .user { add(&ofUsers) } else { add(&ofServiceAccounts) }
        }
      }
    }
  }

  private static func containers(_ set: PolicySet) -> [[Int]] {
    var holders = [[Int]](repeating: [], count: set.groups.count)
    for index in set.groups.indices {
      for inner in set.groups[index].groups { holders[inner.position].append(index.position) }
    }
    return holders.indices.map { group in
      var seen: Set<Int> = [group]
      var stack = [group]
      while let next = stack.popLast() {
        for holder in holders[next] where seen.insert(holder).inserted { stack.append(holder) }
      }
      return seen.sorted()
    }
  }
}
