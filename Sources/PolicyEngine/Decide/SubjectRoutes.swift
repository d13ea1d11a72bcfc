/// Where the open cells of a word have their tables.
struct SubjectLink: BitwiseCopyable {
  /// Open cells whose route is not that of the open cell before.
  let change: UInt64
  /// The position in the routes of the first change.
  let base: UInt64
}

/// The tables of a subject's open cells, found when it is prepared.
///
/// Where one policy alone leaves a cell open, its table decides it, and the way to that (grant, page,
/// plane, cell) is gone once and for all. A route of `ArtifactFormat.none` is for cells of which more
/// is to be asked: several policies, units, conditions of assignments, tables that are not quick.
struct SubjectRoutes {
  private(set) var links: [SubjectLink] = []
  private(set) var routes: [UInt32] = []
  private let cells: Section<UInt32>
  private let shortcuts: Shortcuts

  init(_ tables: Tables, _ shortcuts: Shortcuts) {
    cells = tables.cells
    self.shortcuts = shortcuts
  }

  /// What policies leave open in a word.
  struct Word {
    /// For each policy, the cells that it alone may leave open.
    var owners: [(bits: UInt64, plane: PlaneRecord)] = []
    /// Cells of which more is to be asked.
    var mixed: UInt64 = 0
    private var owned: UInt64 = 0

    /// Adds cells whose tables are those of a plane.
    mutating func add(_ bits: UInt64, of plane: PlaneRecord) {
      guard bits != 0 else { return }
      mixed |= bits & owned
      owned |= bits
      owners.append((bits, plane))
    }
  }

  /// Adds the next word, of which some cells are open.
  ///
  /// - Complexity: O(policies × changes of tables).
  mutating func add(_ word: Word?, open: UInt64) {
    var change: UInt64 = 0
    let base = routes.count
    var rest = open
    while rest != 0 {
      let lowest = rest & (0 &- rest)
      let (table, end) = route(of: lowest, in: word, rest)
      // The lowest end is where the run is over; without one it holds all the rest.
      rest &= ~((end & (0 &- end)) &- 1)
      if routes.count == base || routes.last != table {
        change |= lowest
        routes.append(table)
      }
    }
    links.append(SubjectLink(change: change, base: UInt64(base)))
  }

  /// The route of a cell, and the cells above it that may have others.
  private func route(
    of lowest: UInt64,
    in word: Word?,
    _ rest: UInt64
  ) -> (table: UInt32, end: UInt64) {
    let above = ~(lowest | (lowest &- 1))
    guard let word, word.mixed & lowest == 0,
      let owner = word.owners.first(where: { $0.bits & lowest != 0 })
    else { return (ArtifactFormat.none, rest & ~(word?.mixed ?? .max) & above) }
    let bit = UInt32(lowest.trailingZeroBitCount)
    let table = owner.plane.table(bit, in: cells)
    return (
      unsafe shortcuts.tables[Int(table)].isQuick != 0 ? table : ArtifactFormat.none,
      (owner.plane.change | rest & (~owner.bits | word.mixed)) & above
    )
  }
}
