/// The outcomes that a function of a new artifact and one of an old have together: some of nine pairs
/// of 0, 1 and 2.
///
/// Of cells they are nothing, allow and deny; of conditions false, unknown and true.
struct OutcomePairs: OptionSet, Hashable {
  let rawValue: UInt16

  init(rawValue: UInt16) { self.rawValue = rawValue }

  /// One pair.
  init(new: UInt32, old: UInt32) { rawValue = 1 << UInt16(3 * new + old) }

  /// Every pair of two sets of outcomes, of which bit n is outcome n.
  init(anyOf new: UInt8, and old: UInt8) {
    var pairs: OutcomePairs = []
    for outcome in 0..<3 as Range<UInt32> where new >> UInt8(outcome) & 1 == 1 {
      for before in 0..<3 as Range<UInt32> where old >> UInt8(before) & 1 == 1 {
        pairs.insert(OutcomePairs(new: outcome, old: before))
      }
    }
    self = pairs
  }

  /// The pairs of two that are the same.
  static let same: OutcomePairs = [
    OutcomePairs(new: 0, old: 0), OutcomePairs(new: 1, old: 1), OutcomePairs(new: 2, old: 2),
  ]

  /// The pairs of cells of which the new one allows what the old one did, and denies what it did: a
  /// deny is less than nothing, and an allow more.
  static let notWider: OutcomePairs = [
    .same, OutcomePairs(new: 2, old: 0), OutcomePairs(new: 2, old: 1), OutcomePairs(new: 0, old: 1),
  ]

  /// The pairs of conditions of which the new one is true only where the old one is.
  static let trueOnlyWhereOldIs: OutcomePairs = OutcomePairs(anyOf: 0b011, and: 0b111)
    .union(OutcomePairs(anyOf: 0b100, and: 0b100))

  /// The pairs of conditions of which the new one is false only where the old one is.
  static let falseOnlyWhereOldIs: OutcomePairs = OutcomePairs(anyOf: 0b110, and: 0b111)
    .union(OutcomePairs(anyOf: 0b001, and: 0b001))

  /// The pairs with new and old exchanged.
  var reversed: OutcomePairs {
    var pairs: OutcomePairs = []
    for new in 0..<3 as Range<UInt32> {
      for old in 0..<3 as Range<UInt32> where contains(OutcomePairs(new: new, old: old)) {
        pairs.insert(OutcomePairs(new: old, old: new))
      }
    }
    return pairs
  }
}
