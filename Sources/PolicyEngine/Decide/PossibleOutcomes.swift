/// What tables may come to while only some variables are known.
///
/// Nothing is assumed of how variables depend on each other, so that what is found possible need not
/// be; what is not found is not.
@safe struct PossibleOutcomes {
  private let tables: Tables
  private let deciding: DecisionTables
  private let classes: UnsafePointer<UInt32>
  /// The variables that may have any class.
  private var isOpen: [Bool]
  private let limits: Limits
  /// What was found, by table.
  private var known: [UInt32: Mask] = [:]

  /// Some of the outcomes 0, 1 and 2, a bit each.
  struct Mask: OptionSet {
    let rawValue: UInt8

    static let all = Mask(rawValue: 7)

    init(rawValue: UInt8) { self.rawValue = rawValue }

    /// One outcome.
    init(_ outcome: UInt32) { rawValue = 1 << UInt8(outcome & 3) }

    /// The outcome, if it is but one.
    var only: UInt32? {
      rawValue.nonzeroBitCount == 1 ? UInt32(rawValue.trailingZeroBitCount) : nil
    }
  }

  /// How much is looked at before everything is taken to be possible.
  struct Limits {
    /// Sums of a table's readers.
    let sums: Int
    /// Nodes of a diagram whose variable is not known.
    let nodes: Int
  }

  /// - Parameters:
  ///   - tables: The tables of the engine.
  ///   - classes: The classes of all variables, which stay while this is used.
  ///   - isOpen: For each variable, whether its class is not to be looked at.
  ///   - limits: How much to look at.
  init(
    _ tables: Tables,
    _ classes: UnsafePointer<UInt32>,
    isOpen: [Bool],
    limits: Limits
  ) {
    self.tables = tables
    deciding = tables.deciding
    unsafe self.classes = classes
    self.isOpen = isOpen
    self.limits = limits
  }

  /// Opens the variables that stand for diagrams which open variables may change.
  mutating func derive() {
    let first = tables.variables.count - tables.derivations.count
    for index in tables.derivations.indices {
      isOpen[first + index] = of(tables.derivations[index]).only == nil
    }
  }

  /// The possible outcomes of a table.
  ///
  /// - Complexity: O(sums or nodes looked at), once for each table.
  mutating func of(_ table: UInt32) -> Mask {
    if let found = known[table] { return found }
    let record = tables.tables[table]
    let found = record.form == 0 ? sums(record) : walk(from: record.root)
    known[table] = found
    return found
  }

  private func sums(_ record: TableRecord) -> Mask {
    var positions: [UInt32] = [0]
    for index in record.readers.range {
      let reader = tables.readers[index]
      let map = tables.maps[reader.map]
      if !isOpen[Int(reader.slot)] {
        let offset = unsafe deciding.value(map, class: classes[Int(reader.slot)])
        for position in positions.indices { positions[position] &+= offset }
      } else {
        guard let offsets = values(of: map, atMost: limits.sums / max(1, positions.count)) else {
          return .all
        }
        positions = positions.flatMap { base in offsets.map { base &+ $0 } }
      }
    }
    return positions.reduce(into: []) { mask, position in
      let byte = tables.outcomes[Int(record.root) + Int(position >> 2)]
      mask.insert(Mask(UInt32(byte) >> ((position & 3) << 1)))
    }
  }

  private func walk(from root: UInt32) -> Mask {
    var mask: Mask = []
    var nodes = 0
    var seen: Set<UInt32> = [root]
    var waiting = [root]
    while var reference = waiting.popLast() {
      while reference > 2 {
        let node = tables.nodes[reference - 3]
        let map = tables.maps[node.map]
        if !isOpen[Int(node.slot)] {
          reference = unsafe deciding.value(map, class: classes[Int(node.slot)])
          continue
        }
        guard nodes < limits.nodes else { return .all }
        nodes += 1
        for index in map.values where seen.insert(tables.mapValues[index]).inserted {
          waiting.append(tables.mapValues[index])
        }
        break
      }
      if reference <= 2 { mask.insert(Mask(reference)) }
    }
    return mask
  }

  /// What a map takes any class to, each value once; nil if they are more.
  private func values(of map: MapRecord, atMost most: Int) -> [UInt32]? {
    var values: [UInt32] = []
    for index in map.values where !values.contains(tables.mapValues[index]) {
      guard values.count < most else { return nil }
      values.append(tables.mapValues[index])
    }
    return values
  }
}
