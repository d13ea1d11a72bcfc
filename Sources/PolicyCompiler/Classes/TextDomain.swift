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
    var known: Set<LikePattern> = []
    var texts: Set<TextKey> = []
    for check in questions.joined() {
      switch check {
      case .equals(_, .string(let text)): texts.insert(TextKey(text))
      case .like(_, let pattern):
        if let only = pattern.onlyText {
          texts.insert(TextKey(only))
        } else if words == nil, known.insert(pattern).inserted {
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
    return unlisted(questions, constants, automaton == nil ? [] : patterns, automaton)
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

  /// Texts of which there are more than are listed.
  private static func unlisted(
    _ questions: [Question],
    _ constants: [TextKey],
    _ patterns: [LikePattern],
    _ automaton: PatternAutomaton?
  ) -> Domain {
    let regions = TextRegions(constants, patterns, automaton)
    let partition = Partition(
      regions: regions.count,
      questions: questions.map { checks in
        checks.flatMap { regions.regions(of: $0) }.map { $0..<$0 + 1 }
      }
    )
    let classes = partition.classOfRegion
    let classifier = TextClassifier(
      constants: constants.map { ($0.text, classes[regions.regionOfConstant[$0] ?? 0]) },
      other: classes[0],
      automaton: automaton,
      stateClasses: automaton?.matchSetOfState.map { classes[regions.regionOfSet[$0]] } ?? []
    )
    return Domain(
      classifier: .text(classifier),
      witnesses: [.missing] + partition.firstRegions.map { .value(.string(regions.texts[$0])) },
      runs: partition.runs,
      patterns: questions.map { $0.compactMap { regions.patternApart($0) } }
    )
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
