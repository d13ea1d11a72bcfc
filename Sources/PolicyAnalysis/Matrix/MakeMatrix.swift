import PolicyCompiler
import PolicyEngine
package import PolicyModel

extension Matrix {
  /// Who may do what in a policy set that checks.
  ///
  /// - Complexity: O(policies × actions) steps at worst to find the pages; diagrams are combined
  ///   once for each different cell.
  package init(_ set: PolicySet) {
    var maker = MatrixMaker(MatrixSubject(set))
    self = maker.matrix()
  }

  /// Who may do what in a policy set that checks, with what was otherwise in an older one.
  package init(_ set: PolicySet, against old: PolicySet) {
    var maker = MatrixMaker(MatrixSubject(JoinedSets(old: old, new: set)))
    self = maker.matrix()
  }
}

private struct MatrixMaker {
  private let subject: MatrixSubject
  private let set: PolicySet
  private let services: [Service]
  private var table: CellTable
  private var pagesOfPolicy: [[Int]] = []
  private var grants: [AssignmentIndex] = []
  private var grantNumbers: [AssignmentIndex: Int] = [:]

  init(_ subject: MatrixSubject) {
    self.subject = subject
    set = subject.set
    services = subject.set.catalogue.services.elements.filter { !$0.actions.isEmpty }
      .sorted { $0.actions.lowerBound < $1.actions.lowerBound }
    table = CellTable(subject.set)
  }

  mutating func matrix() -> Matrix {
    var matrix = Matrix(isCompared: subject.isCompared)
    var pages = PolicyPages(set, services.map(\.actions))
    pagesOfPolicy = set.policies.indices.map { pages.pages(of: $0, &table) }
    matrix.policies = policies()
    let parties = MatrixParties(set, &table.diagrams).parties
    matrix.principals = principals(parties)
    let presence = matrix.principals.map(\.presence)
    matrix.units = units(parties, presence, matrix.principals)
    matrix.services = services.map {
      MatrixService(name: $0.heading.name, title: $0.heading.title, actions: $0.actions)
    }
    matrix.actions = set.catalogue.actions.indices.map { index in
      let action = set.catalogue.actions[index]
      return MatrixAction(
        path: action.path,
        title: action.heading.title,
        groups: action.groups,
        isSensitive: action.isSensitive,
        presence: subject.presence(index)
      )
    }
    matrix.cells = table.cells
    matrix.pages = table.pages
    matrix.rules = table.rules.map { subject.rule($0) }
    matrix.grants = grants.map { subject.grant($0) }
    return matrix
  }

  // MARK: Policies

  private mutating func policies() -> [MatrixRow] {
    guard let joined = subject.comparison else {
      return set.policies.indices.map { row($0, pagesOfPolicy[$0.position]) }
    }
    let nothing = nothingPages()
    return PolicyPairs(joined, table.diagrams.cells).pairs.compactMap { pair in
      guard let policy = pair.new ?? pair.old else { return nil }
      let old = pair.old.map { pagesOfPolicy[$0.position] } ?? nothing
      let new = pair.new.map { pagesOfPolicy[$0.position] } ?? nothing
      var row = row(policy, changed(from: old, to: new, known: .anyone))
      if pair.old == nil { row.presence = .new }
      if pair.new == nil { row.presence = .old }
      if pair.isRenamed(in: set) { row.formerName = pair.old.map { set.policies[$0].heading.name } }
      return row
    }
  }

  private func row(_ index: PolicyIndex, _ pages: [Int]) -> MatrixRow {
    let policy = set.policies[index]
    let word = policy.isRole ? "role" : "policy"
    return MatrixRow(
      kind: policy.isBuiltIn ? "built-in \(word)" : word,
      name: policy.heading.name,
      title: policy.heading.title,
      pages: pages
    )
  }

  private mutating func nothingPages() -> [Int] {
    services.map { table.page([Matrix.Run(count: $0.actions.count, cell: 0)]) }
  }

  private mutating func changed(from old: [Int], to new: [Int], known: KnownPrincipal) -> [Int] {
    zip(old, new).map { old, new in
      old == new
        ? new
        : table.merged([old, new]) { table, cells in
          table.changedCell(from: cells[0], to: cells[1], known: known)
        }
    }
  }

  // MARK: Principals

  private mutating func principals(_ parties: [MatrixParties.Party]) -> [MatrixRow] {
    var known: [MatrixParties.Key: [Int]] = [:]
    return parties.map { party in
      let pages = known[party.key] ?? pages(of: party.key)
      known[party.key] = pages
      return MatrixRow(kind: party.kind, name: party.name, title: party.title, pages: pages)
    }
  }

  private mutating func pages(of key: MatrixParties.Key) -> [Int] {
    guard subject.isCompared else { return pages(of: key.assignments, known: key.known) }
    let olds = key.assignments.filter { subject.isOld($0) }
    let news = key.assignments.filter { !subject.isOld($0) }
    let before = pages(of: olds, known: key.known)
    let after = pages(of: news, known: key.known)
    return changed(from: before, to: after, known: key.known)
  }

  /// What some assignments give somebody.
  private mutating func pages(of assignments: [AssignmentIndex], known: KnownPrincipal) -> [Int] {
    struct Giving {
      var force: Diagram
      var grants: [Int]
    }
    var given: [PolicyIndex: Giving] = [:]
    for index in assignments {
      let reach = table.diagrams.reach(of: index, in: set)
      let grant = number(of: index)
      for policy in Set(set.assignments[index].policies).sorted() {
        if let before = given[policy] {
          let force = table.diagrams.store.combine(.or, before.force, reach)
          given[policy] = Giving(force: force, grants: before.grants + [grant])
        } else {
          given[policy] = Giving(force: reach, grants: [grant])
        }
      }
    }
    let policies = given.keys.sorted()
    guard !policies.isEmpty else { return nothingPages() }
    var made: [[Int]: Int] = [:]
    return services.indices.map { service in
      let sources = policies.map { pagesOfPolicy[$0.position][service] }
      if let page = made[sources] { return page }
      let set = set
      let page = table.merged(sources) { table, cells in
        let held = zip(policies, cells).compactMap { policy, cell -> CellTable.Held? in
          guard cell != 0, let giving = given[policy] else { return nil }
          return CellTable.Held(force: giving.force, grants: giving.grants, cell: cell)
        }
        return table.heldCell(held, known: known, in: set)
      }
      made[sources] = page
      return page
    }
  }

  private mutating func number(of assignment: AssignmentIndex) -> Int {
    if let known = grantNumbers[assignment] { return known }
    grantNumbers[assignment] = grants.count
    grants.append(assignment)
    return grants.count - 1
  }

  // MARK: Units

  /// Who is allowed what in each unit, as the new set has it.
  private mutating func units(
    _ parties: [MatrixParties.Party],
    _ presence: [MatrixRow.Presence],
    _ rows: [MatrixRow]
  ) -> [MatrixRow] {
    // Most principals are given nothing in most services: they are left out from the start.
    let nothing = nothingPages()
    let telling = services.indices.map { service in
      rows.indices.filter { rows[$0].pages[service] != nothing[service] }
    }
    var pagesOfClass: [UInt32: [Int]] = [:]
    var result: [MatrixRow] = []
    func pages(_ number: UInt32, _ maker: inout MatrixMaker) -> [Int] {
      if let known = pagesOfClass[number] { return known }
      let made = maker.unitPages(number, parties, rows, telling)
      pagesOfClass[number] = made
      return made
    }
    result.append(MatrixRow(kind: "outside", name: "outside", title: nil, pages: pages(1, &self)))
    var depths: [Int] = []
    for index in set.units.indices {
      let unit = set.units[index]
      let depth = unit.parent.map { depths[$0.position] + 1 } ?? 0
      depths.append(depth)
      var row = MatrixRow(
        kind: "unit",
        name: unit.path,
        title: unit.heading.title,
        pages: pages(table.diagrams.classOfUnit[index.position], &self)
      )
      row.depth = depth
      result.append(row)
    }
    return result
  }

  /// The pages of the units of a class; of each service some rows are told.
  private mutating func unitPages(
    _ number: UInt32,
    _ parties: [MatrixParties.Party],
    _ rows: [MatrixRow],
    _ telling: [[Int]]
  ) -> [Int] {
    let variable = table.diagrams.unitVariable
    let here = table.diagrams.store.classes([number], of: variable)
    // Those of whom the same is known and to whom the same is given are asked about once.
    var knownOf: [KnownPrincipal: KnownPrincipal] = [:]
    for party in parties where knownOf[party.key.known] == nil {
      var known = party.key.known
      known.diagram = table.diagrams.store.combine(.and, known.diagram, here)
      knownOf[party.key.known] = known
    }
    return services.indices.map { service in
      let told = telling[service]
      guard !told.isEmpty else {
        return table.page([Matrix.Run(count: services[service].actions.count, cell: 0)])
      }
      return table.merged(told.map { rows[$0].pages[service] }) { table, cells in
        var holders: [MatrixHolder] = []
        var isDenied = false
        for (row, cell) in zip(told, cells) where cell != 0 {
          guard let known = knownOf[parties[row].key.known] else { continue }
          let outcomes = table.outcomes(of: cell, where: known)
          if outcomes == .allow { holders.append(MatrixHolder(row: row, isAlways: true)) }
          if outcomes != .allow, outcomes.contains(.allow) {
            holders.append(MatrixHolder(row: row, isAlways: false))
          }
          if outcomes.contains(.deny) { isDenied = true }
        }
        let outcomes: Outcomes =
          holders.contains { $0.isAlways }
          ? .allow : holders.isEmpty ? (isDenied ? .deny : .nothing) : [.nothing, .allow]
        return table.unitCell(holders, outcomes)
      }
    }
  }
}
