/// Finds the keyword that a run of bytes spells, mostly with one comparison of sixteen bytes.
///
/// Keywords are at most fifteen bytes long, so each is two words of eight bytes; they lie in a hash
/// table with linear probing that is a quarter full.
struct KeywordTable {
  struct Entry {
    var low: UInt64 = 0
    var high: UInt64 = 0
    /// The position of the keyword in `Keyword.allCases` plus 1; 0 in an empty slot.
    var code: UInt8 = 0
  }

  /// How many bytes the longest keyword may have.
  static let longest = 15
  private static let bits = 8

  static let entries: [Entry] = {
    var entries = [Entry](repeating: Entry(), count: 1 << bits)
    for keyword in Keyword.allCases {
      let bytes = Array(keyword.rawValue.utf8)
      precondition(bytes.count <= longest, "a keyword fits into two words")
      var words: [UInt64] = [0, 0]
      for (index, byte) in bytes.enumerated() {
        words[index / 8] |= UInt64(byte) << UInt64(index % 8 * 8)
      }
      var slot = slot(words[0], words[1])
      while entries[slot].code != 0 { slot = (slot + 1) & (entries.count - 1) }
      entries[slot] = Entry(low: words[0], high: words[1], code: code(keyword))
    }
    return entries
  }()

  @inline(__always)
  static func slot(_ low: UInt64, _ high: UInt64) -> Int {
    let mixed = (low ^ (high &* 0x9E37_79B9_7F4A_7C15)) &* 0xFF51_AFD7_ED55_8CCD
    return Int(truncatingIfNeeded: mixed >> UInt64(64 - bits))
  }

  static func next(_ slot: Int) -> Int { (slot + 1) & ((1 << bits) - 1) }

  /// The code of a keyword that the lexer puts in place of another spelling.
  static func code(_ keyword: Keyword) -> UInt8 {
    UInt8((Keyword.allCases.firstIndex(of: keyword) ?? 0) + 1)
  }
}
