/// Some lines of a stream in a row, to be worked on apart from the others.
package struct LineBlock: Sendable {
  /// Whole lines; the last of the stream may lack its line break.
  package let bytes: [UInt8]
  /// The number of the first line, from 1.
  package let first: Int
  /// Whether the block stands for one line that is longer than any request can be.
  package let isTooLong: Bool

  /// Calls a function with the number of each line, and the line without its line break.
  ///
  /// - Complexity: O(bytes).
  package func forEachLine(_ body: (_ line: Int, _ bytes: ArraySlice<UInt8>) -> Void) {
    var line = first
    var start = 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
      let hasReturn = end > start && bytes[end - 1] == UInt8(ascii: "\r")
      body(line, bytes[start..<(hasReturn ? end - 1 : end)])
      line += 1
      start = end + 1
    }
  }
}

extension LineReader {
  /// The next lines, about so many bytes of them; nil at the end.
  ///
  /// Where a block ends depends on the bytes of the stream alone, never on how they come. A line that
  /// is too long is passed over, and a block says so. Holds no more than a block and one line.
  /// - Complexity: O(bytes of the block).
  package mutating func nextBlock(of size: Int = 1 << 18) throws(FileError) -> LineBlock? {
    let newline = UInt8(ascii: "\n")
    buffer.removeFirst(start)
    start = 0
    var searched = min(size, buffer.count)
    while true {
      if buffer.count >= size || isAtEnd {
        if let end = buffer.prefix(size).lastIndex(of: newline) { return block(upTo: end + 1) }
        if let end = buffer[searched...].firstIndex(of: newline) {
          return end > Self.longest ? tooLong(upTo: end + 1) : block(upTo: end + 1)
        }
        searched = max(searched, buffer.count)
        if buffer.count > Self.longest { return try skipLine() }
        if isAtEnd { return buffer.isEmpty ? nil : block(upTo: buffer.count) }
      }
      let piece = try next()
      isAtEnd = piece.isEmpty
      buffer += piece
    }
  }

  private mutating func block(upTo end: Int) -> LineBlock {
    defer { start = end }
    let first = line + 1
    let bytes = Array(first == 1 ? buffer[..<end].withoutMark : buffer[..<end])
    for byte in bytes where byte == UInt8(ascii: "\n") { line += 1 }
    if bytes.last != UInt8(ascii: "\n") { line += 1 }
    return LineBlock(bytes: bytes, first: first, isTooLong: false)
  }

  private mutating func tooLong(upTo end: Int) -> LineBlock {
    start = end
    line += 1
    return LineBlock(bytes: [], first: line, isTooLong: true)
  }

  /// Passes over a line of which so much is in the buffer that it is too long.
  private mutating func skipLine() throws(FileError) -> LineBlock {
    while true {
      buffer = try next()
      isAtEnd = buffer.isEmpty
      if let end = buffer.firstIndex(of: UInt8(ascii: "\n")) { return tooLong(upTo: end + 1) }
      if isAtEnd { return tooLong(upTo: 0) }
    }
  }
}
