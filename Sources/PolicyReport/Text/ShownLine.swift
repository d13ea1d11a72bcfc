import PolicySource

/// One line of a source file laid out in columns: tabs expanded, hidden characters spelled out.
struct ShownLine {
  /// What one scalar of the line looks like.
  private struct Cell {
    /// Offset of its first byte in the file.
    let offset: UInt32
    /// Where it begins, from 0.
    let column: Int
    let text: String
  }

  private static let tabStop = 4
  /// Of longer lines only the bytes around a place are laid out.
  private static let longest = 2000
  /// How many bytes before the place.
  private static let lead = 400

  private var cells: [Cell] = []
  /// The offset in the file after the last byte laid out.
  private let upper: UInt32
  /// The columns laid out.
  private(set) var width = 0
  /// Whether the line begins before, or ends after, what is laid out.
  let isCut: (before: Bool, after: Bool)

  /// Lays out a line (from 0) of a file; of a long one, what is around an offset.
  ///
  /// - Complexity: O(bytes of the line), and O(1) of a long one.
  init(_ index: Int, of file: SourceFile, near place: UInt32) {
    let line = file.lineBytes(index)
    var bytes = line
    if line.count > Self.longest {
      let start = max(line.startIndex, min(Int(place), line.endIndex) - Self.lead)
      bytes = line[start...].prefix(Self.longest)
      // A character that begins before is left out.
      if start > line.startIndex { bytes = bytes.drop { $0 & 0xC0 == 0x80 } }
    }
    isCut = (bytes.startIndex > line.startIndex, bytes.endIndex < line.endIndex)
    upper = UInt32(bytes.endIndex)
    var offset = bytes.startIndex
    var iterator = bytes.makeIterator()
    var parser = Unicode.UTF8.ForwardParser()
    var previous: Unicode.Scalar?
    while true {
      switch parser.parseScalar(from: &iterator) {
      case .valid(let encoded):
        let scalar = Unicode.UTF8.decode(encoded)
        append(scalar, at: offset, after: previous)
        previous = scalar
        offset += encoded.count
      case .error(let length):
        for byte in bytes[offset..<offset + length] {
          append(VisibleText.spelled(byte), at: offset)
          offset += 1
        }
        previous = nil
      case .emptyInput:
        return
      }
    }
  }

  private mutating func append(
    _ scalar: Unicode.Scalar,
    at offset: Int,
    after previous: Unicode.Scalar?
  ) {
    if scalar == "\t" {
      let columns = Self.tabStop - width % Self.tabStop
      append(String(repeating: " ", count: columns), at: offset)
    } else if VisibleText.isHidden(scalar) {
      append(VisibleText.spelled(scalar), at: offset)
    } else {
      cells.append(Cell(offset: UInt32(offset), column: width, text: String(scalar)))
      width += DisplayWidth.columns(of: scalar, after: previous)
    }
  }

  /// Adds a text whose scalars take one column each.
  private mutating func append(_ text: String, at offset: Int) {
    cells.append(Cell(offset: UInt32(offset), column: width, text: text))
    width += text.unicodeScalars.count
  }

  /// The column (from 0) at which the character with the byte at an offset begins; the end of the
  /// line for an offset after it.
  ///
  /// - Complexity: O(log characters).
  func column(of offset: UInt32) -> Int {
    guard offset < upper else { return width }
    var low = 0
    var high = cells.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if cells[middle].offset <= offset { low = middle } else { high = middle }
    }
    return cells.isEmpty ? 0 : cells[low].column
  }

  /// The text of a range of columns; characters that lie only partly in it are left out.
  func text(_ columns: Range<Int>) -> String {
    var result = ""
    for cell in cells where cell.column >= columns.lowerBound && cell.column < columns.upperBound {
      result += cell.text
    }
    while result.last == " " { result.removeLast() }
    return result
  }
}
