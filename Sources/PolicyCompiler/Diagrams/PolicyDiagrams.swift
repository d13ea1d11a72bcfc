package import PolicyEngine
package import PolicyModel

/// What analysis adds to the conditions and places of a policy set, so that its questions fall into
/// the same classes.
package struct DiagramExtras: Sendable {
  package var conditions: [Condition]
  package var places: [UnitIndex]

  package init(conditions: [Condition] = [], places: [UnitIndex] = []) {
    self.conditions = conditions
    self.places = places
  }
}

/// A policy set as diagrams: the meaning of every condition, rule and cell, exactly.
package struct PolicyDiagrams: Sendable {
  package var store: DiagramStore
  /// By position in the store; derived variables, which come behind, are not among them.
  package let variables: [Variable]
  /// When each rule is in force, as far as its own conditions go: no, unknown or yes.
  package let guards: [Diagram]
  /// What each rule adds to the cells of its actions, given its guard: nothing, allow or deny.
  package let contributions: [Diagram]
  /// When each assignment's condition holds.
  package let assignmentConditions: [Diagram]
  /// When the extra conditions hold, in their order.
  package let extraConditions: [Diagram]
  /// For each policy with all that it includes, the actions of which it says something.
  package let cells: Table<PolicyIndex, [CellRun]>
  package let unitVariable: VariableIndex
  /// The class of the unit variable for each unit; outside is class 1.
  package let classOfUnit: [UInt32]
  private let unitRuns: [UnitIndex: [Range<UInt32>]]

  /// Takes a policy set to its diagrams.
  ///
  /// - Complexity: About O(n log n) in the size of the conditions and the ranges of actions, unless
  ///   rules for one action read many attributes in combinations that no order makes small.
  package init(_ set: PolicySet, extras: DiagramExtras = DiagramExtras()) {
    var collector = AtomCollector(set.catalogue)
    let rules = set.rules.elements.map { $0.guardCondition.map { collector.formula($0) } }
    let assignments = set.assignments.elements.map { assignment in
      assignment.condition.map { collector.formula($0) }
    }
    let extra = extras.conditions.map { collector.formula($0) }
    var groups: [[Int]] = []
    for formula in rules + assignments + extra.map({ Optional($0) }) {
      if let formula { _ = formula.gather(into: &groups, collector.atoms) }
    }
    var store = DiagramStore()
    let found = VariableSet(collector, groups: groups, in: &store)
    let units = UnitClasses(set, extraPlaces: extras.places)
    unitVariable = store.addVariable(classCount: units.witnesses.count)
    variables =
      found.variables + [Variable(subject: .unit, witnesses: units.witnesses, classifier: nil)]
    classOfUnit = units.classOfUnit
    unitRuns = units.runs
    guards = rules.map { formula in
      formula.map { store.diagram(of: $0, found.diagramOfAtom) } ?? .yes
    }
    assignmentConditions = assignments.map { formula in
      formula.map { store.diagram(of: $0, found.diagramOfAtom) } ?? .yes
    }
    extraConditions = extra.map { store.diagram(of: $0, found.diagramOfAtom) }
    let contributions = zip(set.rules.elements, guards).map { rule, force in
      store.map(rule.effect == .allow ? .allowing : .denying, force)
    }
    self.contributions = contributions
    cells = Table(
      set.policies.elements.map { policy in
        let rules = policy.closure.flatMap { set.policies[$0].rules }
        return sweep(
          rules.map { (set.rules[$0].actions, contributions[$0.position]) },
          in: &store
        )
      }
    )
    self.store = store
  }

  /// What a policy, with all that it includes, decides about an action where it is in force.
  ///
  /// - Complexity: O(log runs).
  package func cell(_ policy: PolicyIndex, _ action: ActionIndex) -> Diagram {
    let runs = cells[policy]
    var low = 0
    var high = runs.count
    while low < high {
      let middle = (low + high) / 2
      if runs[middle].actions.upperBound <= action.position {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return low < runs.count && runs[low].actions.contains(action.position)
      ? runs[low].cell : .nothing
  }

  /// Whether the resource is in one of some places, over the unit variable; none are everywhere.
  ///
  /// They are places of assignments, or of the extras.
  package mutating func place(_ places: [UnitIndex]) -> Diagram {
    guard !places.isEmpty else { return .yes }
    let variable = unitVariable
    return store.reduce(
      .or,
      places.map { place in store.answer(variable, yes: unitRuns[place] ?? []) }
    )
  }

  /// Where and when an assignment is in force for one of its subjects.
  package mutating func reach(of index: AssignmentIndex, in set: PolicySet) -> Diagram {
    let place = place(set.assignments[index].places)
    return store.combine(.and, place, assignmentConditions[index.position])
  }
}

extension Formula {
  /// The subjects that the formula reads; adds those of each junction to the groups.
  fileprivate func gather(into groups: inout [[Int]], _ atoms: [Atom]) -> Set<Int> {
    switch self {
    case .constant: return []
    case .not(let inner): return inner.gather(into: &groups, atoms)
    case .atom(let index): return [atoms[index].subject]
    case .all(let parts), .any(let parts):
      var all: Set<Int> = []
      for part in parts { all.formUnion(part.gather(into: &groups, atoms)) }
      if all.count > 1 { groups.append(all.sorted()) }
      return all
    }
  }
}

extension DiagramStore {
  /// The diagram of a condition, by Kleene's logic.
  mutating func diagram(of formula: Formula, _ atoms: [Diagram]) -> Diagram {
    switch formula {
    case .constant(let value): return value ? .yes : .no
    case .atom(let index): return atoms[index]
    case .not(let inner): return map(.not, diagram(of: inner, atoms))
    case .all(let parts):
      var diagrams: [Diagram] = []
      for part in parts { diagrams.append(diagram(of: part, atoms)) }
      return reduce(.and, diagrams)
    case .any(let parts):
      var diagrams: [Diagram] = []
      for part in parts { diagrams.append(diagram(of: part, atoms)) }
      return reduce(.or, diagrams)
    }
  }
}

/// Units that no place tells apart.
struct UnitClasses {
  let witnesses: [ClassWitness]
  let classOfUnit: [UInt32]
  let runs: [UnitIndex: [Range<UInt32>]]

  init(_ set: PolicySet, extraPlaces: [UnitIndex]) {
    let places = Set(set.assignments.elements.flatMap(\.places) + extraPlaces).sorted()
    // Region 0 is outside every unit.
    let partition = Partition(
      regions: set.units.count + 1,
      questions: places.map { place in
        let subtree = set.units[place].subtree
        return [subtree.lowerBound + 1..<subtree.upperBound + 1]
      }
    )
    witnesses =
      [.missing]
      + partition.firstRegions.map { .unit($0 == 0 ? .outside : .unit(UnitIndex($0 - 1))) }
    classOfUnit = Array(partition.classOfRegion.dropFirst())
    runs = Dictionary(uniqueKeysWithValues: zip(places, partition.runs))
  }
}
