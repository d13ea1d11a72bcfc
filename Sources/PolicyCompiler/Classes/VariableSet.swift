import PolicyEngine
import PolicyModel

/// The variables of a policy set in their order, and the diagrams of the atoms.
struct VariableSet {
  private(set) var variables: [Variable] = []
  private(set) var diagramOfAtom: [Diagram] = []

  /// Classifies what the atoms ask, and orders the variables.
  ///
  /// - Parameters:
  ///   - collector: All atoms that conditions ask.
  ///   - groups: Subjects that are read together, by position.
  ///   - store: An empty store, to which the variables and the atoms' diagrams are added.
  init(
    _ collector: AtomCollector,
    groups: [[Int]],
    in store: inout DiagramStore
  ) {
    var atomsOfSubject = [[Int]](repeating: [], count: collector.subjects.count)
    for (index, atom) in collector.atoms.enumerated() {
      atomsOfSubject[atom.subject].append(index)
    }
    diagramOfAtom = [Diagram](repeating: .no, count: collector.atoms.count)
    for subject in variableOrder(count: collector.subjects.count, groups: groups) {
      let atoms = atomsOfSubject[subject]
      guard case .value(let term) = collector.subjects[subject] else {
        addPlain(collector.subjects[subject], atoms, collector, in: &store)
        continue
      }
      let questions = atoms.filter { index in
        if case .checks = collector.atoms[index].test { true } else { false }
      }
      let domain = Domain.of(
        collector.type(of: term),
        questions.map { index in
          if case .checks(let checks) = collector.atoms[index].test { checks } else { [] }
        }
      )
      let variable = add(
        Variable(
          subject: .value(term),
          witnesses: domain.witnesses,
          classifier: domain.classifier
        ),
        in: &store
      )
      for (position, index) in questions.enumerated() {
        diagramOfAtom[index] = store.answer(variable, yes: domain.runs[position])
      }
      for index in atoms { answer(collector.atoms[index].test, index, variable, in: &store) }
      if !domain.patterns.isEmpty { addPatterns(term, domain, questions, in: &store) }
    }
  }

  private mutating func add(_ variable: Variable, in store: inout DiagramStore) -> VariableIndex {
    variables.append(variable)
    return store.addVariable(classCount: variable.classCount)
  }

  /// A variable with classes that are the same whatever is asked.
  private mutating func addPlain(
    _ subject: VariableSubject,
    _ atoms: [Int],
    _ collector: AtomCollector,
    in store: inout DiagramStore
  ) {
    let variable = add(
      Variable(subject: subject, witnesses: subject.plainWitnesses, classifier: nil),
      in: &store
    )
    for index in atoms {
      answer(collector.atoms[index].test, index, variable, in: &store)
    }
  }

  private mutating func answer(
    _ test: AtomTest,
    _ index: Int,
    _ variable: VariableIndex,
    in store: inout DiagramStore
  ) {
    let end = UInt32(variables[variable.position].classCount)
    switch test {
    case .checks: break
    case .present: diagramOfAtom[index] = store.literal(variable, [(0, 0), (1, 2)])
    case .always(let value):
      diagramOfAtom[index] = store.answer(variable, yes: value ? [1..<end] : [])
    case .isTrue: diagramOfAtom[index] = store.answer(variable, yes: [2..<3])
    case .ordered(let less, let equal, let greater):
      let yes = [(less, 1..<2), (equal, 2..<3), (greater, UInt32(3)..<4)]
      diagramOfAtom[index] = store.answer(variable, yes: yes.filter(\.0).map(\.1))
    case .kind(let kind):
      let runs = PrincipalKind.allCases.map { (UInt32($0.rawValue), UInt8($0 == kind ? 2 : 0)) }
      diagramOfAtom[index] = store.literal(variable, runs)
    }
  }

  /// Adds variables for the patterns that were left out of a text's classes, right behind it: one
  /// for each group that has an automaton, and one for each pattern that has none.
  private mutating func addPatterns(
    _ term: Term,
    _ domain: Domain,
    _ questions: [Int],
    in store: inout DiagramStore
  ) {
    let patterns = Set(domain.patterns.joined()).sorted { left, right in
      left.runs.lexicographicallyPrecedes(right.runs) { $0.lexicographicallyPrecedes($1) }
    }
    let grouped = PatternGroups(patterns)
    var literals: [LikePattern: Diagram] = [:]
    for group in grouped.groups {
      let domain = Domain.text(group.map { [.like(term, $0)] })
      let variable = add(
        Variable(
          subject: .value(term),
          witnesses: domain.witnesses,
          classifier: domain.classifier
        ),
        in: &store
      )
      for (pattern, runs) in zip(group, domain.runs) {
        literals[pattern] = store.answer(variable, yes: runs)
      }
    }
    for pattern in grouped.apart {
      let subject = VariableSubject.matches(term, pattern)
      let variable = add(
        Variable(subject: subject, witnesses: subject.plainWitnesses, classifier: nil),
        in: &store
      )
      literals[pattern] = store.answer(variable, yes: [2..<3])
    }
    for (position, index) in questions.enumerated() where !domain.patterns[position].isEmpty {
      diagramOfAtom[index] = store.reduce(
        .or,
        [diagramOfAtom[index]] + domain.patterns[position].compactMap { literals[$0] }
      )
    }
  }
}

extension DiagramStore {
  /// Unknown for what is missing, yes in some runs of classes, otherwise no.
  mutating func answer(_ variable: VariableIndex, yes: [Range<UInt32>]) -> Diagram {
    var runs: [(firstClass: UInt32, value: UInt8)] = [(0, 1)]
    var next: UInt32 = 1
    for range in yes {
      if range.lowerBound > next { runs.append((next, 0)) }
      runs.append((range.lowerBound, 2))
      next = range.upperBound
    }
    if next < classCounts[variable.position] { runs.append((next, 0)) }
    return literal(variable, runs)
  }
}

extension Domain {
  /// The classes of a variable of a type that is no set.
  static func of(_ type: AttributeType, _ questions: [Question]) -> Domain {
    switch type {
    case .bool: .bool(questions)
    case .int: .int(questions)
    case .time: .time(questions)
    case .ip: .ip(questions)
    case .path: .path(questions)
    case .principal: .principal(questions)
    case .oneOf(let words): .text(questions, words: words)
    // Sets are never compared as a whole; the checker refuses it.
    case .string, .strings, .paths, .principals: .text(questions)
    }
  }
}

extension VariableSubject {
  /// Something in each class, for variables whose classes do not depend on what is asked.
  var plainWitnesses: [ClassWitness] {
    switch self {
    case .value, .presence: [.missing, .present]
    case .element(_, let value): [.missing, .element(value, false), .element(value, true)]
    case .elementUnder(_, let path):
      [.missing, .elementUnder(path, false), .elementUnder(path, true)]
    case .matches(_, let pattern): [.missing, .matches(pattern, false), .matches(pattern, true)]
    case .relation(.order, _, _): [.missing, .ordered(-1), .ordered(0), .ordered(1)]
    case .relation: [.missing, .related(false), .related(true)]
    case .group: [.missing, .member(false), .member(true)]
    case .kind: PrincipalKind.allCases.map { .kind($0) }
    case .unit: [.missing]
    case .derived: (UInt8(0)...2).map { .derived($0) }
    }
  }
}
