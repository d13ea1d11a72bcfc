import PolicySyntax

/// The steps of a declaration, and how much room they need on a line.
struct Layout {
  private(set) var steps: [Step] = []
  /// The width of all steps before each, without line breaks; a line break that is forced counts as
  /// wider than any line, so that the groups around it are broken.
  private(set) var widths: [Int] = [0]

  static let forcedWidth = 1 << 32

  mutating func append(_ step: Step, width: Int = 0) {
    steps.append(step)
    widths.append(widths[widths.count - 1] + width)
  }

  /// The width of a run of steps on one line.
  func width(_ range: Range<Int>) -> Int { widths[range.upperBound] - widths[range.lowerBound] }

  mutating func pad(_ step: Int, by columns: Int) {
    guard case .gap(var gap) = steps[step] else { return }
    gap.padding = columns
    steps[step] = .gap(gap)
  }

  /// For each step that begins a group, the width of it and of what follows it without a gap to
  /// break at; for each such gap, the width up to the next one of its group.
  ///
  /// Sizes are found in one pass, as in D. Oppen, "Prettyprinting" (1980).
  /// - Complexity: O(steps).
  func extents() -> [Int] {
    var extents = [Int](repeating: 0, count: steps.count)
    /// Where the text that cannot be broken ends, seen from the step after.
    var nextGap = steps.count
    /// For each open group, seen from its end: where the text after its last gap ends, and where
    /// the group's own text ends.
    var levels: [(nextOwn: Int, end: Int)] = [(steps.count, steps.count)]
    for index in steps.indices.reversed() {
      switch steps[index] {
      case .token: break
      case .close: levels.append((nextGap, nextGap))
      case .open:
        let level = levels.removeLast()
        extents[index] = width(index..<level.end)
      case .gap(let gap):
        guard gap.breaking != .never else { continue }
        extents[index] = width(index..<levels[levels.count - 1].nextOwn)
        levels[levels.count - 1].nextOwn = index
        nextGap = index
      }
    }
    return extents
  }
}
