/// Makes text that came from outside safe to show: nothing in it can move the cursor, change
/// colours or turn the reading direction.
package enum VisibleText {
  /// The text with every control and direction character spelled out.
  ///
  /// - Complexity: O(length).
  package static func of(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isHidden) else { return text }
    var result = ""
    for scalar in text.unicodeScalars {
      if isHidden(scalar) {
        result += spelled(scalar)
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// Whether a scalar would do something to the terminal, or to the eye, instead of being seen.
  static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.value < 0x20 || scalar.value == 0x7F { return true }
    if scalar.value < 0x7F { return false }
    switch scalar.properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator: return true
    case .format: return scalar != DisplayWidth.zeroWidthJoiner
    default: return false
    }
  }

  /// Such as `<U+202E>`.
  static func spelled(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return "<U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits + ">"
  }

  /// Such as `<FF>`, for a byte that is not UTF-8.
  static func spelled(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 16, uppercase: true)
    return "<" + (digits.count == 1 ? "0" : "") + digits + ">"
  }
}
