/// Bits by position, 64 to a word.
struct BitWords: Hashable, Sendable {
  private(set) var words: [UInt64]

  init(wordCount: Int) { words = Array(repeating: 0, count: wordCount) }

  init(bitCount: Int) { self.init(wordCount: (bitCount + 63) / 64) }

  /// How many bits are set.
  ///
  /// - Complexity: O(words).
  var count: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }

  var isEmpty: Bool { words.allSatisfy { $0 == 0 } }

  /// The 64 bits from a multiple of 64 on.
  subscript(word index: Int) -> UInt64 {
    get { words[index] }
    set { words[index] = newValue }
  }

  /// False beyond the end.
  func contains(_ position: Int) -> Bool {
    position >> 6 < words.count && words[position >> 6] >> UInt64(position & 63) & 1 == 1
  }

  mutating func insert(_ position: Int) { words[position >> 6] |= 1 << UInt64(position & 63) }

  /// The lowest set bit from a position on; nil when there is none.
  ///
  /// - Complexity: O(words passed).
  func next(from position: Int) -> Int? {
    var index = position >> 6
    guard index < words.count else { return nil }
    var word = words[index] & (UInt64.max << UInt64(position & 63))
    while word == 0 {
      index += 1
      guard index < words.count else { return nil }
      word = words[index]
    }
    return index << 6 | word.trailingZeroBitCount
  }
}
