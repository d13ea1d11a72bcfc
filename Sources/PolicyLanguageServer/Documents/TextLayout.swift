package import PolicySource

/// Where the lines of a text are, as LSP ends them: at LF, CR LF, or CR alone.
package struct TextLayout: Sendable {
  package let bytes: [UInt8]
  /// Offset of the first byte of every line; never empty.
  private let lineStarts: [UInt32]
  let encoding: PositionEncoding

  /// - Complexity: O(bytes).
  package init(_ source: SourceFile, _ encoding: PositionEncoding) {
    bytes = source.bytes
    self.encoding = encoding
    lineStarts = Self.hasLoneReturn(bytes) ? Self.starts(bytes) : source.lineStarts
  }

  private static func hasLoneReturn(_ bytes: [UInt8]) -> Bool {
    var place = bytes.startIndex
    while let found = bytes[place...].firstIndex(of: UInt8(ascii: "\r")) {
      place = found + 1
      if place == bytes.endIndex || bytes[place] != UInt8(ascii: "\n") { return true }
    }
    return false
  }

  private static func starts(_ bytes: [UInt8]) -> [UInt32] {
    var starts: [UInt32] = [0]
    for (offset, byte) in bytes.enumerated() {
      let isReturn =
        byte == UInt8(ascii: "\r")
        && (offset + 1 == bytes.count || bytes[offset + 1] != UInt8(ascii: "\n"))
      if byte == UInt8(ascii: "\n") || isReturn { starts.append(UInt32(offset) + 1) }
    }
    return starts
  }

  package var lineCount: Int { lineStarts.count }

  /// The byte offset of a position; past the end of a line is its end, past the last line the end.
  ///
  /// - Complexity: O(length of the line).
  package func offset(_ position: TextPosition) -> Int {
    guard position.line < lineStarts.count else { return bytes.count }
    var offset = Int(lineStarts[position.line])
    let end = lineEnd(position.line)
    if encoding == .utf8 { return boundary(min(offset + position.character, end), from: offset) }
    var left = position.character
    while offset < end, left > 0 {
      left -= encoding.units(ofSequence: bytes[offset])
      // In the middle of a surrogate pair is before it.
      if left < 0 { break }
      offset = min(end, offset + step(offset))
    }
    return offset
  }

  /// The position of a byte offset.
  ///
  /// - Complexity: O(length of the line + log lines).
  package func position(_ offset: Int) -> TextPosition {
    let offset = min(max(0, offset), bytes.count)
    var low = 0
    var high = lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    let start = Int(lineStarts[low])
    let end = min(offset, lineEnd(low))
    guard encoding != .utf8 else { return TextPosition(line: low, character: end - start) }
    var units = 0
    var place = start
    while place < end {
      units += encoding.units(ofSequence: bytes[place])
      place += step(place)
    }
    return TextPosition(line: low, character: units)
  }

  package func range(_ span: SourceSpan) -> TextRange {
    TextRange(start: position(Int(span.lower)), end: position(Int(span.upper)))
  }

  /// The whole text.
  var whole: TextRange {
    TextRange(start: TextPosition(line: 0, character: 0), end: position(bytes.count))
  }

  /// The end of a line without its line break.
  private func lineEnd(_ line: Int) -> Int {
    let start = Int(lineStarts[line])
    guard line + 1 < lineStarts.count else { return bytes.count }
    var end = Int(lineStarts[line + 1]) - 1
    if end > start, bytes[end] == UInt8(ascii: "\n"), bytes[end - 1] == UInt8(ascii: "\r") {
      end -= 1
    }
    return end
  }

  /// How far the next character is; a sequence that is cut off counts byte by byte.
  private func step(_ offset: Int) -> Int {
    let length = PositionEncoding.length(bytes[offset])
    guard length > 1, offset + length <= bytes.count else { return 1 }
    for place in offset + 1..<offset + length where bytes[place] & 0xC0 != 0x80 { return 1 }
    return length
  }

  /// The start of the character that an offset is in.
  private func boundary(_ offset: Int, from start: Int) -> Int {
    var offset = offset
    while offset > start, offset < bytes.count, bytes[offset] & 0xC0 == 0x80 { offset -= 1 }
    return offset
  }
}
