import PolicyEngine
import PolicyModel

/// The pages of all policies: bit planes over the actions of one service, each page stored once.
struct PageLayout: Sendable {
  private(set) var pages: [UInt32] = []
  private(set) var planes: [PlaneRecord] = []
  private(set) var cells: [UInt32] = []
  /// Whether some cell of a policy is conditional.
  private(set) var isConditional: [Bool] = []
  private(set) var pageCount = 0
  private var known: [[UInt64]: UInt32] = [:]

  /// - Complexity: O(policies × services + words of pages + runs of cells).
  init(_ diagrams: PolicyDiagrams, _ services: [Range<Int>], _ tableOf: [Diagram: UInt32]) {
    var empty: [Int: UInt32] = [:]
    for policy in diagrams.cells.indices {
      let runs = diagrams.cells[policy]
      isConditional.append(runs.contains { !$0.cell.isConstant })
      var next = 0
      for actions in services {
        while next < runs.count, runs[next].actions.upperBound <= actions.lowerBound { next += 1 }
        let words = (actions.count + 63) / 64
        guard next < runs.count, runs[next].actions.lowerBound < actions.upperBound else {
          if empty[words] == nil { empty[words] = add(Page(words: words)) }
          pages.append(empty[words] ?? 0)
          continue
        }
        var page = Page(words: words)
        var index = next
        while index < runs.count, runs[index].actions.lowerBound < actions.upperBound {
          let part = runs[index].actions.clamped(to: actions)
          page.set(
            part.lowerBound - actions.lowerBound..<part.upperBound - actions.lowerBound,
            runs[index].cell,
            tableOf[runs[index].cell] ?? 0
          )
          index += 1
        }
        pages.append(add(page))
      }
    }
  }

  /// The first plane of a page.
  private mutating func add(_ page: Page) -> UInt32 {
    var key = [UInt64(page.low.count)] + page.low + page.high + page.change
    key += page.tables.map { UInt64($0) }
    if let found = known[key] { return found }
    let start = UInt32(planes.count)
    var base = UInt64(cells.count)
    for word in page.low.indices {
      planes.append(
        PlaneRecord(
          low: page.low[word],
          high: page.high[word],
          change: page.change[word],
          base: base
        )
      )
      base += UInt64(page.change[word].nonzeroBitCount)
    }
    cells += page.tables
    known[key] = start
    pageCount += 1
    return start
  }
}

/// The cells of one policy for the actions of one service.
private struct Page {
  var low: [UInt64]
  var high: [UInt64]
  var change: [UInt64]
  /// The table after each change.
  var tables: [UInt32] = []

  init(words: Int) {
    low = [UInt64](repeating: 0, count: words)
    high = low
    change = low
  }

  mutating func set(_ range: Range<Int>, _ cell: Diagram, _ table: UInt32) {
    let isAllow = cell == .allow || !cell.isConstant
    let isDeny = cell == .deny || !cell.isConstant
    var position = range.lowerBound
    while position < range.upperBound {
      let word = position / 64
      let end = min(range.upperBound, word * 64 + 64)
      let count = UInt64(end - position)
      let mask: UInt64 = (count == 64 ? .max : (1 << count) - 1) << UInt64(position % 64)
      if isAllow { low[word] |= mask }
      if isDeny { high[word] |= mask }
      position = end
    }
    guard !cell.isConstant, tables.last != table else { return }
    change[range.lowerBound / 64] |= 1 << UInt64(range.lowerBound % 64)
    tables.append(table)
  }
}
