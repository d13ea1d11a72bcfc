extension Tables {
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
  func outcome(_ table: UInt32, _ classes: UnsafeBufferPointer<UInt32>) -> UInt32 {
    let record = tables[table]
    guard record.form == 0 else { return unsafe walk(from: record.root, classes) }
    var position: UInt32 = 0
    for index in record.readers.range {
      let reader = readers[index]
      let number = unsafe classes[Int(reader.slot)]
      position &+= value(maps[reader.map], class: number)
    }
    let byte = outcomes[Int(record.root) &+ Int(position >> 2)]
    return UInt32(byte) >> ((position & 3) << 1) & 3
  }

  /// Follows a diagram; children come before parents, so that it ends.
  private func walk(from root: UInt32, _ classes: UnsafeBufferPointer<UInt32>) -> UInt32 {
    var reference = root
    while reference > 2 {
      let node = nodes[reference &- 3]
      let number = unsafe classes[Int(node.slot)]
      reference = value(maps[node.map], class: number)
    }
    return reference
  }

  /// The cell of a policy for an action: 0 nothing, 1 allow, 2 deny.
  ///
  /// - Complexity: O(1), and O(variables that it reads) for a conditional cell.
  func cell(
    _ policy: UInt32,
    _ action: ActionRecord,
    _ classes: UnsafeBufferPointer<UInt32>
  ) -> UInt32 {
    let page = pages[Int(policy) &* services.count &+ Int(action.service)]
    let plane = planes[Int(page) &+ Int(action.word)]
    let bit = UInt64(action.bit)
    let plain = UInt32(truncatingIfNeeded: plane.low >> bit & 1 | (plane.high >> bit & 1) << 1)
    guard plain == 3 else { return plain }
    let upTo: UInt64 = .max >> (63 &- bit)
    let rank = Int(plane.base) &+ (plane.change & upTo).nonzeroBitCount
    return unsafe outcome(cells[rank &- 1], classes)
  }

  /// Whether a resource is in the place of a grant: 0 no, 1 unknown, 2 yes.
  @inline(__always)
  func place(_ low: UInt32, _ high: UInt32, covers unit: UInt32) -> UInt32 {
    if low == 0, high == ArtifactFormat.none { return 2 }
    if unit == UnitCode.unknown { return 1 }
    return unit >= low && unit < high ? 2 : 0
  }

  /// Works out the variables that stand for diagrams, in their order.
  ///
  /// Each reads only variables before it. There are none, unless a condition was too large for one
  /// diagram.
  func derive(_ classes: UnsafeMutableBufferPointer<UInt32>) {
    let first = variables.count - derivations.count
    for index in derivations.indices {
      unsafe classes[first + index] = outcome(
        derivations[index],
        UnsafeBufferPointer(classes)
      )
    }
  }
}

/// Where a resource belongs, as one number: a unit's position, or one of these.
package enum UnitCode {
  package static let outside = UInt32.max - 1
  package static let unknown = UInt32.max
}
