/// Which lines of a text became which.
package enum LineDifference {
  /// Lines of the old text that were replaced by lines of the new one, numbered from 0.
  package struct Change: Hashable, Sendable {
    package let old: Range<Int>
    package let new: Range<Int>
  }

  /// Texts with more lines than this between their common ends are one change: the search for the
  /// shortest script takes time proportional to lines × differences.
  private static let longest = 4000

  /// The changes between two files, in order.
  ///
  /// Common lines at both ends are passed over, and the shortest script is found for what is between
  /// (Myers 1986, as the standard library has it).
  /// - Complexity: O(bytes + lines × differences), and O(bytes) beyond 4,000 lines between.
  package static func changes(from old: SourceFile, to new: SourceFile) -> [Change] {
    let before = lines(of: old)
    let after = lines(of: new)
    var start = 0
    while start < before.count, start < after.count, before[start] == after[start] { start += 1 }
    var ends = (before.count, after.count)
    while ends.0 > start, ends.1 > start, before[ends.0 - 1] == after[ends.1 - 1] {
      ends = (ends.0 - 1, ends.1 - 1)
    }
    if start == ends.0, start == ends.1 { return [] }
    guard ends.0 - start <= longest, ends.1 - start <= longest else {
      return [Change(old: start..<ends.0, new: start..<ends.1)]
    }
    let script = after[start..<ends.1].difference(from: before[start..<ends.0])
    let removed = Set(script.removals.map { $0.position + start })
    let inserted = Set(script.insertions.map { $0.position + start })
    var changes: [Change] = []
    var (left, right) = (start, start)
    while left < ends.0 || right < ends.1 {
      let first = (left, right)
      while removed.contains(left) { left += 1 }
      while inserted.contains(right) { right += 1 }
      if first != (left, right) {
        changes.append(Change(old: first.0..<left, new: first.1..<right))
      } else {
        (left, right) = (left + 1, right + 1)
      }
    }
    return changes
  }

  /// The lines with their line breaks; what follows the last break only where there is something.
  private static func lines(of file: SourceFile) -> [ArraySlice<UInt8>] {
    let starts = file.lineStarts.map(Int.init)
    var lines = starts.indices.map { index in
      file.bytes[starts[index]..<(index + 1 < starts.count ? starts[index + 1] : file.bytes.count)]
    }
    if lines.last?.isEmpty == true { lines.removeLast() }
    return lines
  }
}

extension CollectionDifference.Change {
  fileprivate var position: Int {
    switch self {
    case .insert(let offset, _, _), .remove(let offset, _, _): offset
    }
  }
}
