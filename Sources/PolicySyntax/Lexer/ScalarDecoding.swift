/// One scalar read from bytes that need not be UTF-8.
struct DecodedScalar {
  /// Nothing where the bytes are not UTF-8.
  let scalar: Unicode.Scalar?
  /// How many bytes it takes; where they are not UTF-8, those that belong together ("maximal
  /// subparts", The Unicode Standard, section 3.9).
  let length: Int

  /// Reads a scalar; three bytes after the last one must be readable.
  init(_ byte: (Int) -> UInt8) {
    let first = byte(0)
    let lowest: UInt8
    let highest: UInt8
    let count: Int
    switch first {
    case 0x00...0x7F: (lowest, highest, count) = (0, 0, 1)
    case 0xC2...0xDF: (lowest, highest, count) = (0x80, 0xBF, 2)
    case 0xE0: (lowest, highest, count) = (0xA0, 0xBF, 3)
    case 0xED: (lowest, highest, count) = (0x80, 0x9F, 3)
    case 0xE1...0xEF: (lowest, highest, count) = (0x80, 0xBF, 3)
    case 0xF0: (lowest, highest, count) = (0x90, 0xBF, 4)
    case 0xF1...0xF3: (lowest, highest, count) = (0x80, 0xBF, 4)
    case 0xF4: (lowest, highest, count) = (0x80, 0x8F, 4)
    default: (lowest, highest, count) = (0, 0, 0)
    }
    if count == 1 {
      self.init(scalar: Unicode.Scalar(first), length: 1)
      return
    }
    guard count > 0, (lowest...highest).contains(byte(1)) else {
      self.init(scalar: nil, length: 1)
      return
    }
    let payload = UInt32(first) & (0x7F >> UInt32(count))
    var value = (payload << 6) | UInt32(byte(1) & 0x3F)
    for offset in 2..<max(2, count) {
      guard (0x80...0xBF).contains(byte(offset)) else {
        self.init(scalar: nil, length: offset)
        return
      }
      value = (value << 6) | UInt32(byte(offset) & 0x3F)
    }
    self.init(scalar: Unicode.Scalar(value), length: count)
  }

  /// So many bytes that are not UTF-8.
  init(invalid length: Int) { self.init(scalar: nil, length: length) }

  private init(scalar: Unicode.Scalar?, length: Int) {
    self.scalar = scalar
    self.length = length
  }
}

extension Unicode.Scalar {
  /// Whether it takes no room of its own where it stands, or changes the direction of what follows:
  /// control and format characters, line and paragraph separators, everything that Unicode lets a
  /// font ignore.
  package var isInvisible: Bool {
    if isASCII { return value < 0x20 && !isPlainControl || value == 0x7F }
    switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: return true
    default: return properties.isDefaultIgnorableCodePoint
    }
  }

  private var isPlainControl: Bool { self == "\t" || self == "\n" || self == "\r" }

  /// A blank that is not one of the four that separate tokens.
  var isForeignSpace: Bool { properties.generalCategory == .spaceSeparator && self != " " }

  /// `U+200B`.
  package var codePoint: String {
    let digits = String(value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
  }
}
