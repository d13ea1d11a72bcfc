package import PolicySource

/// A change of a file as `diff -u` writes it (IEEE Std 1003.1-2008, diff, "Diff -u or -U Output
/// Format"); `patch -p0` makes it.
package enum UnifiedDiff {
  package enum Kind: Sendable {
    /// The names of the file, and the places of what follows.
    case heading
    case context, removed, added
  }

  /// A line without its line break, with its first character.
  package struct Line: Sendable {
    package let kind: Kind
    package let bytes: [UInt8]
  }

  private static let context = 3

  /// The lines of the change that edits make; none without edits.
  ///
  /// - Complexity: O(bytes).
  package static func lines(of edits: [Edit], to source: SourceFile) -> [Line] {
    let changes = source.lineChanges(edits)
    guard !changes.isEmpty else { return [] }
    var writer = Writer(source)
    writer.heading("--- \(source.path)")
    writer.heading("+++ \(source.path)")
    var rest = changes[...]
    while let first = rest.first {
      var count = 1
      var end = first.old.upperBound
      while count < rest.count,
        rest[rest.startIndex + count].old.lowerBound - end <= 2 * context
      {
        end = rest[rest.startIndex + count].old.upperBound
        count += 1
      }
      writer.hunk(rest.prefix(count), through: end)
      rest = rest.dropFirst(count)
    }
    return writer.lines
  }

  private struct Writer {
    let source: SourceFile
    var lines: [Line] = []
    /// By how many lines the new file is longer, before the hunk.
    var shift = 0

    init(_ source: SourceFile) { self.source = source }

    mutating func heading(_ text: String) {
      lines.append(Line(kind: .heading, bytes: Array(text.utf8)))
    }

    mutating func hunk(_ changes: ArraySlice<LineChange>, through last: Int) {
      guard let first = changes.first?.old.lowerBound else { return }
      let start = max(0, first - context)
      let end = min(source.lineCount, last + context)
      let growth = changes.reduce(0) { $0 + $1.new.count - $1.old.count }
      heading(
        "@@ -\(Self.range(start, end - start)) +\(Self.range(start + shift, end - start + growth)) @@"
      )
      shift += growth
      var position = start
      for change in changes {
        for line in position..<change.old.lowerBound { add(.context, source.wholeLine(line)) }
        for line in change.old { add(.removed, source.wholeLine(line)) }
        for line in change.new { add(.added, line) }
        position = change.old.upperBound
      }
      for line in position..<end { add(.context, source.wholeLine(line)) }
    }

    /// A range without lines is named by the line before it.
    private static func range(_ start: Int, _ count: Int) -> String {
      "\(count == 0 ? start : start + 1),\(count)"
    }

    private mutating func add(_ kind: Kind, _ line: ArraySlice<UInt8>) {
      let mark: UInt8 =
        switch kind {
        case .removed: UInt8(ascii: "-")
        case .added: UInt8(ascii: "+")
        default: UInt8(ascii: " ")
        }
      let isEnded = line.last == UInt8(ascii: "\n")
      lines.append(Line(kind: kind, bytes: [mark] + line.dropLast(isEnded ? 1 : 0)))
      if !isEnded { heading("\\ No newline at end of file") }
    }
  }
}
