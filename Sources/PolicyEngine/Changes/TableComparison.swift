/// Compares tables of two artifacts, as functions of what a request says.
///
/// What it finds together is at least what can be: it is exact where variables do not depend on each
/// other and there is room to try all, and else every pair of outcomes that the two have.
struct TableComparison {
  private let new: Tables
  private let old: Tables
  private var links: VariableLinks
  private var known: [UInt64: OutcomePairs] = [:]
  private var masks: [UInt32: UInt8] = [:]
  private var oldMasks: [UInt32: UInt8] = [:]
  /// So many vectors are still tried.
  private var budget = 1 << 24
  /// So many vectors are tried of two tables at most.
  private static let limit = 1 << 18

  /// `groups` says how groups changed; nil is to take the truth of a membership as given.
  init(_ new: Tables, _ old: Tables, groups: GroupChanges? = nil) {
    self.new = new
    self.old = old
    links = VariableLinks(new, old, groups)
    linkDerived()
  }

  /// The outcomes that two tables have together.
  ///
  /// - Complexity: O(size of the tables) where they are made alike, and otherwise O(what their maps
  ///   tell apart), once for each pair.
  mutating func pairs(_ table: UInt32, _ oldTable: UInt32) -> OutcomePairs {
    let key = UInt64(table) << 32 | UInt64(oldTable)
    if let found = known[key] { return found }
    let all = OutcomePairs(anyOf: mask(table), and: oldMask(oldTable))
    var found = all
    if !all.isSubset(of: .same) {
      found = isMadeAlike(table, oldTable) ? all.intersection(.same) : tried(table, oldTable, all)
    }
    known[key] = found
    return found
  }

  /// The outcomes that two conditions have together; `none` is one that is always true.
  mutating func pairs(condition: UInt32, _ oldCondition: UInt32) -> OutcomePairs {
    let none = ArtifactFormat.none
    guard condition != none, oldCondition != none else {
      return OutcomePairs(
        anyOf: condition == none ? 0b100 : mask(condition),
        and: oldCondition == none ? 0b100 : oldMask(oldCondition)
      )
    }
    return pairs(condition, oldCondition)
  }

  /// The outcomes of a new table, a bit each.
  mutating func mask(_ table: UInt32) -> UInt8 {
    if let found = masks[table] { return found }
    let found = new.deciding.outcomes(of: table)
    masks[table] = found
    return found
  }

  /// The outcomes of an old table, a bit each.
  mutating func oldMask(_ table: UInt32) -> UInt8 {
    if let found = oldMasks[table] { return found }
    let found = old.deciding.outcomes(of: table)
    oldMasks[table] = found
    return found
  }

  /// Links variables that stand for equal diagrams; their order is that of what they are parts of.
  private mutating func linkDerived() {
    let first = new.variables.count - new.derivations.count
    let oldFirst = old.variables.count - old.derivations.count
    var next = 0
    for index in new.derivations.indices {
      for oldIndex in next..<min(next + 32, old.derivations.count) {
        let found = pairs(new.derivations[index], old.derivations[oldIndex])
        guard found.isSubset(of: .same) else { continue }
        links.link(first + index, oldFirst + oldIndex)
        next = oldIndex + 1
        break
      }
    }
  }
}

extension TableComparison {
  /// What takes a class to something else, of one variable that is read.
  private struct Joint {
    var slot: Int?
    var oldSlot: Int?
    var pairs: [ClassPair]
  }

  /// The outcomes of two tables together, by trying what their maps tell apart.
  private mutating func tried(
    _ table: UInt32,
    _ oldTable: UInt32,
    _ all: OutcomePairs
  ) -> OutcomePairs {
    let joints = joints(table, oldTable)
    var size = 1
    for joint in joints {
      let (product, isTooLarge) = size.multipliedReportingOverflow(by: joint.pairs.count)
      guard !isTooLarge, product <= min(TableComparison.limit, budget) else { return all }
      size = product
    }
    budget -= size
    var left = [UInt32](repeating: 0, count: max(1, new.variables.count))
    var right = [UInt32](repeating: 0, count: max(1, old.variables.count))
    var found: OutcomePairs = []
    for number in 0..<size where found != all {
      var rest = number
      for joint in joints {
        let pair = joint.pairs[rest % joint.pairs.count]
        rest /= joint.pairs.count
        if let slot = joint.slot { left[slot] = pair.new }
        if let slot = joint.oldSlot { right[slot] = pair.old }
      }
      found.insert(
        OutcomePairs(new: outcome(new, table, left), old: outcome(old, oldTable, right))
      )
    }
    return found
  }

  private func outcome(_ tables: Tables, _ table: UInt32, _ classes: [UInt32]) -> UInt32 {
    unsafe classes.withUnsafeBufferPointer { classes in
      guard let start = classes.baseAddress else { return 0 }
      return unsafe tables.deciding.outcome(table, start)
    }
  }

  /// The variables that either table reads, and of each the classes that are told apart.
  private mutating func joints(_ table: UInt32, _ oldTable: UInt32) -> [Joint] {
    let maps = new.deciding.maps(of: table)
    let oldMaps = old.deciding.maps(of: oldTable)
    var rest = Set(oldMaps.keys)
    var joints: [Joint] = []
    for slot in maps.keys.sorted() {
      if let pairs = links.pairs(of: slot), let oldSlot = links.oldSlot(of: slot) {
        rest.remove(oldSlot)
        joints.append(Joint(slot: slot, oldSlot: oldSlot, pairs: pairs))
      } else {
        joints.append(Joint(slot: slot, pairs: ClassPair.equal(new.variables[slot])))
      }
    }
    for slot in rest.sorted() {
      joints.append(Joint(oldSlot: slot, pairs: ClassPair.equal(old.variables[slot])))
    }
    return joints.map { joint in
      var joint = joint
      let read = joint.slot.flatMap { maps[$0] } ?? []
      let oldRead = joint.oldSlot.flatMap { oldMaps[$0] } ?? []
      var seen: Set<[UInt32]> = []
      joint.pairs = joint.pairs.filter { pair in
        seen.insert(
          read.map { new.deciding.value(new.maps[$0], class: pair.new) }
            + oldRead.map { old.deciding.value(old.maps[$0], class: pair.old) }
        ).inserted
      }
      return joint
    }
  }
}

extension TableComparison {
  /// Whether two tables are the same, part by part, so that they are the same function however large.
  private mutating func isMadeAlike(_ table: UInt32, _ oldTable: UInt32) -> Bool {
    let (record, oldRecord) = (new.tables[table], old.tables[oldTable])
    guard record.form == oldRecord.form else { return false }
    if record.form == 1 { return areDiagramsAlike(record.root, oldRecord.root) }
    guard record.readers.count == oldRecord.readers.count else { return false }
    var highest: UInt32 = 0
    for (index, oldIndex) in zip(record.readers.range, oldRecord.readers.range) {
      let (reader, oldReader) = (new.readers[index], old.readers[oldIndex])
      guard links.areEqual(Int(reader.slot), Int(oldReader.slot)),
        values(reader.map, oldReader.map)?.allSatisfy({ $0.new == $0.old }) == true
      else { return false }
      highest += new.maps[reader.map].highest
    }
    for position in 0...highest {
      let place = Int(position >> 2)
      let difference =
        new.outcomes[Int(record.root) + place] ^ old.outcomes[Int(oldRecord.root) + place]
      if difference >> UInt8((position & 3) << 1) & 3 != 0 { return false }
    }
    return true
  }

  /// Whether two diagrams have the same nodes.
  private mutating func areDiagramsAlike(_ root: UInt32, _ oldRoot: UInt32) -> Bool {
    var matched: [UInt32: UInt32] = [:]
    var waiting = [ClassPair(new: root, old: oldRoot)]
    while let next = waiting.popLast() {
      guard next.new > 2, next.old > 2 else {
        if next.new != next.old { return false }
        continue
      }
      if let before = matched[next.new] {
        if before != next.old { return false }
        continue
      }
      matched[next.new] = next.old
      let (node, oldNode) = (new.nodes[next.new - 3], old.nodes[next.old - 3])
      guard links.areEqual(Int(node.slot), Int(oldNode.slot)),
        let children = values(node.map, oldNode.map)
      else { return false }
      waiting += children
    }
    return true
  }

  /// What two maps take the same classes to; nil where their runs are others.
  private func values(_ map: UInt32, _ oldMap: UInt32) -> [ClassPair]? {
    let (record, oldRecord) = (new.maps[map], old.maps[oldMap])
    guard record.runs == oldRecord.runs, record.classCount == oldRecord.classCount else {
      return nil
    }
    let (start, oldStart) = (Int(record.offset), Int(oldRecord.offset))
    for index in 0..<Int(record.runs)
    where new.mapValues[start + index] != old.mapValues[oldStart + index] { return nil }
    return zip(record.values, oldRecord.values).map { index, oldIndex in
      ClassPair(new: new.mapValues[index], old: old.mapValues[oldIndex])
    }
  }
}

extension DecisionTables {
  /// The variables that a table or a diagram reads, and the maps by which it does.
  fileprivate func maps(of table: UInt32) -> [Int: [UInt32]] {
    var found: [Int: Set<UInt32>] = [:]
    let record = tables[table]
    if record.form == 0 {
      for index in record.readers.range {
        found[Int(readers[index].slot), default: []].insert(readers[index].map)
      }
    } else {
      var seen: Set<UInt32> = []
      var waiting = [record.root]
      while let reference = waiting.popLast() {
        guard reference > 2, seen.insert(reference).inserted else { continue }
        let node = nodes[reference - 3]
        found[Int(node.slot), default: []].insert(node.map)
        for index in maps[node.map].values { waiting.append(mapValues[index]) }
      }
    }
    return found.mapValues { $0.sorted() }
  }
}
