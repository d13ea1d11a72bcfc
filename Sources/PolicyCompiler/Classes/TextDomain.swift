import PolicyEngine
import PolicyModel

/// A text by its bytes, for hash tables.
struct TextKey: Hashable {
  let bytes: [UInt8]

  init(_ text: String) { bytes = Array(text.utf8) }
  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var text: String { String(decoding: bytes, as: UTF8.self) }
}

extension LikePattern {
  /// The one text that a pattern without a star matches.
  var onlyText: [UInt8]? { runs.count == 1 ? runs[0] : nil }
}

extension Domain {
  /// The texts that are compared with, and for all others the sets of patterns that they match.
  ///
  /// Of a one-of type the words are all values that there are.
  static func text(_ questions: [Question], words: [String]? = nil) -> Domain {
    var patterns: [LikePattern] = []
    var indexOfPattern: [LikePattern: Int] = [:]
    var texts: Set<TextKey> = []
    for check in questions.joined() {
      switch check {
      case .equals(_, .string(let text)): texts.insert(TextKey(text))
      case .like(_, let pattern):
        if let only = pattern.onlyText {
          texts.insert(TextKey(only))
        } else if words == nil, indexOfPattern[pattern] == nil {
          indexOfPattern[pattern] = patterns.count
          patterns.append(pattern)
        }
      default: break
      }
    }
    if let words { texts.formUnion(words.map { TextKey($0) }) }
    let constants = texts.sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }
    guard words == nil else {
      return listed(questions, constants)
    }
    let automaton = patterns.isEmpty ? nil : PatternAutomaton(patterns)
    let isSplit = automaton == nil && !patterns.isEmpty
    return unlisted(
      questions,
      constants,
      withoutPatterns: isSplit,
      isSplit ? [] : patterns,
      indexOfPattern,
      automaton
    )
  }

  /// A one-of type: every value is listed.
  private static func listed(_ questions: [Question], _ constants: [TextKey]) -> Domain {
    let asked = questions.map { checks in
      checks.flatMap { check in
        constants.indices.filter { check.holds(of: constants[$0].bytes) }.map { $0..<$0 + 1 }
      }
    }
    let partition = Partition(regions: constants.count, questions: asked)
    let numbered = constants.indices.map { (constants[$0].text, partition.classOfRegion[$0]) }
    return Domain(
      classifier: .text(
        TextClassifier(constants: numbered, other: 0, automaton: nil, stateClasses: [])
      ),
      witnesses: [.missing]
        + partition.firstRegions.map { .value(.string(constants[$0].text)) },
      runs: partition.runs
    )
  }

  /// Texts of which there are more than are listed: first the regions of the others, by the sets of
  /// patterns that they match, then one for each listed text.
  private static func unlisted(
    _ questions: [Question],
    _ constants: [TextKey],
    withoutPatterns: Bool,
    _ patterns: [LikePattern],
    _ indexOfPattern: [LikePattern: Int],
    _ automaton: PatternAutomaton?
  ) -> Domain {
    let isConstant = Set(constants)
    let finder = automaton.map { PatternWitnesses($0, patterns) }
    let all =
      finder?.witnesses(excludedCount: constants.count) { isConstant.contains(TextKey($0)) }
      ?? [other(than: isConstant)]
    // Sets of patterns that only listed texts match are no regions.
    let sets = all.indices.filter { all[$0] != nil }
    var regionOfSet = [Int](repeating: 0, count: all.count)
    for (region, set) in sets.enumerated() { regionOfSet[set] = region }
    var regionOfConstant: [TextKey: Int] = [:]
    for (index, constant) in constants.enumerated() {
      regionOfConstant[constant] = sets.count + index
    }
    var regionsOfPattern = [[Int]](repeating: [], count: patterns.count)
    if let automaton {
      for (region, set) in sets.enumerated() {
        for pattern in automaton.matchSets[set] { regionsOfPattern[pattern].append(region) }
      }
      for (index, constant) in constants.enumerated() {
        let state = Int(automaton.state(after: constant.bytes))
        for pattern in automaton.matchSets[automaton.matchSetOfState[state]] {
          regionsOfPattern[pattern].append(sets.count + index)
        }
      }
    }
    var apart: [[LikePattern]] = []
    let asked = questions.map { checks in
      var regions: [Int] = []
      var left: [LikePattern] = []
      for check in checks {
        switch check {
        case .equals(_, .string(let text)): regions += [regionOfConstant[TextKey(text)] ?? 0]
        case .like(_, let pattern):
          if let only = pattern.onlyText {
            regions += [regionOfConstant[TextKey(only)] ?? 0]
          } else if withoutPatterns {
            left.append(pattern)
          } else if let index = indexOfPattern[pattern] {
            regions += regionsOfPattern[index]
          }
        default: break
        }
      }
      apart.append(left)
      return regions.map { $0..<$0 + 1 }
    }
    let partition = Partition(regions: sets.count + constants.count, questions: asked)
    let witnesses = partition.firstRegions.map { region -> ClassWitness in
      let bytes =
        region < sets.count ? all[sets[region]] ?? [] : constants[region - sets.count].bytes
      return .value(.string(String(decoding: bytes, as: UTF8.self)))
    }
    let classifier = TextClassifier(
      constants: constants.indices.map {
        (constants[$0].text, partition.classOfRegion[sets.count + $0])
      },
      other: partition.classOfRegion[0],
      automaton: automaton,
      stateClasses: automaton?.matchSetOfState.map { partition.classOfRegion[regionOfSet[$0]] }
        ?? []
    )
    return Domain(
      classifier: .text(classifier),
      witnesses: [.missing] + witnesses,
      runs: partition.runs,
      patterns: apart
    )
  }

  /// A text that is none of some.
  private static func other(than texts: Set<TextKey>) -> [UInt8] {
    var number = 0
    while texts.contains(TextKey(number == 0 ? "other" : "other-\(number)")) { number += 1 }
    return TextKey(number == 0 ? "other" : "other-\(number)").bytes
  }
}

extension Check {
  /// Whether a question about a text is answered with yes for one.
  fileprivate func holds(of bytes: [UInt8]) -> Bool {
    switch self {
    case .equals(_, .string(let text)): text.utf8.elementsEqual(bytes)
    case .like(_, let pattern): pattern.matches(String(decoding: bytes, as: UTF8.self))
    default: false
    }
  }
}
