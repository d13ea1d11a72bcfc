/// The position of a file in its `SourceMap`.
package struct FileID: Hashable, Comparable, Sendable {
  package let position: UInt32

  package init(_ position: Int) {
    self.position = UInt32(position)
  }

  package static func < (left: FileID, right: FileID) -> Bool {
    left.position < right.position
  }
}

/// A run of bytes in one file of a source map.
package struct SourceSpan: Hashable, Comparable, Sendable {
  package let file: FileID
  /// Offset of the first byte.
  package let lower: UInt32
  /// Offset after the last byte; equal to `lower` for a point between two bytes.
  package let upper: UInt32

  package init(file: FileID, lower: UInt32, upper: UInt32) {
    self.file = file
    self.lower = lower
    self.upper = max(lower, upper)
  }

  /// The smallest span that covers both; they must be in one file.
  package func union(_ other: SourceSpan) -> SourceSpan {
    SourceSpan(file: file, lower: min(lower, other.lower), upper: max(upper, other.upper))
  }

  /// The point at the end of this span.
  package var end: SourceSpan { SourceSpan(file: file, lower: upper, upper: upper) }

  /// The point at the start of this span.
  package var start: SourceSpan { SourceSpan(file: file, lower: lower, upper: lower) }

  package static func < (left: SourceSpan, right: SourceSpan) -> Bool {
    (left.file, left.lower, left.upper) < (right.file, right.lower, right.upper)
  }
}

/// A place for people: both numbers count from 1.
package struct LineColumn: Hashable, Sendable {
  package let line: Int
  /// Unicode scalars from the start of the line, plus 1.
  package let column: Int
}

/// One file of policy text: its bytes as they were read, and where its lines start.
package struct SourceFile: Sendable {
  /// The path shown to people, as it was given or found; never made absolute.
  package let path: String
  package let bytes: [UInt8]
  /// Offset of the first byte of every line; never empty.
  package let lineStarts: [UInt32]

  /// - Complexity: O(bytes).
  package init(path: String, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
    var starts: [UInt32] = [0]
    for (offset, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") {
      starts.append(UInt32(offset) + 1)
    }
    lineStarts = starts
  }

  package init(path: String, text: String) {
    self.init(path: path, bytes: Array(text.utf8))
  }

  /// The number of the line (from 0) that holds the byte at an offset.
  ///
  /// - Complexity: O(log lines).
  package func lineIndex(of offset: UInt32) -> Int {
    var low = 0
    var high = lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    return low
  }

  /// The bytes of a line (from 0) without its line break.
  package func lineBytes(_ index: Int) -> ArraySlice<UInt8> {
    let start = Int(lineStarts[index])
    var end = index + 1 < lineStarts.count ? Int(lineStarts[index + 1]) - 1 : bytes.count
    if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    return bytes[start..<end]
  }

  /// Where an offset is, for people.
  ///
  /// Bytes that are not UTF-8 count one column each.
  package func place(of offset: UInt32) -> LineColumn {
    let offset = min(offset, UInt32(bytes.count))
    let line = lineIndex(of: offset)
    let before = bytes[Int(lineStarts[line])..<Int(offset)]
    return LineColumn(
      line: line + 1,
      column: String(decoding: before, as: UTF8.self)
        .unicodeScalars.count + 1
    )
  }

  /// The text of a run of bytes; invalid UTF-8 is replaced by U+FFFD.
  package func text(_ lower: UInt32, _ upper: UInt32) -> String {
    let low = min(Int(lower), bytes.count)
    return String(decoding: bytes[low..<max(low, min(Int(upper), bytes.count))], as: UTF8.self)
  }
}

/// The files of one policy set, in the byte order of their paths.
package struct SourceMap: Sendable {
  package let files: [SourceFile]

  /// Sorts the files, so that the order in which they were found changes nothing.
  package init(_ files: [SourceFile]) {
    self.files = files.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
  }

  /// The same files but for one that has other bytes.
  package func replacing(_ file: FileID, with bytes: [UInt8]) -> SourceMap {
    var files = files
    let old = files[Int(file.position)]
    files[Int(file.position)] = SourceFile(path: old.path, bytes: bytes)
    return SourceMap(sorted: files)
  }

  private init(sorted files: [SourceFile]) { self.files = files }

  package subscript(file: FileID) -> SourceFile { files[Int(file.position)] }

  package var ids: [FileID] { files.indices.map { FileID($0) } }

  package func text(_ span: SourceSpan) -> String {
    self[span.file].text(span.lower, span.upper)
  }

  package func place(_ span: SourceSpan) -> LineColumn {
    self[span.file].place(of: span.lower)
  }

  /// `path:line:column` of the start of a span.
  package func description(_ span: SourceSpan) -> String {
    let place = place(span)
    return "\(self[span.file].path):\(place.line):\(place.column)"
  }
}

/// A value together with everything that was wrong with its source.
package struct Staged<Value: Sendable>: Sendable {
  package let value: Value
  package let diagnostics: [Diagnostic]

  package init(_ value: Value, _ diagnostics: [Diagnostic]) {
    self.value = value
    self.diagnostics = diagnostics
  }
}
