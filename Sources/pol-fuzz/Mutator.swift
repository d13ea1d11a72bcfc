import PolicyAnalysis
import PolicyCompiler

/// Makes new inputs of old ones, the same from the same seed.
struct Mutator: Sendable {
  private var random: SplitMix

  init(seed: UInt64) { random = SplitMix(seed: seed) }

  mutating func next() -> UInt64 { random.next() }

  /// A number below a bound; 0 where the bound is.
  mutating func below(_ bound: Int) -> Int { random.below(max(1, bound)) }

  /// Words that begin, end or join something.
  private static let words = """
    catalogue service principal context resource policy role built-in includes allow deny when unless
    because except let group ou assign to in test assert as with can cannot only anyone nobody holds
    everyone anonymous outside user service-account and or not has is like under contains any all true
    false Bool Int String IP Time Path Principal Set<String> @explicit @suppress( @id( { } [ ] ( ) , .
    : = == != < <= > >= * | " ` // /// -9223372036854775808 9223372036854775808 "10.0.0.0/8" "::/0"
    "2026-01-01T00:00:00Z" "a*\\*b" \\u{0} \\u{10ffff} null {} [] 1e9 -0 "\\ud800"
    %% p, g, _, && r. p. == eft deny
    --- - | > & # ' : null ~ yes "*" apiGroups: resourceNames: kind:
    "NotAction" "Deny" "s3:*" "${aws:username}" ? "StringNotLike" "Null" "ForAnyValue:StringEquals"
    """.split { $0 == " " || $0 == "\n" }.map { Array($0.utf8) }

  /// Some changes to an input: of bytes, of words, of pieces, or taken from another input.
  mutating func changed(_ input: [UInt8], with other: [UInt8]) -> [UInt8] {
    var bytes = input
    for _ in 0...below(6) {
      let place = below(bytes.count + 1)
      let end = min(bytes.count, place + 1 + below([1, 4, 16, 200][below(4)]))
      switch below(9) {
      case 0: if place < bytes.count { bytes[place] = UInt8(truncatingIfNeeded: next()) }
      case 1: if place < bytes.count { bytes[place] ^= 1 << UInt8(below(8)) }
      case 2: bytes.removeSubrange(place..<end)
      case 3: bytes.insert(contentsOf: bytes[place..<end], at: place)
      case 4, 5:
        let word = Mutator.words[below(Mutator.words.count)]
        bytes.insert(contentsOf: [0x20] + word + [0x20], at: place)
      case 6:
        let start = below(other.count + 1)
        let stop = min(other.count, start + 1 + below(300))
        bytes.replaceSubrange(place..<end, with: other[start..<stop])
      case 7:
        // Deep nesting, and long runs of one thing.
        let piece = Array(bytes[place..<min(end, place + 20)])
        for _ in 0..<below(300) { bytes.insert(contentsOf: piece, at: place) }
      default: bytes.removeSubrange(place...)
      }
      if bytes.count > 1 << 16 { bytes.removeSubrange((1 << 16)...) }
    }
    return bytes
  }

  /// Some changes to numbers of an artifact; mostly its checksums are made right afterwards.
  mutating func changedTables(_ input: [UInt8]) -> [UInt8] {
    var bytes = input
    for _ in 0...below(4) where bytes.count > 8 {
      let place = below(bytes.count / 4) * 4
      guard place + 4 <= bytes.count else { continue }
      let old = (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[place + $1]) << UInt32(8 * $1) }
      let choices: [UInt32] = [
        0, 1, old &+ 1, old &- 1, .max, 0x7fff_ffff, old << 1, UInt32(truncatingIfNeeded: next()),
        old ^ 1 << UInt32(below(32)), UInt32(below(64)),
      ]
      let new = choices[below(choices.count)]
      for byte in 0..<4 {
        bytes[place + byte] = UInt8(truncatingIfNeeded: new >> UInt32(8 * byte))
      }
    }
    if below(16) > 0 { ArtifactRepair.renewChecksums(&bytes) }
    return bytes
  }
}
