import PolicySource

/// A run of bytes of the source that stays as it is, and the space before it in the result.
struct Piece {
  let lower: UInt32
  let upper: UInt32
  /// Line breaks before it.
  var breaks: UInt32
  /// Spaces before it, after the line breaks.
  let spaces: UInt32
}

/// A laid-out file: the bytes that stay, in the order of the source.
struct Pieces {
  private(set) var all: [Piece] = []

  mutating func append(_ lower: UInt32, _ upper: UInt32, breaks: Int, spaces: Int) {
    all.append(
      Piece(lower: lower, upper: upper, breaks: UInt32(breaks), spaces: UInt32(max(0, spaces)))
    )
  }

  /// A file as it is.
  static func unchanged(_ source: SourceFile) -> Pieces {
    var pieces = Pieces()
    pieces.append(0, UInt32(source.bytes.count), breaks: 0, spaces: 0)
    return pieces
  }

  /// Makes the line break before a piece a blank line.
  mutating func insertBlankLine(before index: Int) { all[index].breaks = 2 }

  /// The text of the result.
  ///
  /// - Complexity: O(bytes).
  func bytes(from source: SourceFile) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(source.bytes.count + source.bytes.count / 8)
    for piece in all {
      result.append(contentsOf: repeatElement(UInt8(ascii: "\n"), count: Int(piece.breaks)))
      result.append(contentsOf: repeatElement(UInt8(ascii: " "), count: Int(piece.spaces)))
      result.append(contentsOf: source.bytes[Int(piece.lower)..<Int(piece.upper)])
    }
    return result
  }

  /// The changes between pieces, as few bytes as possible each.
  ///
  /// - Complexity: O(bytes).
  func edits(to source: SourceFile, file: FileID) -> [Edit] {
    var result: [Edit] = []
    var end: UInt32 = 0
    for piece in all {
      let wanted =
        String(repeating: "\n", count: Int(piece.breaks))
        + String(repeating: " ", count: Int(piece.spaces))
      let span = SourceSpan(file: file, lower: end, upper: piece.lower)
      let old = source.bytes[Int(span.lower)..<Int(span.upper)]
      if !old.elementsEqual(wanted.utf8) { result.append(Edit(span, wanted)) }
      end = piece.upper
    }
    return result
  }
}
