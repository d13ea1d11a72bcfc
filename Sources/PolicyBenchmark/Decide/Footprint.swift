import PolicyEngine

/// What decisions read, as the format of the tables has it: counted, not measured.
package struct Footprint: Sendable {
  /// The bytes that one decision reads: the mean of the requests, and the most.
  package private(set) var meanBytes = 0.0
  package private(set) var mostBytes = 0
  /// The reads in a row of which each needs the one before: the mean, and the most.
  package private(set) var meanChain = 0.0
  package private(set) var mostChain = 0

  /// Counts over the requests of a workload, their attributes classified.
  package init(_ workload: Workload) {
    let prepared = workload.prepared
    let grants = workload.subjects.map { $0.grantNumbers }
    let bits = BitLoop(workload, Array(workload.requests.indices))
    var bytes = 0
    var chain = 0
    for index in prepared.indices {
      // The subject's handle (24 bytes of it), the action's, and a word of cells.
      var read = Trace(bytes: 24 + 8 + 8, chain: 2)
      if bits.cell(index) == 3 {
        // The header, a word of what is allowed already, the link and the route.
        read.bytes += 128 + 8 + 16 + 4
        let tables = workload.engine.tables
        let classes = prepared[index].classNumbers
        let action = tables.actions[workload.requests[index].action.position]
        let all = grants[Int(workload.subjectOf[index])]
        if let table = all.count == 1 ? all[0].quickTable(tables, action) : nil {
          read.addQuick(table)
        } else {
          read.bytes += 4 + 32
          for grant in all { read.add(tables, grant, action, classes) }
        }
      }
      bytes += read.bytes
      chain += read.chain
      mostBytes = max(mostBytes, read.bytes)
      mostChain = max(mostChain, read.chain)
    }
    meanBytes = Double(bytes) / Double(max(1, prepared.count))
    meanChain = Double(chain) / Double(max(1, prepared.count))
  }
}

extension GrantNumbers {
  /// The table of an open cell that this grant alone leaves open, if its line holds all of it.
  fileprivate func quickTable(_ tables: Tables, _ action: ActionRecord) -> TableRecord? {
    guard truth == 2, condition == ArtifactFormat.none, low == 0, high == ArtifactFormat.none else {
      return nil
    }
    let page = tables.pages[Int(policy) * tables.services.count + Int(action.service)]
    let plane = tables.planes[Int(page) + Int(action.word)]
    let rank = (plane.change & (UInt64.max >> UInt64(63 - action.bit))).nonzeroBitCount
    let table = tables.tables[tables.cells[Int(plane.base) + rank - 1]]
    let isQuick =
      table.form == 0 && table.readers.count <= 4
      && table.readers.range.allSatisfy { tables.maps[tables.readers[$0].map].runs == 0 }
    return isQuick ? table : nil
  }
}

/// What one decision reads.
private struct Trace {
  var bytes: Int
  var chain: Int

  /// Adds a table that was found when the subject was prepared.
  mutating func addQuick(_ table: TableRecord) {
    // The line; a class and a value of each reader; the outcome.
    bytes += 64 + 8 * Int(table.readers.count) + 1
    // The handle, the header, the link, the route, the line, a class, a value, the outcome.
    chain = max(chain, table.readers.count == 0 ? 6 : 8)
  }

  /// Adds a grant: its record (32 bytes), the page, the plane, and the table of an open cell.
  mutating func add(
    _ tables: Tables,
    _ grant: GrantNumbers,
    _ action: ActionRecord,
    _ classes: [UInt32]
  ) {
    bytes += 32 + 4 + 32
    // The handle, the header, the grant, the page, the plane.
    var depth = 5
    let page = tables.pages[Int(grant.policy) * tables.services.count + Int(action.service)]
    let plane = tables.planes[Int(page) + Int(action.word)]
    let bit = UInt64(action.bit)
    if plane.low >> bit & plane.high >> bit & 1 == 1 {
      let rank = (plane.change & (UInt64.max >> (63 - bit))).nonzeroBitCount
      bytes += 4
      depth += 1 + addTable(tables, tables.cells[Int(plane.base) + rank - 1], classes)
    }
    if grant.condition != ArtifactFormat.none { _ = addTable(tables, grant.condition, classes) }
    chain = max(chain, depth)
  }

  /// Adds a table, and returns the length of its chain.
  private mutating func addTable(_ tables: Tables, _ table: UInt32, _ classes: [UInt32]) -> Int {
    let record = tables.tables[table]
    bytes += 16
    guard record.form == 0 else { return 1 + addDiagram(tables, record.root, classes) }
    var depth = 0
    for reader in record.readers.range {
      let map = tables.maps[tables.readers[reader].map]
      let reads = map.runs > 0 ? 1 + Int(map.runs).bitWidth - Int(map.runs).leadingZeroBitCount : 1
      bytes += 8 + 4 + 16 + 4 * reads
      depth = max(depth, 2 + reads)
    }
    bytes += 1
    return 1 + depth + 1
  }

  private mutating func addDiagram(_ tables: Tables, _ root: UInt32, _ classes: [UInt32]) -> Int {
    var reference = root
    var depth = 0
    while reference > 2 {
      let node = tables.nodes[reference - 3]
      let map = tables.maps[node.map]
      let number = classes[Int(node.slot)]
      var next = map.offset + number
      if map.runs > 0 {
        let runs = (0..<Int(map.runs)).prefix { tables.mapValues[Int(map.offset) + $0] <= number }
        next = map.offset + UInt32(runs.count - 1) + map.runs
      }
      bytes += 8 + 4 + 16 + 4
      depth += 3
      reference = tables.mapValues[next]
    }
    return depth
  }
}
