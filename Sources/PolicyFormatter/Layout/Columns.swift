/// The steps of an item of a block whose title, or block without a title, can be aligned with those
/// of its neighbours.
struct Cells {
  enum Kind {
    case title
    /// The brace of attributes, or of a group of actions or units.
    case attributes, group
  }

  /// The step of the first token of its line, annotations apart.
  let start: Int
  /// What the second column holds, and the gap before it.
  var column: (kind: Kind, gap: Int)?
  /// The step after the last.
  var end: Int

  init(start: Int) {
    self.start = start
    end = start
  }
}

/// Aligns the titles in a run of items, and the braces in a run of one-line blocks without titles.
///
/// A blank line ends a run, and so does an item of several lines or of another kind; an item without
/// a title does not end a run of titles. A run that would not fit when aligned stays as it is.
struct Columns {
  private let indent: Int
  private var run: [Cells] = []
  private var kind: Cells.Kind?
  private var padding: [(gap: Int, columns: Int)] = []

  init(indent: Int) { self.indent = indent }

  /// Begins an item, given the gap before it.
  mutating func next(after step: Int, in layout: Layout) {
    if case .gap(let gap) = layout.steps[step], gap.trivia?.hasBlankLine ?? false { endRun(layout) }
  }

  mutating func add(_ cells: Cells, in layout: Layout) {
    guard indent + layout.width(cells.start..<cells.end) <= Printer.limit else {
      return endRun(layout)
    }
    guard let column = cells.column else {
      if kind != .title { endRun(layout) }
      return
    }
    if column.kind != kind { endRun(layout) }
    kind = column.kind
    run.append(cells)
  }

  private mutating func endRun(_ layout: Layout) {
    defer {
      run = []
      kind = nil
    }
    func name(_ cells: Cells) -> Int {
      cells.column.map { layout.width(cells.start..<$0.gap) } ?? 0
    }
    let widest = run.map(name).max() ?? 0
    let fits = run.allSatisfy { cells in
      let width = layout.width(cells.start..<cells.end)
      return indent + width + widest - name(cells) <= Printer.limit
    }
    guard fits else { return }
    for cells in run {
      guard let column = cells.column, name(cells) < widest else { continue }
      padding.append((column.gap, widest - name(cells)))
    }
  }

  /// What is to be added to which gaps.
  mutating func paddings(in layout: Layout) -> [(gap: Int, columns: Int)] {
    endRun(layout)
    return padding
  }
}
