extension Validation {
  /// Maps: one after the other, none of their values above what they say.
  func maps() throws(ArtifactError) {
    var cursor = 0
    for index in tables.maps.indices {
      let map = tables.maps[index]
      let (runs, classes) = (Int(map.runs), Int(map.classCount))
      let length = runs == 0 ? classes : 2 * runs
      try expect(
        Int(map.offset) == cursor && classes > 0 && cursor + length <= tables.mapValues.count,
        .maps,
        "map \(index) is not there"
      )
      for position in 0..<runs {
        let first = Int(tables.mapValues[cursor + position])
        let before = position == 0 ? -1 : Int(tables.mapValues[cursor + position - 1])
        try expect(
          position == 0 ? first == 0 : first > before && first < classes,
          .maps,
          "map \(index) is out of order"
        )
      }
      var highest: UInt32 = 0
      for position in (cursor + runs)..<(cursor + length) {
        highest = max(highest, tables.mapValues[position])
      }
      try expect(highest == map.highest, .maps, "map \(index) goes higher than it says")
      cursor += length
    }
    try expect(cursor == tables.mapValues.count, .mapValues, "some belong to no map")
  }

  /// Decision tables and diagrams.
  func decisionTables() throws(ArtifactError) {
    for index in tables.readers.indices { try reader(tables.readers[index], .readers) }
    for index in tables.nodes.indices {
      let node = tables.nodes[index]
      try reader(node, .nodes)
      // Children are constants or earlier nodes, so that every walk ends.
      try expect(
        Int(tables.maps[node.map].highest) < index + 3,
        .nodes,
        "node \(index) leads nowhere"
      )
    }
    var cursor = 0
    for index in tables.tables.indices {
      let table = tables.tables[index]
      try checkConsecutive(table.readers, &cursor, .tables)
      try expect(cursor <= tables.readers.count, .tables, "readers are not there")
      switch table.form {
      case 0:
        var highest = 0
        for position in table.readers.range {
          highest += Int(tables.maps[tables.readers[position].map].highest)
          try expect(highest <= Int(UInt32.max), .tables, "table \(index) is too large")
        }
        try expect(
          Int(table.root) + highest / 4 < tables.outcomes.count,
          .tables,
          "the outcomes of table \(index) are not there"
        )
      case 1:
        try expect(
          table.readers.count == 0 && Int(table.root) < tables.nodes.count + 3,
          .tables,
          "the root of table \(index) is not there"
        )
      default: throw .inconsistent(section: ArtifactSection.tables.name, "a form is unknown")
      }
    }
    try expect(cursor == tables.readers.count, .readers, "some belong to no table")
    for index in tables.outcomes.indices {
      let byte = tables.outcomes[index]
      try expect(byte & byte >> 1 & 0x55 == 0, .outcomes, "an outcome is unknown")
    }
  }

  private func reader(
    _ reader: ReaderRecord,
    _ section: ArtifactSection
  ) throws(ArtifactError) {
    try expect(
      Int(reader.slot) < tables.variables.count && Int(reader.map) < tables.maps.count
        && tables.maps[reader.map].classCount == tables.variables[reader.slot],
      section,
      "a variable is not there"
    )
  }
}
