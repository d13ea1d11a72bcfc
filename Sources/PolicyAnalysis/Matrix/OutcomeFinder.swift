import PolicyCompiler
import PolicyModel

/// What is known of a principal.
struct KnownPrincipal: Hashable {
  /// Yes for the classes that it can have.
  var diagram: Diagram
  /// Whether it has no id to compare; nil when it may have one or not.
  let isAnonymous: Bool?

  /// It may be anyone.
  static let anyone = KnownPrincipal(diagram: .yes, isAnonymous: nil)
}

/// What diagrams of cells can come to, given what is known.
struct OutcomeFinder {
  private struct Question: Hashable {
    let diagram: Diagram
    let other: Diagram
    let known: KnownPrincipal
  }

  private static let leaves = [UInt8(0), 1, 2].map { value in
    Operation { cell, known in known == 2 && cell == value ? 2 : 0 }
  }
  private static let wider = Operation { old, new in rank(new) > rank(old) ? 2 : 0 }
  private static let narrower = Operation { old, new in rank(new) < rank(old) ? 2 : 0 }

  private let variables: [Variable]
  private var feasibility: Feasibility
  private var known: [Question: Outcomes] = [:]
  private var changes: [Question: ChangeKind?] = [:]

  init(_ variables: [Variable], in set: PolicySet) {
    self.variables = variables
    feasibility = Feasibility(variables, in: set)
  }

  /// How much a decision permits.
  private static func rank(_ value: UInt8) -> Int { value == 2 ? 0 : Int(value) + 1 }

  /// The values of a cell where something is known to be yes.
  ///
  /// - Complexity: O(size of both), once.
  mutating func outcomes(
    of cell: Diagram,
    where condition: KnownPrincipal,
    _ store: inout DiagramStore
  ) -> Outcomes {
    if let value = cell.constant { return Outcomes(rawValue: 1 << value) }
    let question = Question(diagram: cell, other: cell, known: condition)
    if let found = known[question] { return found }
    var found: Outcomes = []
    for (value, leaf) in Self.leaves.enumerated() {
      let reached = store.combine(leaf, cell, condition.diagram)
      guard isPossible(reached, condition.isAnonymous, &store) else { continue }
      found.insert(Outcomes(rawValue: 1 << UInt8(value)))
    }
    known[question] = found
    return found
  }

  /// How a cell changed, if it did, where something is known: wider where it allows more or denies
  /// less.
  mutating func change(
    from old: Diagram,
    to new: Diagram,
    where condition: KnownPrincipal,
    _ store: inout DiagramStore
  ) -> ChangeKind? {
    if old == new { return nil }
    let question = Question(diagram: old, other: new, known: condition)
    if let found = changes[question] { return found }
    let certain = store.map(.certain, condition.diagram)
    let differing = [Self.wider, Self.narrower].map { store.combine($0, old, new) }
    let wider = store.combine(.and, differing[0], certain)
    let narrower = store.combine(.and, differing[1], certain)
    let isWider = isPossible(wider, condition.isAnonymous, &store)
    let isNarrower = isPossible(narrower, condition.isAnonymous, &store)
    let found: ChangeKind? =
      isWider ? (isNarrower ? .reconditioned : .widened) : (isNarrower ? .narrowed : nil)
    changes[question] = .some(found)
    return found
  }

  /// Whether some request can lead to yes, as far as is known of what goes together.
  private mutating func isPossible(
    _ diagram: Diagram,
    _ isAnonymous: Bool?,
    _ store: inout DiagramStore
  ) -> Bool {
    guard diagram != .no else { return false }
    guard let isAnonymous else { return feasibility.isPossible(diagram, &store) }
    let ties = Ties(variables: variables, isAnonymous: isAnonymous)
      .diagram(of: store.support(of: diagram), &store)
    return store.combine(.and, diagram, ties) != .no
  }
}
