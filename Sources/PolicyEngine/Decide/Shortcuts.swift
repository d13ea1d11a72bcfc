/// A decision table with what its readers say in the same cache line.
///
/// The sum over four readers is then four loads that depend on nothing but the line and the classes,
/// without a branch: a reader that the table does not have reads the first value there is, and its
/// mask takes it away.
struct QuickTable: BitwiseCopyable {
  struct Part: BitwiseCopyable {
    var slot: UInt32 = 0
    /// Where the dense map begins in `mapValues`.
    var offset: UInt32 = 0
    /// All ones; 0 for no reader.
    var mask: UInt32 = 0
  }

  var first = Part()
  var second = Part()
  var third = Part()
  var fourth = Part()
  /// The first outcome's byte.
  var root: UInt32 = 0
  /// 1 for a table that has this form: at most four readers, all with dense maps.
  var isQuick: UInt32 = 0
  /// Fills the line.
  var reserved: UInt64 = 0

  init() {}

  /// The table of a record that the loader has proved.
  init(_ table: TableRecord, in tables: Tables) {
    guard table.form == 0, table.readers.count <= 4, tables.mapValues.count > 0 else { return }
    var parts = [Part](repeating: Part(), count: 4)
    for (place, index) in table.readers.range.enumerated() {
      let reader = tables.readers[index]
      let map = tables.maps[reader.map]
      guard map.runs == 0 else { return }
      parts[place] = Part(slot: reader.slot, offset: map.offset, mask: .max)
    }
    (first, second, third, fourth) = (parts[0], parts[1], parts[2], parts[3])
    root = table.root
    isQuick = 1
  }
}

/// What the loader works out besides what a file says, for decisions to be short.
///
/// - Complexity: O(tables + words of actions); 64 bytes for each table and 4 for each word.
@safe struct Shortcuts: @unchecked Sendable {
  /// As many as there are tables.
  let tables: UnsafePointer<QuickTable>
  /// The action of the first bit of every word of planes that cover all services.
  let wordActions: UnsafePointer<UInt32>

  init(_ sections: Tables) {
    let count = sections.tables.count
    let quick =
      unsafe UnsafeMutableRawPointer
      .allocate(byteCount: max(1, count) * MemoryLayout<QuickTable>.stride, alignment: 64)
      .bindMemory(to: QuickTable.self, capacity: max(1, count))
    for index in 0..<count {
      unsafe (quick + index).initialize(to: QuickTable(sections.tables[index], in: sections))
    }
    let words = sections.summary(.wordCount)
    let actions = UnsafeMutablePointer<UInt32>.allocate(capacity: max(1, words))
    for index in sections.services.indices {
      let service = sections.services[index]
      for (offset, word) in service.words.range.enumerated() {
        unsafe (actions + word).initialize(to: service.actions.start + UInt32(offset) << 6)
      }
    }
    unsafe tables = UnsafePointer(quick)
    unsafe wordActions = UnsafePointer(actions)
  }

  func deallocate() {
    unsafe tables.deallocate()
    unsafe wordActions.deallocate()
  }
}
