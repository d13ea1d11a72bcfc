/// What decisions read of the tables, and nothing else: plain pointers, so that copying it costs no
/// reference counting, and that the functions below are a handful of loads when they are inlined.
///
/// The loader has proved every number in the sections that is used as a position.
struct DecisionTables: Sendable {
  let actions: Section<ActionRecord>
  let pages: Section<UInt32>
  let planes: Section<PlaneRecord>
  let cells: Section<UInt32>
  let tables: Section<TableRecord>
  let readers: Section<ReaderRecord>
  let maps: Section<MapRecord>
  let mapValues: Section<UInt32>
  let outcomes: Section<UInt8>
  let nodes: Section<ReaderRecord>
  let serviceCount: Int

  /// What a map takes a class to.
  ///
  /// - Complexity: O(1), or O(log runs) for a variable with many classes.
  @inline(__always)
  func value(_ map: MapRecord, class number: UInt32) -> UInt32 {
    guard map.runs > 0 else { return mapValues[Int(map.offset) &+ Int(number)] }
    var low = Int(map.offset)
    var count = Int(map.runs)
    // The last run whose first class is not above the class; the first one begins at 0.
    while count > 1 {
      let half = count >> 1
      low = mapValues[low &+ half] <= number ? low &+ half : low
      count &-= half
    }
    return mapValues[low &+ Int(map.runs)]
  }

  /// The outcome of a table, 0 to 2, for the classes of all variables.
  ///
  /// - Complexity: O(variables that the table reads).
  @inline(__always)
  func outcome(_ table: UInt32, _ classes: UnsafePointer<UInt32>) -> UInt32 {
    let record = tables[table]
    guard record.form == 0 else { return unsafe walk(from: record.root, classes) }
    var position: UInt32 = 0
    var index = Int(record.readers.start)
    let end = index &+ Int(record.readers.count)
    while index < end {
      let reader = readers[index]
      let number = unsafe classes[Int(reader.slot)]
      position &+= value(maps[reader.map], class: number)
      index &+= 1
    }
    let byte = outcomes[Int(record.root) &+ Int(position >> 2)]
    return UInt32(byte) &>> ((position & 3) << 1) & 3
  }

  /// Follows a diagram; children come before parents, so that it ends.
  @inline(never)
  private func walk(from root: UInt32, _ classes: UnsafePointer<UInt32>) -> UInt32 {
    var reference = root
    while reference > 2 {
      let node = nodes[reference &- 3]
      let number = unsafe classes[Int(node.slot)]
      reference = value(maps[node.map], class: number)
    }
    return reference
  }

  /// The plane that has the cell of a policy for an action.
  @inline(__always)
  func plane(_ policy: UInt32, _ action: ActionRecord) -> PlaneRecord {
    let page = pages[Int(policy) &* serviceCount &+ Int(action.service)]
    return planes[Int(page) &+ Int(action.word)]
  }

  /// The cell of a policy for an action: 0 nothing, 1 allow, 2 deny.
  ///
  /// - Complexity: O(1), and O(variables that it reads) for a conditional cell.
  @inline(__always)
  func cell(
    _ policy: UInt32,
    _ action: ActionRecord,
    _ classes: UnsafePointer<UInt32>
  ) -> UInt32 {
    let plane = plane(policy, action)
    let plain = plane.cell(action.bit)
    guard plain == 3 else { return plain }
    return unsafe outcome(plane.table(action.bit, in: cells), classes)
  }

  /// Whether a grant is in force: 0 no, 1 unknown, 2 yes.
  @inline(__always)
  func force(
    _ grant: SubjectGrant,
    unit: UInt32,
    _ classes: UnsafePointer<UInt32>
  ) -> UInt32 {
    let truth = min(grant.truth, UnitCode.place(grant.low, grant.high, covers: unit))
    guard truth > 0, grant.condition != ArtifactFormat.none else { return truth }
    return unsafe min(truth, outcome(grant.condition, classes))
  }

  /// What a grant contributes to an action: 0 nothing, 1 allow, 2 deny.
  ///
  /// A deny counts unless the grant is not in force, an allow only where it surely is.
  @inline(__always)
  func cell(
    of grant: SubjectGrant,
    _ action: ActionRecord,
    _ unit: UInt32,
    _ classes: UnsafePointer<UInt32>
  ) -> UInt32 {
    let force = unsafe force(grant, unit: unit, classes)
    guard force > 0 else { return 0 }
    let cell = unsafe cell(grant.policy, action, classes)
    return force == 2 || cell == 2 ? cell : 0
  }
}

extension PlaneRecord {
  /// What a bit says: 0 nothing, 1 allow, 2 deny, 3 conditional.
  @inline(__always)
  func cell(_ bit: UInt32) -> UInt32 {
    let bit = UInt64(bit)
    return UInt32(truncatingIfNeeded: low &>> bit & 1 | (high &>> bit & 1) << 1)
  }

  /// The table of a conditional bit.
  @inline(__always)
  func table(_ bit: UInt32, in cells: Section<UInt32>) -> UInt32 {
    let upTo: UInt64 = .max &>> (63 &- UInt64(bit))
    return cells[Int(base) &+ (change & upTo).nonzeroBitCount &- 1]
  }
}

extension Tables {
  /// Works out the variables that stand for diagrams, in their order.
  ///
  /// Each reads only variables before it. There are none, unless a condition was too large for one
  /// diagram.
  func derive(_ classes: UnsafeMutableBufferPointer<UInt32>) {
    guard derivations.count > 0, let start = unsafe UnsafePointer(classes.baseAddress) else {
      return
    }
    let first = variables.count - derivations.count
    let deciding = deciding
    for index in derivations.indices {
      unsafe classes[first + index] = deciding.outcome(derivations[index], start)
    }
  }
}

/// Where a resource belongs, as one number: a unit's position, or one of these.
package enum UnitCode {
  package static let outside = UInt32.max - 1
  package static let unknown = UInt32.max

  /// Whether a resource is in the place of a grant: 0 no, 1 unknown, 2 yes.
  @inline(__always)
  static func place(_ low: UInt32, _ high: UInt32, covers unit: UInt32) -> UInt32 {
    if low == 0, high == ArtifactFormat.none { return 2 }
    if unit == unknown { return 1 }
    return unit >= low && unit < high ? 2 : 0
  }
}
