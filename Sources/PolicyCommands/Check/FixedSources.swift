import PolicySource

/// Sources with fixes applied.
struct FixedSources {
  private(set) var sources: SourceMap

  init(_ sources: SourceMap) { self.sources = sources }

  /// The first so many fixes that overlap none before them; each is applied whole or not at all.
  static func compatible(_ fixes: [Fix], atMost count: Int) -> [Fix] {
    var taken: [Fix] = []
    var edits: [FileID: [SourceSpan]] = [:]
    for fix in fixes where taken.count < count && isConsistent(fix) {
      let isFree = fix.edits.allSatisfy { edit in
        edits[edit.span.file, default: []].allSatisfy { !touches($0, edit.span) }
      }
      guard isFree else { continue }
      taken.append(fix)
      for edit in fix.edits { edits[edit.span.file, default: []].append(edit.span) }
    }
    return taken
  }

  /// Applies fixes that do not overlap.
  ///
  /// - Complexity: O(bytes of the files that change + n log n).
  mutating func apply(_ fixes: [Fix]) {
    let edits = Dictionary(grouping: fixes.flatMap(\.edits), by: \.span.file)
    sources = SourceMap(
      sources.ids.map { id in
        guard let edits = edits[id] else { return sources[id] }
        return sources[id].applying(edits)
      }
    )
  }

  /// Whether the edits of a fix are in the file and apart from each other.
  private static func isConsistent(_ fix: Fix) -> Bool {
    let spans = fix.edits.map(\.span).sorted()
    return !spans.isEmpty && !zip(spans, spans.dropFirst()).contains { touches($0, $1) }
  }

  /// Whether two spans have a byte in common, or one of them inserts where the other begins or ends:
  /// the order would then matter.
  private static func touches(_ left: SourceSpan, _ right: SourceSpan) -> Bool {
    guard left.file == right.file else { return false }
    if left.lower == left.upper || right.lower == right.upper {
      return left.lower <= right.upper && right.lower <= left.upper
    }
    return left.lower < right.upper && right.lower < left.upper
  }
}

extension SourceFile {
  /// The file after edits that do not overlap, in any order.
  func applying(_ edits: [Edit]) -> SourceFile {
    var result: [UInt8] = []
    var position = 0
    for edit in edits.sorted(by: { $0.span < $1.span }) {
      let lower = min(Int(edit.span.lower), bytes.count)
      result += bytes[position..<max(position, lower)]
      result += edit.replacement.utf8
      position = max(position, min(Int(edit.span.upper), bytes.count))
    }
    return SourceFile(path: path, bytes: result + bytes[position...])
  }

  /// The edits, by whole lines, that make another file of this one.
  func edits(to other: SourceFile, file: FileID) -> [Edit] {
    func offset(_ line: Int, in source: SourceFile) -> UInt32 {
      line < source.lineStarts.count ? source.lineStarts[line] : UInt32(source.bytes.count)
    }
    return LineDifference.changes(from: self, to: other).map { change in
      let span = SourceSpan(
        file: file,
        lower: offset(change.old.lowerBound, in: self),
        upper: offset(change.old.upperBound, in: self)
      )
      let lower = offset(change.new.lowerBound, in: other)
      return Edit(span, other.text(lower, offset(change.new.upperBound, in: other)))
    }
  }
}
