import PolicyCompiler
import PolicyEngine
import PolicyModel

/// The cells and pages of a matrix while it is made, each there once.
struct CellTable {
  /// A policy that a principal is given: when, and by what.
  struct Held: Hashable {
    let force: Diagram
    /// Positions in the grants of the matrix.
    let grants: [Int]
    /// A cell of the policy.
    let cell: Int
  }

  private enum Key: Hashable {
    case rules([RuleIndex])
    case held([Held], known: KnownPrincipal)
    case change(old: Int, new: Int, known: KnownPrincipal)
    case holders([MatrixHolder], count: Int, outcomes: Outcomes)
  }

  var diagrams: PolicyDiagrams
  private(set) var cells: [MatrixCell] = []
  private(set) var pages: [[Matrix.Run]] = []
  /// The rules of the matrix, in the order in which cells name them first.
  private(set) var rules: [RuleIndex] = []
  /// What each cell decides.
  private var decisions: [Diagram] = []
  private var finder: OutcomeFinder
  private var cellOf: [Key: Int] = [:]
  private var pageOf: [[Matrix.Run]: Int] = [:]
  private var ruleNumbers: [RuleIndex: Int] = [:]

  init(_ set: PolicySet) {
    diagrams = PolicyDiagrams(set)
    finder = OutcomeFinder(diagrams.variables, in: set)
    _ = rulesCell([], in: set)
  }

  // MARK: Cells

  /// The cell that some rules make.
  mutating func rulesCell(_ rules: [RuleIndex], in set: PolicySet) -> Int {
    if let known = cellOf[.rules(rules)] { return known }
    let parts = rules.map { diagrams.contributions[$0.position] }
    let decision = parts.isEmpty ? .nothing : diagrams.store.reduce(.or, parts)
    let outcomes = finder.outcomes(of: decision, where: .anyone, &diagrams.store)
    let entries = zip(rules, parts).filter { rule, part in
      part != .nothing && outcomes.isDecided(by: set.rules[rule].effect)
    }.map { rule, _ in MatrixEntry(rule: number(of: rule), grants: []) }
    let cell = MatrixCell(outcomes: outcomes, entries: entries)
    return add(cell, decision, .rules(rules))
  }

  /// The cell that some policies make for a principal of whom something is known.
  mutating func heldCell(_ held: [Held], known: KnownPrincipal, in set: PolicySet) -> Int {
    if held.isEmpty { return 0 }
    let key = Key.held(held, known: known)
    if let found = cellOf[key] { return found }
    let parts = held.map { part in
      diagrams.store.combine(.activate, part.force, decisions[part.cell])
    }
    let decision = diagrams.store.reduce(.or, parts)
    let outcomes = finder.outcomes(of: decision, where: known, &diagrams.store)
    var order: [Int] = []
    var grants: [Int: Set<Int>] = [:]
    for (part, effect) in zip(held, parts)
    where finder.outcomes(of: effect, where: known, &diagrams.store) != .nothing {
      for entry in cells[part.cell].entries {
        guard outcomes.isDecided(by: set.rules[rules[entry.rule]].effect) else { continue }
        if grants[entry.rule] == nil { order.append(entry.rule) }
        grants[entry.rule, default: []].formUnion(part.grants)
      }
    }
    let entries = order.map { MatrixEntry(rule: $0, grants: (grants[$0] ?? []).sorted()) }
    return add(MatrixCell(outcomes: outcomes, entries: entries), decision, key)
  }

  /// The cell that takes the place of another.
  mutating func changedCell(from old: Int, to new: Int, known: KnownPrincipal) -> Int {
    guard old != new else { return new }
    let key = Key.change(old: old, new: new, known: known)
    if let found = cellOf[key] { return found }
    let change = finder.change(
      from: decisions[old],
      to: decisions[new],
      where: known,
      &diagrams.store
    )
    guard let change else {
      cellOf[key] = new
      return new
    }
    var cell = cells[new]
    cell.before = old
    cell.change = change
    return add(cell, decisions[new], key)
  }

  /// The cell of a unit in which some principals are allowed something, most of them listed.
  mutating func unitCell(_ holders: [MatrixHolder], _ outcomes: Outcomes) -> Int {
    if holders.isEmpty, outcomes == .nothing { return 0 }
    let shown = Array(holders.prefix(Self.mostHolders))
    let key = Key.holders(shown, count: holders.count, outcomes: outcomes)
    if let found = cellOf[key] { return found }
    var cell = MatrixCell(outcomes: outcomes)
    cell.holders = shown
    cell.moreHolders = holders.count - shown.count
    return add(cell, .nothing, key)
  }

  /// What a cell can come to where something is known.
  mutating func outcomes(of cell: Int, where known: KnownPrincipal) -> Outcomes {
    finder.outcomes(of: decisions[cell], where: known, &diagrams.store)
  }

  /// Holders of a cell beyond these are counted.
  private static let mostHolders = 12

  private mutating func number(of rule: RuleIndex) -> Int {
    if let known = ruleNumbers[rule] { return known }
    ruleNumbers[rule] = rules.count
    rules.append(rule)
    return rules.count - 1
  }

  private mutating func add(_ cell: MatrixCell, _ decision: Diagram, _ key: Key) -> Int {
    cells.append(cell)
    decisions.append(decision)
    cellOf[key] = cells.count - 1
    return cells.count - 1
  }

  // MARK: Pages

  /// The page of some runs, of which neighbours may be equal.
  mutating func page(_ runs: [Matrix.Run]) -> Int {
    var joined: [Matrix.Run] = []
    for run in runs where run.count > 0 {
      if let last = joined.last, last.cell == run.cell {
        joined[joined.count - 1] = Matrix.Run(count: last.count + run.count, cell: run.cell)
      } else {
        joined.append(run)
      }
    }
    if let known = pageOf[joined] { return known }
    pages.append(joined)
    pageOf[joined] = pages.count - 1
    return pages.count - 1
  }

  /// The page whose cells are made of those of other pages of the same service.
  mutating func merged(
    _ sources: [Int],
    _ cell: (inout CellTable, [Int]) -> Int
  ) -> Int {
    let own = sources.map { pages[$0] }
    var positions = [Int](repeating: 0, count: own.count)
    var rests = own.map { $0.first?.count ?? 0 }
    var runs: [Matrix.Run] = []
    var made: [[Int]: Int] = [:]
    while let width = rests.min(), width > 0 {
      let above = own.indices.map { own[$0][positions[$0]].cell }
      let result = made[above] ?? cell(&self, above)
      made[above] = result
      runs.append(Matrix.Run(count: width, cell: result))
      for index in own.indices {
        rests[index] -= width
        guard rests[index] == 0, positions[index] + 1 < own[index].count else { continue }
        positions[index] += 1
        rests[index] = own[index][positions[index]].count
      }
    }
    return page(runs)
  }
}

extension Outcomes {
  /// Whether rules of an effect have a say in this.
  fileprivate func isDecided(by effect: Effect) -> Bool {
    switch self {
    case .allow: effect == .allow
    case .deny: effect == .deny
    default: true
    }
  }
}
