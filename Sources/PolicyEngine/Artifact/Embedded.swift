extension PolicyEngine {
  /// Loads compiled policies that a program has in its code, as base64 (RFC 4648, section 4).
  ///
  /// A string takes the compiler no time whatever its length, which a list of numbers does.
  ///
  /// - Complexity: O(bytes).
  /// - Throws: `ArtifactError` when the text is not base64, or not what the compiler wrote.
  public convenience init(base64 text: StaticString) throws(ArtifactError) {
    guard let bytes = Self.decoded(text) else { throw .notAnArtifact }
    try self.init(bytes: bytes)
  }

  /// The bytes of a base64 text with its padding; nil where it is none.
  private static func decoded(_ text: StaticString) -> [UInt8]? {
    guard text.hasPointerRepresentation else { return nil }
    let digits = unsafe UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
    guard digits.count % 4 == 0 else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(digits.count / 4 * 3)
    var padding = 0
    for start in stride(from: 0, to: digits.count, by: 4) {
      guard padding == 0 else { return nil }
      var bits: UInt32 = 0
      for offset in 0..<4 {
        let digit = unsafe digits[start + offset]
        if digit == UInt8(ascii: "="), offset >= 2 {
          padding += 1
          bits <<= 6
        } else {
          guard padding == 0, let value = value(of: digit) else { return nil }
          bits = bits << 6 | value
        }
      }
      bytes.append(UInt8(bits >> 16 & 255))
      if padding < 2 { bytes.append(UInt8(bits >> 8 & 255)) }
      if padding < 1 { bytes.append(UInt8(bits & 255)) }
    }
    return bytes
  }

  private static func value(of digit: UInt8) -> UInt32? {
    switch digit {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(digit - UInt8(ascii: "A"))
    case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(digit - UInt8(ascii: "a")) + 26
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(digit - UInt8(ascii: "0")) + 52
    case UInt8(ascii: "+"): 62
    case UInt8(ascii: "/"): 63
    default: nil
    }
  }
}
