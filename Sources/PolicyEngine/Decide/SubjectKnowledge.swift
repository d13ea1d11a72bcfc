/// What conditions come to when only the subject is known: its kind, its groups and its id.
///
/// A cell that reads nothing else is decided when the subject is prepared.
@safe struct SubjectKnowledge {
  private let tables: Tables
  private let deciding: DecisionTables
  private let classes: UnsafePointer<UInt32>
  /// The variables that no request of the subject changes; empty when there is none.
  private var isFixed: [Bool] = []
  /// The outcomes that were found; 3 for tables that read something else.
  private var known: [UInt32: UInt32] = [:]
  /// So many outcomes are looked at, at most, to see whether what else a table reads matters.
  private static let limit = 64

  /// - Parameters:
  ///   - tables: The tables of the engine.
  ///   - classes: The classes of what is known of the subject, which stay while this is used.
  init(_ tables: Tables, _ classes: UnsafePointer<UInt32>) {
    self.tables = tables
    deciding = tables.deciding
    unsafe self.classes = classes
    var fixed: [Int] = []
    if tables.summary(.kindSlot) > 0 { fixed.append(tables.summary(.kindSlot) - 1) }
    for group in tables.groups.indices where tables.groups[group].slot > 0 {
      fixed.append(Int(tables.groups[group].slot) - 1)
    }
    for index in tables.run(.principalStepStart, .principalStepCount) {
      // How the principal stands to an attribute is not known before the attribute is.
      guard tables.steps[index].kind != StepKind.relation.rawValue else { continue }
      fixed.append(Int(tables.steps[index].slot))
    }
    guard !fixed.isEmpty else { return }
    isFixed = Array(repeating: false, count: tables.variables.count)
    for slot in fixed { isFixed[slot] = true }
  }

  /// A plane with the conditional cells decided that depend on the subject alone.
  ///
  /// - Complexity: O(changes of tables in the plane).
  mutating func closed(_ plane: PlaneRecord) -> (low: UInt64, high: UInt64) {
    var (low, high) = (plane.low, plane.high)
    var rest = isFixed.isEmpty ? 0 : low & high
    while rest != 0 {
      let bit = rest.trailingZeroBitCount
      // The cells up to the next change have the same table.
      let changes = plane.change & ~(UInt64.max >> UInt64(63 - bit))
      let below = changes == 0 ? UInt64.max : (changes & (0 &- changes)) - 1
      let run = rest & below
      rest &= ~run
      switch outcome(plane.table(UInt32(bit), in: deciding.cells)) {
      case 0: (low, high) = (low & ~run, high & ~run)
      case 1: high &= ~run
      case 2: low &= ~run
      default: break
      }
    }
    return (low, high)
  }

  /// A grant with its condition decided, if that depends on the subject alone; nil if it is never in
  /// force.
  mutating func closed(_ grant: SubjectGrant) -> SubjectGrant? {
    guard !isFixed.isEmpty, grant.condition != ArtifactFormat.none else { return grant }
    let truth = outcome(grant.condition)
    if truth == 0 { return nil }
    return truth == 3 ? grant : grant.inForce(atMost: truth)
  }

  /// The outcome of a table, whatever the request says; 3 if it depends on that.
  private mutating func outcome(_ table: UInt32) -> UInt32 {
    if let found = known[table] { return found }
    let record = tables.tables[table]
    let found = record.form == 0 ? sum(record) : walk(from: record.root)
    known[table] = found
    return found
  }

  private func sum(_ record: TableRecord) -> UInt32 {
    var positions: [UInt32] = [0]
    for index in record.readers.range {
      let reader = tables.readers[index]
      let map = tables.maps[reader.map]
      if isFixed[Int(reader.slot)] {
        let offset = unsafe deciding.value(map, class: classes[Int(reader.slot)])
        for position in positions.indices { positions[position] &+= offset }
      } else {
        let length = map.runs == 0 ? Int(map.classCount) : 2 * Int(map.runs)
        var offsets: [UInt32] = []
        for value in Int(map.offset) + Int(map.runs)..<Int(map.offset) + length
        where !offsets.contains(tables.mapValues[value]) {
          offsets.append(tables.mapValues[value])
          guard offsets.count * positions.count <= SubjectKnowledge.limit else { return 3 }
        }
        positions = positions.flatMap { base in offsets.map { base &+ $0 } }
      }
    }
    var found: UInt32?
    for position in positions {
      let byte = tables.outcomes[Int(record.root) + Int(position >> 2)]
      let outcome = UInt32(byte) >> ((position & 3) << 1) & 3
      if outcome != found ?? outcome { return 3 }
      found = outcome
    }
    return found ?? 3
  }

  private func walk(from root: UInt32) -> UInt32 {
    var reference = root
    while reference > 2 {
      let node = tables.nodes[reference - 3]
      guard isFixed[Int(node.slot)] else { return 3 }
      reference = unsafe deciding.value(tables.maps[node.map], class: classes[Int(node.slot)])
    }
    return reference
  }
}

extension SubjectGrant {
  /// The same grant without its condition, which comes to this.
  fileprivate func inForce(atMost truth: UInt32) -> SubjectGrant {
    SubjectGrant(
      policy: policy,
      low: low,
      high: high,
      condition: ArtifactFormat.none,
      truth: min(self.truth, truth),
      assignment: assignment,
      holding: holding
    )
  }
}
