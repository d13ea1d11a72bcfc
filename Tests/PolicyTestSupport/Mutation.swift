/// Ways to damage a text.
package enum Mutation: CaseIterable, Sendable {
  case truncate, randomByte, deletePiece, duplicatePiece, swapPieces, replacePiece

  /// Bytes that mean something somewhere, so that damage is often nearly right.
  private static let telling =
    Array("{}[]()<>=!&|,.:;@#*/\\\"'`-_ \n\t0a".utf8) + [0, 0xFF, 0xC3, 0xE2]

  /// Damages a text that is given as pieces, such as its tokens.
  ///
  /// - Complexity: O(bytes).
  package static func apply(
    _ mutation: Mutation,
    to pieces: [[UInt8]],
    using random: inout RandomSource
  ) -> [UInt8] {
    var pieces = pieces
    guard !pieces.isEmpty else { return [] }
    let index = random.below(pieces.count)
    switch mutation {
    case .truncate:
      let bytes = Array(pieces.joined())
      return Array(bytes.prefix(random.below(bytes.count + 1)))
    case .randomByte:
      var bytes = Array(pieces.joined())
      guard !bytes.isEmpty else { return bytes }
      bytes[random.below(bytes.count)] =
        random.oneIn(2) ? random.element(of: telling) : UInt8(truncatingIfNeeded: random.next())
      return bytes
    case .deletePiece: pieces.remove(at: index)
    case .duplicatePiece: pieces.insert(pieces[index], at: index)
    case .swapPieces: pieces.swapAt(index, random.below(pieces.count))
    case .replacePiece: pieces[index] = random.element(of: pieces)
    }
    return Array(pieces.joined())
  }

  /// Random bytes, most of them such that begin or end something.
  package static func noise(_ count: Int, using random: inout RandomSource) -> [UInt8] {
    (0..<count).map { _ in
      random.oneIn(4) ? UInt8(truncatingIfNeeded: random.next()) : random.element(of: telling)
    }
  }
}
