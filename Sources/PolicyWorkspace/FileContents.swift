/// Reads and writes whole files.
package enum FileContents {
  /// Positions in a file are 32-bit numbers, and a tree has more nodes than tokens.
  package static let largest = 512 << 20

  /// The bytes of a file.
  package static func read(_ path: String, limit: Int = largest) throws(FileError) -> [UInt8] {
    let file = try Descriptor(reading: path)
    var bytes: [UInt8] = []
    while true {
      let chunk = try file.read(upTo: max(1 << 16, min(bytes.count, 1 << 24)))
      if chunk.isEmpty { return bytes }
      bytes += chunk
      if bytes.count > limit { throw .tooLarge(path, limit: limit) }
    }
  }

  /// The bytes of a file of text, without the mark of UTF-8 that some editors begin it with.
  package static func readText(
    _ path: String,
    limit: Int = largest
  ) throws(FileError) -> [UInt8] {
    Array(try read(path, limit: limit).withoutMark)
  }

  /// Replaces a file, or makes it: readers see the old bytes or the new ones, never a part.
  ///
  /// The bytes go to a temporary file in the same directory, which then takes the name, and the
  /// permissions `mode` where they are given. A device or a pipe keeps its name, and is written to.
  package static func write(
    _ bytes: [UInt8],
    to path: String,
    mode: UInt32? = nil
  ) throws(FileError) {
    if System.isDevice(path) {
      return try Descriptor(writing: path).write(bytes)
    }
    let temporary = try writeTemporary(bytes, beside: path, mode: mode)
    do throws(FileError) {
      try System.rename(temporary, to: path)
    } catch {
      System.remove(temporary)
      throw error
    }
  }

  /// Writes bytes to a new file in the directory of a path, and returns its name.
  static func writeTemporary(
    _ bytes: [UInt8],
    beside path: String,
    mode: UInt32? = nil
  ) throws(FileError) -> String {
    do throws(FileError) {
      for attempt in 0..<100 {
        let temporary = "\(path).\(System.processNumber)-\(attempt).tmp"
        guard let file = try Descriptor(creating: temporary) else { continue }
        do throws(FileError) {
          if let mode { try System.setPermissions(mode, of: temporary) }
          try file.writeDurably(bytes)
          return temporary
        } catch {
          System.remove(temporary)
          throw error
        }
      }
    } catch {
      // Nobody asked for the temporary file.
      guard case .notWritten(_, let reason) = error else { throw error }
      throw .notWritten(path, reason: reason)
    }
    throw .notWritten(path, reason: "temporary files of earlier runs are in the way")
  }

  /// Makes a file; false, and nothing is touched, where there is one of that name.
  package static func create(_ bytes: [UInt8], at path: String) throws(FileError) -> Bool {
    guard let file = try Descriptor(creating: path) else { return false }
    try file.writeDurably(bytes)
    return true
  }
}

extension RandomAccessCollection<UInt8> {
  /// The bytes without a byte order mark (RFC 3629, section 6) before them, which says nothing.
  ///
  /// Policy text keeps it: the lexer takes it for a space, so that what is written back is whole.
  package var withoutMark: SubSequence {
    starts(with: [0xEF, 0xBB, 0xBF]) ? dropFirst(3) : self[...]
  }
}
