extension Validation {
  /// A derived variable reads only variables before it, so that they can be worked out in order, and
  /// that whoever follows them back comes to an end.
  ///
  /// - Complexity: O(readers + nodes + values of maps).
  func derivations() throws(ArtifactError) {
    guard tables.derivations.count > 0 else { return }
    let ends = endsOfNodes()
    let first = tables.variables.count - tables.derivations.count
    for index in tables.derivations.indices {
      let table = tables.tables[tables.derivations[index]]
      var end = 0
      if table.form == 1 {
        if table.root > 2 { end = Int(ends[Int(table.root) - 3]) }
      } else {
        for position in table.readers.range {
          end = max(end, Int(tables.readers[position].slot) + 1)
        }
      }
      try expect(
        end <= first + index,
        .derivations,
        "variable \(first + index) is derived from itself or a later one"
      )
    }
  }

  /// For each node, the number that all variables are below which it and the nodes under it read.
  ///
  /// Nodes come behind their children. Many may have one map, which is gone through once.
  private func endsOfNodes() -> [UInt32] {
    var ends = [UInt32](repeating: 0, count: tables.nodes.count)
    var endsOfMaps = [UInt32?](repeating: nil, count: tables.maps.count)
    for index in tables.nodes.indices {
      let node = tables.nodes[index]
      var end = endsOfMaps[Int(node.map)] ?? 0
      if endsOfMaps[Int(node.map)] == nil {
        for position in tables.maps[node.map].values where tables.mapValues[position] > 2 {
          end = max(end, ends[Int(tables.mapValues[position]) - 3])
        }
        endsOfMaps[Int(node.map)] = end
      }
      ends[index] = max(end, node.slot + 1)
    }
    return ends
  }
}
