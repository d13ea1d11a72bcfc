/// Reads a stream line by line; holds no more of it than one line and one piece.
package struct LineReader {
  /// Longer lines are refused, so that a stream without line breaks cannot fill the memory.
  package static let longest = 16 << 20
  private static let piece = 1 << 16

  private let path: String
  let next: () throws(FileError) -> [UInt8]
  var buffer: [UInt8] = []
  /// What of the buffer has been given out.
  var start = 0
  var isAtEnd = false
  /// The number of the line given last, from 1.
  package internal(set) var line = 0

  /// Reads what a function gives piece by piece, until it gives an empty one.
  package init(_ path: String, next: @escaping () throws(FileError) -> [UInt8]) {
    self.path = path
    self.next = next
  }

  /// Reads bytes that are all there.
  package init(_ path: String, bytes: [UInt8]) {
    var rest: [UInt8]? = bytes
    self.init(path) { () throws(FileError) in
      defer { rest = nil }
      return rest ?? []
    }
  }

  /// Reads a file, or standard input where the path is `-`.
  package init(path: String) throws(FileError) {
    let file = Shared(path == "-" ? .input : try Descriptor(reading: path))
    self.init(path == "-" ? "standard input" : path) { () throws(FileError) in
      try file.descriptor.read(upTo: Self.piece)
    }
  }

  /// The next line without its line break; nil at the end.
  ///
  /// The mark of UTF-8 that some editors begin a file with is no part of the first.
  ///
  /// - Complexity: O(bytes of the line).
  package mutating func nextLine() throws(FileError) -> ArraySlice<UInt8>? {
    var searched = start
    while true {
      if let end = buffer[searched...].firstIndex(of: UInt8(ascii: "\n")) {
        defer { start = end + 1 }
        return taken(buffer[start..<end])
      }
      if isAtEnd {
        guard start < buffer.count else { return nil }
        defer { start = buffer.count }
        return taken(buffer[start...])
      }
      buffer.removeFirst(start)
      start = 0
      searched = buffer.count
      let piece = try next()
      isAtEnd = piece.isEmpty
      buffer += piece
      if buffer.count > Self.longest {
        throw .lineTooLong(path, line: line + 1, limit: Self.longest)
      }
    }
  }

  /// All that has not been given out yet, as it is.
  ///
  /// - Complexity: O(bytes).
  package mutating func remainingBytes() throws(FileError) -> [UInt8] {
    var bytes = Array(buffer[start...])
    start = buffer.count
    while !isAtEnd {
      let piece = try next()
      isAtEnd = piece.isEmpty
      bytes += piece
      if bytes.count > FileContents.largest {
        throw .tooLarge(path, limit: FileContents.largest)
      }
    }
    return bytes
  }

  private mutating func taken(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    line += 1
    let bytes = line == 1 ? bytes.withoutMark : bytes
    return bytes.last == UInt8(ascii: "\r") ? bytes.dropLast() : bytes
  }

  /// A descriptor that a closure can hold.
  private final class Shared {
    let descriptor: Descriptor

    init(_ descriptor: consuming Descriptor) {
      self.descriptor = descriptor
    }
  }
}
