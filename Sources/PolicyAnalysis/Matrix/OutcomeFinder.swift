import PolicyCompiler

/// What diagrams of cells can come to, given what is known.
struct OutcomeFinder {
  private struct Question: Hashable {
    let diagram: Diagram
    let other: Diagram
    let known: Diagram
  }

  private static let leaves = [UInt8(0), 1, 2].map { value in
    Operation { cell, known in known == 2 && cell == value ? 2 : 0 }
  }
  private static let wider = Operation { old, new in rank(new) > rank(old) ? 2 : 0 }
  private static let narrower = Operation { old, new in rank(new) < rank(old) ? 2 : 0 }

  private var known: [Question: Outcomes] = [:]
  private var changes: [Question: ChangeKind?] = [:]

  /// How much a decision permits.
  private static func rank(_ value: UInt8) -> Int { value == 2 ? 0 : Int(value) + 1 }

  /// The values of a cell where something is known to be yes.
  ///
  /// - Complexity: O(size of both), once.
  mutating func outcomes(
    of cell: Diagram,
    where condition: Diagram,
    _ store: inout DiagramStore
  ) -> Outcomes {
    if let value = cell.constant { return Outcomes(rawValue: 1 << value) }
    let question = Question(diagram: cell, other: cell, known: condition)
    if let found = known[question] { return found }
    var found: Outcomes = []
    for (value, leaf) in Self.leaves.enumerated()
    where store.combine(leaf, cell, condition) != .no {
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
    where condition: Diagram,
    _ store: inout DiagramStore
  ) -> ChangeKind? {
    if old == new { return nil }
    let question = Question(diagram: old, other: new, known: condition)
    if let found = changes[question] { return found }
    let both = Operation.and
    let wider = store.combine(Self.wider, old, new)
    let narrower = store.combine(Self.narrower, old, new)
    let isWider = store.combine(both, wider, store.map(Self.certain, condition)) != .no
    let isNarrower = store.combine(both, narrower, store.map(Self.certain, condition)) != .no
    let found: ChangeKind? =
      isWider ? (isNarrower ? .reconditioned : .widened) : (isNarrower ? .narrowed : nil)
    changes[question] = .some(found)
    return found
  }

  /// Yes where a condition is yes, no elsewhere.
  private static let certain = Mapping(no: 0, unknown: 0, yes: 2)
}
