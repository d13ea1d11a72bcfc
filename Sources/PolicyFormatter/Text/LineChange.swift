package import PolicySource

/// Lines of a file that are replaced by others; both with their line breaks.
package struct LineChange: Hashable, Sendable {
  /// The numbers of the old lines, from 0.
  package var old: Range<Int>
  package var new: [ArraySlice<UInt8>]
}

extension SourceFile {
  /// The bytes of a line (from 0) with its line break.
  package func wholeLine(_ index: Int) -> ArraySlice<UInt8> {
    let end = index + 1 < lineStarts.count ? Int(lineStarts[index + 1]) : bytes.count
    return bytes[Int(lineStarts[index])..<end]
  }

  /// How many lines there are, an empty one at the end not counted.
  package var lineCount: Int {
    lineStarts.count - (Int(lineStarts[lineStarts.count - 1]) == bytes.count ? 1 : 0)
  }

  /// The lines that edits change, which are given in order and without overlap.
  ///
  /// - Complexity: O(bytes).
  package func lineChanges(_ edits: [Edit]) -> [LineChange] {
    var changes: [LineChange] = []
    var rest = edits[...]
    while let first = rest.first {
      let start = lineIndex(of: first.span.lower)
      var end = start
      var group = 0
      while group < rest.count {
        let edit = rest[rest.startIndex + group]
        guard group == 0 || lineIndex(of: edit.span.lower) <= end else { break }
        end = max(end, lastLine(of: edit))
        group += 1
      }
      let change = change(of: start...end, by: rest.prefix(group))
      rest = rest.dropFirst(group)
      guard !change.old.isEmpty || !change.new.isEmpty else { continue }
      if let last = changes.last, last.old.upperBound == change.old.lowerBound {
        changes[changes.count - 1].old = last.old.lowerBound..<change.old.upperBound
        changes[changes.count - 1].new += change.new
      } else {
        changes.append(change)
      }
    }
    return changes
  }

  /// The last line that an edit changes; one that ends with a whole line leaves the next as it is.
  private func lastLine(of edit: Edit) -> Int {
    let last = lineIndex(of: edit.span.upper)
    guard lineStarts[last] == edit.span.upper else { return last }
    let first = lineIndex(of: edit.span.lower)
    let isWhole =
      edit.replacement.utf8.last.map { $0 == UInt8(ascii: "\n") }
      ?? (lineStarts[first] == edit.span.lower)
    return isWhole ? max(first, last - 1) : last
  }

  private func change(of lines: ClosedRange<Int>, by edits: ArraySlice<Edit>) -> LineChange {
    var text: [UInt8] = []
    var position = Int(lineStarts[lines.lowerBound])
    for edit in edits {
      text += bytes[position..<Int(edit.span.lower)]
      text += edit.replacement.utf8
      position = Int(edit.span.upper)
    }
    text += bytes[position..<wholeLine(lines.upperBound).endIndex]
    var old = lines.lowerBound..<min(lines.upperBound + 1, lineCount)
    var new = Self.lines(of: text)[...]
    while let line = new.first, !old.isEmpty, line == wholeLine(old.lowerBound) {
      old.removeFirst()
      new.removeFirst()
    }
    while let line = new.last, !old.isEmpty, line == wholeLine(old.upperBound - 1) {
      old.removeLast()
      new.removeLast()
    }
    return LineChange(old: old, new: Array(new))
  }

  private static func lines(of text: [UInt8]) -> [ArraySlice<UInt8>] {
    var lines: [ArraySlice<UInt8>] = []
    var rest = text[...]
    while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
      lines.append(rest[...end])
      rest = rest[(end + 1)...]
    }
    if !rest.isEmpty { lines.append(rest) }
    return lines
  }
}
