/// Whether a name is in Unicode's Normalization Form C, so that what looks alike is alike.
///
/// The standard library compares strings by canonical equivalence but does not say publicly which of
/// two equivalent strings is the composed one. So: a text is composed when it has no scalar that
/// never occurs in the form, its marks are in canonical order, and no mark composes with the letter
/// that it reaches ("The Unicode Standard", section 3.11; Standard Annex 15, section 9).
enum Normalization {
  /// - Complexity: O(scalars) for text without combining marks.
  static func isComposed(_ text: String) -> Bool {
    var starter: Unicode.Scalar?
    var lastClass: UInt8 = 0
    for scalar in text.unicodeScalars {
      if isNeverComposed(scalar) { return false }
      let combining = scalar.properties.canonicalCombiningClass.rawValue
      if combining != 0, lastClass > combining { return false }
      if let starter, reaches(combining, past: lastClass, isFirst: lastClass == 0),
        composes(starter, scalar)
      {
        return false
      }
      if combining == 0 { starter = scalar }
      lastClass = combining
    }
    return true
  }

  /// Whether a mark is not kept from its letter by the marks between them.
  private static func reaches(_ combining: UInt8, past last: UInt8, isFirst: Bool) -> Bool {
    isFirst || combining > last
  }

  private static func composes(_ first: Unicode.Scalar, _ second: Unicode.Scalar) -> Bool {
    switch second.value {
    case 0x1161...0x1175: return (0x1100...0x1112).contains(first.value)
    case 0x11A8...0x11C2:
      return (0xAC00...0xD7A3).contains(first.value) && (first.value - 0xAC00) % 28 == 0
    default: break
    }
    switch second.properties.generalCategory {
    case .nonspacingMark, .spacingMark:
      var pair = String.UnicodeScalarView([first])
      pair.append(second)
      return composites.contains(String(pair))
    default: return false
    }
  }

  private static func isNeverComposed(_ scalar: Unicode.Scalar) -> Bool {
    guard scalar.value >= 0x340 else { return false }
    return neverComposed.contains { $0.contains(scalar.value) }
  }

  /// Every scalar of the blocks that hold composed ones.
  ///
  /// Sets of strings compare by canonical
  /// equivalence, so a pair is found here when it is equivalent to a single scalar.
  private static let composites: Set<String> = {
    var result: Set<String> = []
    let blocks: [ClosedRange<UInt32>] = [0xC0...0x22FF, 0x3040...0x30FF, 0x11080...0x1193F]
    for value in blocks.joined() where !neverComposed.contains(where: { $0.contains(value) }) {
      if let scalar = Unicode.Scalar(value) { result.insert(String(scalar)) }
    }
    return result
  }()

  /// The scalars with the property NFC_Quick_Check=No.
  private static let neverComposed: [ClosedRange<UInt32>] = [
    0x340...0x341, 0x343...0x344, 0x374...0x374, 0x37E...0x37E, 0x387...0x387, 0x958...0x95F,
    0x9DC...0x9DD, 0x9DF...0x9DF, 0xA33...0xA33, 0xA36...0xA36, 0xA59...0xA5B, 0xA5E...0xA5E,
    0xB5C...0xB5D, 0xF43...0xF43, 0xF4D...0xF4D, 0xF52...0xF52, 0xF57...0xF57, 0xF5C...0xF5C,
    0xF69...0xF69, 0xF73...0xF73, 0xF75...0xF76, 0xF78...0xF78, 0xF81...0xF81, 0xF93...0xF93,
    0xF9D...0xF9D, 0xFA2...0xFA2, 0xFA7...0xFA7, 0xFAC...0xFAC, 0xFB9...0xFB9, 0x1F71...0x1F71,
    0x1F73...0x1F73, 0x1F75...0x1F75, 0x1F77...0x1F77, 0x1F79...0x1F79, 0x1F7B...0x1F7B,
    0x1F7D...0x1F7D, 0x1FBB...0x1FBB, 0x1FBE...0x1FBE, 0x1FC9...0x1FC9, 0x1FCB...0x1FCB,
    0x1FD3...0x1FD3, 0x1FDB...0x1FDB, 0x1FE3...0x1FE3, 0x1FEB...0x1FEB, 0x1FEE...0x1FEF,
    0x1FF9...0x1FF9, 0x1FFB...0x1FFB, 0x1FFD...0x1FFD, 0x2000...0x2001, 0x2126...0x2126,
    0x212A...0x212B, 0x2329...0x232A, 0x2ADC...0x2ADC, 0xF900...0xFA0D, 0xFA10...0xFA10,
    0xFA12...0xFA12, 0xFA15...0xFA1E, 0xFA20...0xFA20, 0xFA22...0xFA22, 0xFA25...0xFA26,
    0xFA2A...0xFA6D, 0xFA70...0xFAD9, 0xFB1D...0xFB1D, 0xFB1F...0xFB1F, 0xFB2A...0xFB36,
    0xFB38...0xFB3C, 0xFB3E...0xFB3E, 0xFB40...0xFB41, 0xFB43...0xFB44, 0xFB46...0xFB4E,
    0x1D15E...0x1D164, 0x1D1BB...0x1D1C0, 0x2F800...0x2FA1D,
  ]
}
