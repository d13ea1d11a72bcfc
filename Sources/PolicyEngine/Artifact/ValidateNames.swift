extension Validation {
  /// Every name is found by its hash, and every declaration by its name.
  func names() throws(ArtifactError) {
    let count = tables.names.count
    try expect(
      tables.displacements.count == PerfectHash.bucketCount(count),
      .displacements,
      "their number is not that of the names"
    )
    var found = [Int](repeating: 0, count: Int(NameSpace.constants))
    var length = 0
    for slot in tables.names.indices {
      let record = tables.names[slot]
      try check(record.text, .names)
      // Each is hashed, so that many names of one long text would be more work than the file is long.
      length += Int(record.text.length)
      try expect(length <= tables.text.count, .names, "they are longer than all texts together")
      let range = Int(record.text.offset)..<Int(record.text.offset) + Int(record.text.length)
      let hash = unsafe tables.text.withElements(range) {
        unsafe ArtifactHash.name(
          UnsafeRawBufferPointer($0),
          space: record.space,
          seed: tables.summary[SummaryField.hashSeed.rawValue]
        )
      }
      let bucket = PerfectHash.bucket(hash, of: tables.displacements.count)
      let place = PerfectHash.slot(hash, displacement: tables.displacements[bucket], of: count)
      try expect(place == slot, .names, "name \(slot) is not where its hash says")
      guard record.space < NameSpace.constants else { continue }
      found[Int(record.space)] += 1
      try declaration(record)
    }
    for (space, expected) in [
      (NameSpace.action, tables.actions.count), (NameSpace.policy, tables.policies.count),
      (NameSpace.unit, tables.units.count), (NameSpace.group, tables.groups.count),
    ] {
      try expect(found[Int(space)] == expected, .names, "declarations are not all named")
    }
    try expect(
      found[Int(NameSpace.user)] + found[Int(NameSpace.serviceAccount)]
        == tables.principals.count,
      .names,
      "principals are not all named"
    )
  }

  /// A name is that of the declaration it leads to.
  private func declaration(_ record: NameRecord) throws(ArtifactError) {
    let index = Int(record.index)
    func check(
      _ count: Int,
      _ name: (Int) -> TextRef
    ) throws(ArtifactError) {
      try expect(index < count, .names, "a name leads nowhere")
      let declared = name(index)
      try self.check(declared, .names)
      try expect(same(declared, record.text), .names, "a name leads to another one")
    }
    switch record.space {
    case NameSpace.action: try check(tables.actions.count) { tables.actions[$0].name }
    case NameSpace.policy: try check(tables.policies.count) { tables.policies[$0].name }
    case NameSpace.unit: try check(tables.units.count) { tables.units[$0].path }
    case NameSpace.group: try check(tables.groups.count) { tables.groups[$0].name }
    case NameSpace.user, NameSpace.serviceAccount:
      try expect(index < tables.principals.count, .names, "a principal is not there")
    case NameSpace.principalAttribute...NameSpace.resourceAttribute:
      try check(tables.attributes.count) { tables.attributes[$0].name }
      try expect(
        tables.attributes[index].space == record.space - NameSpace.principalAttribute,
        .names,
        "an attribute is in another space"
      )
    default: throw .inconsistent(section: ArtifactSection.names.name, "a name space is unknown")
    }
  }

  private func same(_ left: TextRef, _ right: TextRef) -> Bool {
    left.length == right.length
      && (left.offset == right.offset
        || (0..<Int(left.length)).allSatisfy {
          tables.text[Int(left.offset) + $0] == tables.text[Int(right.offset) + $0]
        })
  }
}
