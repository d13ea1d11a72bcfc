import PolicyCompiler
import PolicyEngine
import PolicyModel

/// What goes together among the variables that ask about the principal, whoever it is.
///
/// An anonymous principal has no id and is in no group; a principal has the kind that its id was
/// declared with; whoever is in a group is in those around it. It is true of every request, those
/// of tests that state a declared group included.
struct PrincipalTies {
  private let variables: [Variable]
  private let memberships: Memberships

  init(variables: [Variable], groups: Table<GroupIndex, Group>) {
    self.variables = variables
    memberships = Memberships(groups)
  }

  /// Whether a variable asks about the principal itself.
  static func bind(_ subject: VariableSubject) -> Bool {
    switch subject {
    case .kind, .group, .value(.principal): true
    case .relation(_, let left, let right): left == .principal || right == .principal
    default: false
    }
  }

  /// Yes for all classes that requests can have, as far as some variables go.
  ///
  /// - Complexity: O(groups² + principals × groups) combinations among those that are read.
  func diagram(of support: [VariableIndex], _ store: inout DiagramStore) -> Diagram {
    let read = support.filter {
      $0.position < variables.count && Self.bind(variables[$0.position].subject)
    }
    guard read.count > 1 else { return .yes }
    let kind = read.first { variables[$0.position].subject == .kind }
    var result = Diagram.yes
    func add(_ premise: Diagram, _ conclusion: Diagram) {
      result = store.combine(.and, result, store.implication(premise, conclusion))
    }
    if let kind {
      let isAnonymous = store.classes(kindClasses(kind) { $0 == .anonymous }, of: kind)
      for index in read where index != kind {
        // Membership is known: no. All else is missing.
        let isGroup = if case .group = variables[index.position].subject { true } else { false }
        add(isAnonymous, store.classes([isGroup ? 1 : 0], of: index))
      }
    }
    if let principal = read.first(where: { variables[$0.position].subject == .value(.principal) }) {
      for fact in facts(of: principal, read, kind: kind, &store) { add(fact.premise, fact.then) }
    }
    return store.combine(.and, result, nesting(read, &store))
  }

  /// What follows from being one of the principals of a class that conditions compare with.
  private func facts(
    of principal: VariableIndex,
    _ read: [VariableIndex],
    kind: VariableIndex?,
    _ store: inout DiagramStore
  ) -> [(premise: Diagram, then: Diagram)] {
    guard let known = variables[principal.position].principals else { return [] }
    var facts: [(premise: Diagram, then: Diagram)] = []
    let members = Dictionary(grouping: known.named, by: \.number)
    for (number, named) in members.sorted(by: { $0.key < $1.key }) where number != known.other {
      let isOne = store.classes([number], of: principal)
      if let kind {
        let kinds = Set(named.map(\.id.kind))
        facts.append((isOne, store.classes(kindClasses(kind, kinds.contains), of: kind)))
      }
      let shared =
        named.map { memberships.groups(of: $0.id) }
        .reduce(nil as Set<GroupIndex>?) { $0?.intersection($1) ?? $1 } ?? []
      for index in read {
        guard case .group(let group) = variables[index.position].subject, shared.contains(group)
        else { continue }
        facts.append((isOne, store.classes([2], of: index)))
      }
    }
    return facts
  }

  /// Membership of a group is at least as true as that of the groups in it.
  private func nesting(_ read: [VariableIndex], _ store: inout DiagramStore) -> Diagram {
    let groups = read.compactMap { index -> (index: VariableIndex, group: GroupIndex)? in
      if case .group(let group) = variables[index.position].subject { (index, group) } else { nil }
    }
    guard groups.count > 1 else { return .yes }
    var result = Diagram.yes
    for inner in groups {
      let around = memberships.containers(of: [inner.group])
      for outer in groups where outer.group != inner.group && around.contains(outer.group) {
        let part = store.combine(
          .noMore,
          store.literal(inner.index, Self.truths),
          store.literal(outer.index, Self.truths)
        )
        result = store.combine(.and, result, part)
      }
    }
    return result
  }

  /// The truth of a membership, by class.
  private static let truths: [(firstClass: UInt32, value: UInt8)] = [(0, 1), (1, 0), (2, 2)]

  private func kindClasses(
    _ variable: VariableIndex,
    _ includes: (PrincipalKind) -> Bool
  ) -> Set<UInt32> {
    var classes: Set<UInt32> = []
    for (number, witness) in variables[variable.position].witnesses.enumerated() {
      if case .kind(let kind) = witness, includes(kind) { classes.insert(UInt32(number)) }
    }
    return classes
  }
}

extension Operation {
  /// Yes where the left value is no more than the right one.
  static let noMore = Operation { $0 <= $1 ? 2 : 0 }
}
