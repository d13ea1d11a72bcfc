/// Decodes the token of a string: takes its quotes off and its escapes out.
struct StringDecoder {
  private let bytes: ArraySlice<UInt8>
  private let splitsAtStars: Bool
  private var position: Int
  private var result: [[UInt8]] = [[]]

  /// Prepares for a token; its runs are split at stars without `\` before them, if asked.
  init(_ token: ArraySlice<UInt8>, splitsAtStars: Bool) {
    bytes = Self.contents(token)
    position = bytes.startIndex
    self.splitsAtStars = splitsAtStars
  }

  /// A string may lack its closing quote, and may stand between quotes of another kind.
  private static func contents(_ token: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let isCurly = token.first == 0xE2
    let inside = token.dropFirst(isCurly ? 3 : 1)
    if isCurly {
      let end = inside.suffix(3)
      return end.elementsEqual([0xE2, 0x80, 0x9D]) || end.elementsEqual([0xE2, 0x80, 0x9C])
        ? inside.dropLast(3) : inside
    }
    guard inside.last == token.first else { return inside }
    let backslashes = inside.dropLast().reversed().prefix { $0 == UInt8(ascii: "\\") }.count
    return backslashes % 2 == 0 ? inside.dropLast() : inside
  }

  mutating func runs() -> [[UInt8]] {
    while position < bytes.endIndex {
      let byte = bytes[position]
      position += 1
      if byte == UInt8(ascii: "\\"), position < bytes.endIndex {
        escape()
      } else if byte == UInt8(ascii: "*"), splitsAtStars {
        result.append([])
      } else {
        append(byte)
      }
    }
    return result
  }

  /// An escape that is none, which has been reported, stands for what follows the backslash.
  private mutating func escape() {
    let byte = bytes[position]
    position += 1
    switch byte {
    case UInt8(ascii: "n"): append(UInt8(ascii: "\n"))
    case UInt8(ascii: "t"): append(UInt8(ascii: "\t"))
    case UInt8(ascii: "u") where position < bytes.endIndex && bytes[position] == UInt8(ascii: "{"):
      guard let close = bytes[position...].firstIndex(of: UInt8(ascii: "}")) else {
        return append(byte)
      }
      let digits = String(decoding: bytes[position + 1..<close], as: UTF8.self)
      guard let scalar = Lexer.scalar(digits) else { return append(byte) }
      String(scalar).utf8.forEach { append($0) }
      position = close + 1
    default: append(byte)
    }
  }

  private mutating func append(_ byte: UInt8) { result[result.count - 1].append(byte) }
}
