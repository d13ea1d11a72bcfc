import PolicyEngine
import PolicyModel

/// The regions of an attribute of texts.
///
/// First those of the texts that are not listed, by the sets of patterns that they match, then one
/// for each listed text.
struct TextRegions {
  /// A text of each region.
  let texts: [String]
  let regionOfConstant: [TextKey: Int]
  /// The region of each of the automaton's sets; 0 for a set that only listed texts match.
  let regionOfSet: [Int]
  private let regionsOfPattern: [LikePattern: [Int]]

  var count: Int { texts.count }

  init(_ constants: [TextKey], _ patterns: [LikePattern], _ automaton: PatternAutomaton?) {
    let isConstant = Set(constants)
    let finder = automaton.map { PatternWitnesses($0, patterns) }
    let all =
      finder?.witnesses(excludedCount: constants.count) { isConstant.contains(TextKey($0)) }
      ?? [TextRegions.other(than: isConstant)]
    let sets = all.indices.filter { all[$0] != nil }
    var regionOfSet = [Int](repeating: 0, count: all.count)
    for (region, set) in sets.enumerated() { regionOfSet[set] = region }
    var regionOfConstant: [TextKey: Int] = [:]
    var regionsOfPattern: [LikePattern: [Int]] = [:]
    func match(_ set: Int, _ region: Int) {
      guard let automaton else { return }
      for pattern in automaton.matchSets[set] {
        regionsOfPattern[patterns[pattern], default: []].append(region)
      }
    }
    for (region, set) in sets.enumerated() { match(set, region) }
    for (index, constant) in constants.enumerated() {
      regionOfConstant[constant] = sets.count + index
      if let automaton {
        let state = Int(automaton.state(after: constant.bytes))
        match(automaton.matchSetOfState[state], sets.count + index)
      }
    }
    texts =
      sets.map { String(decoding: all[$0] ?? [], as: UTF8.self) } + constants.map(\.text)
    self.regionOfSet = regionOfSet
    self.regionOfConstant = regionOfConstant
    self.regionsOfPattern = automaton == nil ? [:] : regionsOfPattern
    isSplit = automaton == nil
  }

  /// Whether patterns are variables of their own.
  private let isSplit: Bool

  /// The regions in which a check holds, as far as they cover it.
  func regions(of check: Check) -> [Int] {
    switch check {
    case .equals(_, .string(let text)): regionOfConstant[TextKey(text)].map { [$0] } ?? []
    case .like(_, let pattern):
      if let only = pattern.onlyText {
        regionOfConstant[TextKey(only)].map { [$0] } ?? []
      } else {
        regionsOfPattern[pattern] ?? []
      }
    default: []
    }
  }

  /// The pattern of a check that the regions do not cover.
  func patternApart(_ check: Check) -> LikePattern? {
    guard isSplit, case .like(_, let pattern) = check, pattern.onlyText == nil else { return nil }
    return pattern
  }

  /// A text that is none of some.
  private static func other(than texts: Set<TextKey>) -> [UInt8] {
    var number = 0
    while texts.contains(TextKey(number == 0 ? "other" : "other-\(number)")) { number += 1 }
    return TextKey(number == 0 ? "other" : "other-\(number)").bytes
  }
}
