/// How many columns of a terminal a text takes.
///
/// The widths are those of Unicode Standard Annex #11 (East Asian Width): W and F take two columns,
/// marks and joiners none, everything else one.
package enum DisplayWidth {
  /// The columns of a text that holds no control characters.
  ///
  /// - Complexity: O(length).
  package static func columns(of text: String) -> Int {
    var total = 0
    var previous: Unicode.Scalar?
    for scalar in text.unicodeScalars {
      total += columns(of: scalar, after: previous)
      previous = scalar
    }
    return total
  }

  /// The columns that a scalar adds: joined scalars share the columns of the first, and an emoji
  /// presentation selector widens what it follows.
  static func columns(of scalar: Unicode.Scalar, after previous: Unicode.Scalar?) -> Int {
    if scalar.value < 0x300 { return 1 }
    if let previous {
      if previous == zeroWidthJoiner { return 0 }
      if scalar == emojiPresentation {
        return previous.properties.isEmoji && !isWide(previous) ? 1 : 0
      }
    }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: break
    }
    // The vowels and finals of Hangul stand below or beside the initial consonant.
    if (0x1160...0x11FF).contains(scalar.value) { return 0 }
    return isWide(scalar) ? 2 : 1
  }

  static let zeroWidthJoiner: Unicode.Scalar = "\u{200D}"
  private static let emojiPresentation: Unicode.Scalar = "\u{FE0F}"

  private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.value < 0x1100 { return false }
    return scalar.properties.isEmojiPresentation
      || wideRanges.contains { $0.contains(scalar.value) }
  }

  /// The blocks of width W or F, unassigned places within them included.
  private static let wideRanges: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF,
    0x4E00...0x9FFF, 0xA000...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF,
    0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x18D8F,
    0x1AFF0...0x1B2FF, 0x1F200...0x1F2FF, 0x20000...0x2FFFD, 0x30000...0x3FFFD,
  ]
}
