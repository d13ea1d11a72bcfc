/// Finds the keyword that a run of ASCII bytes spells, with one probe as a rule.
///
/// Keywords are hashed by their first and last byte and their length into 256 slots; those that
/// fall into one slot are chained.
struct KeywordTable: Sendable {
  static let shared = KeywordTable()
  static let longest = Keyword.allCases.map(\.rawValue.utf8.count).max() ?? 0

  private let heads: [UInt8]
  private let links: [UInt8]
  private let spellings: [[UInt8]]

  private init() {
    var heads = [UInt8](repeating: 0, count: 256)
    var links = [UInt8](repeating: 0, count: Keyword.allCases.count + 1)
    var spellings: [[UInt8]] = [[]]
    for (index, keyword) in Keyword.allCases.enumerated() {
      let bytes = Array(keyword.rawValue.utf8)
      let slot = Self.slot(first: bytes[0], last: bytes[bytes.count - 1], count: bytes.count)
      links[index + 1] = heads[slot]
      heads[slot] = UInt8(index + 1)
      spellings.append(bytes)
    }
    self.heads = heads
    self.links = links
    self.spellings = spellings
  }

  private static func slot(first: UInt8, last: UInt8, count: Int) -> Int {
    Int(truncatingIfNeeded: (Int(first) &* 7) ^ (Int(last) &* 31) ^ (count &* 5)) & 255
  }

  /// The position of the keyword in `Keyword.allCases` plus 1, or 0.
  func code(of bytes: UnsafeBufferPointer<UInt8>) -> UInt8 {
    guard bytes.count > 1, bytes.count <= Self.longest else { return 0 }
    let slot = unsafe Self.slot(first: bytes[0], last: bytes[bytes.count - 1], count: bytes.count)
    var code = heads[slot]
    while code != 0 {
      let spelling = spellings[Int(code)]
      if unsafe spelling.count == bytes.count && spelling.elementsEqual(bytes) { return code }
      code = links[Int(code)]
    }
    return 0
  }

  /// The code of a keyword that the lexer puts in place of another spelling.
  static func code(_ keyword: Keyword) -> UInt8 {
    UInt8((Keyword.allCases.firstIndex(of: keyword) ?? 0) + 1)
  }
}
