/// Splits what a client sends into messages (LSP 3.17, "Base Protocol").
///
/// A message is a header of lines that end with CR LF, an empty line, and as many bytes as
/// `Content-Length` says. After a header that cannot be read, reading goes on at the next
/// `Content-Length`, so that one bad message costs no other.
package struct FrameReader {
  package enum Event: Equatable, Sendable {
    case message([UInt8])
    /// What is wrong with bytes that were passed over, in one phrase.
    case malformed(String)
  }

  /// Longer messages are refused: nothing that an editor sends about policies is as long.
  package static let largestMessage = 256 << 20
  /// Longer headers are refused.
  static let largestHeader = 4096

  private static let fieldName = Array("content-length".utf8)
  private var buffer: [UInt8] = []
  /// How much of the buffer has been read.
  private var start = 0
  /// The length of the message whose header has been read.
  private var awaited: Int?
  /// Whether bytes are passed over until a header begins.
  private var isLost = false

  package init() {}

  package mutating func append(_ bytes: [UInt8]) {
    if start > 0 {
      buffer.removeFirst(start)
      start = 0
    }
    buffer += bytes
  }

  /// The next message; nothing where more bytes are needed.
  ///
  /// - Complexity: O(bytes taken).
  package mutating func next() -> Event? {
    if let length = awaited {
      guard buffer.count - start >= length else { return nil }
      let body = Array(buffer[start..<start + length])
      start += length
      awaited = nil
      return .message(body)
    }
    if isLost, !findHeader() { return nil }
    guard let end = headerEnd() else {
      guard buffer.count - start > Self.largestHeader else { return nil }
      return lose("a header has more than \(Self.largestHeader) bytes")
    }
    guard let length = Self.contentLength(buffer[start..<end.text]) else {
      return lose("a header has no `Content-Length` that is a number")
    }
    guard length <= Self.largestMessage else {
      return lose("a message has more than \(Self.largestMessage) bytes")
    }
    start = end.next
    awaited = length
    return next()
  }

  private mutating func lose(_ why: String) -> Event {
    // At least one byte is passed over, so that the same header is not found again.
    start = min(start + 1, buffer.count)
    isLost = true
    return .malformed(why)
  }

  /// Moves to the next `Content-Length`; false where there is none yet.
  private mutating func findHeader() -> Bool {
    let name = Self.fieldName
    var place = start
    while place + name.count <= buffer.count {
      if Self.lowercased(buffer[place]) == name[0],
        buffer[place..<place + name.count].map(Self.lowercased) == name
      {
        start = place
        isLost = false
        return true
      }
      place += 1
    }
    start = max(start, place)
    return false
  }

  /// Where the header's text ends, and where the body begins.
  private func headerEnd() -> (text: Int, next: Int)? {
    var place = start
    let last = min(buffer.count, start + Self.largestHeader)
    while place < last {
      if buffer[place] == UInt8(ascii: "\n") {
        let rest = buffer[(place + 1)..<min(buffer.count, place + 3)]
        if rest.first == UInt8(ascii: "\n") { return (place, place + 2) }
        if rest.elementsEqual([UInt8(ascii: "\r"), UInt8(ascii: "\n")]) {
          return (place, place + 3)
        }
      }
      place += 1
    }
    return nil
  }

  private static func contentLength(_ header: ArraySlice<UInt8>) -> Int? {
    for line in header.split(separator: UInt8(ascii: "\n")) {
      let parts = line.split(
        separator: UInt8(ascii: ":"),
        maxSplits: 1,
        omittingEmptySubsequences: false
      )
      guard parts.count == 2, parts[0].map(lowercased) == fieldName else { continue }
      let text = String(decoding: parts[1], as: UTF8.self).filter { !$0.isWhitespace }
      guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
      return Int(text)
    }
    return nil
  }

  private static func lowercased(_ byte: UInt8) -> UInt8 {
    (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
  }
}
