import PolicyEngine
import PolicyModel

/// The classes of a String: each constant, and the sets of patterns that other texts match.
func textClasses(_ builder: inout ClassBuilder) -> Classifier {
  var constants: [String] = []
  var patterns: [LikePattern] = []
  for check in builder.checks {
    switch check {
    case .equals(_, .string(let text)): constants.append(text)
    case .like(_, let pattern): patterns.append(pattern)
    default: break
    }
  }
  let rows = constants.map { (text: $0, class: builder.add(.string($0))) }
  guard !patterns.isEmpty, let automaton = LikeAutomaton(patterns) else {
    let fresh = String(repeating: "x", count: 1 + (constants.map(\.utf8.count).max() ?? 0))
    return .texts(
      constants: rows,
      automaton: nil,
      others: [builder.add(.string(fresh))]
    )
  }
  let examples = TextExamples(automaton, patterns: patterns, besides: constants)
  let others = automaton.accepting.indices.map { outcome in
    let flags = automaton.accepting[outcome]
    var next = 0
    let answer = builder.checks.map { check -> Bool in
      switch check {
      case .like:
        defer { next += 1 }
        return flags[next]
      case .has: return true
      default: return false
      }
    }
    return builder.add(answer, witness: examples.texts[outcome].map { .string($0) })
  }
  return .texts(constants: rows, automaton: automaton, others: others)
}

/// A short text for each set of patterns that some text, other than the constants, matches.
struct TextExamples {
  /// By outcome of the automaton; nil where none was found.
  private(set) var texts: [String?]

  /// Walks the automaton breadth first over whole characters: those that patterns have, and one
  /// that none has. A state is walked through more than once while its texts are constants.
  init(_ automaton: LikeAutomaton, patterns: [LikePattern], besides constants: [String]) {
    texts = Array(repeating: nil, count: automaton.accepting.count)
    let alphabet = Self.alphabet(patterns)
    let taken = Set(constants.map { Array($0.utf8) })
    let most = min(constants.count, 16) + 1
    var visits = [Int](repeating: 0, count: automaton.stateCount)
    var queue: [(state: Int, text: [UInt8])] = [(0, [])]
    var next = 0
    while next < queue.count {
      let (state, text) = queue[next]
      next += 1
      let outcome = Int(automaton.outcomes[state])
      if texts[outcome] == nil, !taken.contains(text) {
        texts[outcome] = String(decoding: text, as: UTF8.self)
      }
      for character in alphabet {
        var target = state
        for byte in character { target = Int(automaton.step(target, byte)) }
        guard visits[target] < most else { continue }
        visits[target] += 1
        queue.append((target, text + character))
      }
    }
  }

  private static func alphabet(_ patterns: [LikePattern]) -> [[UInt8]] {
    var scalars: Set<Unicode.Scalar> = []
    for pattern in patterns {
      for run in pattern.runs {
        scalars.formUnion(String(decoding: run, as: UTF8.self).unicodeScalars)
      }
    }
    let fresh = (UInt8(ascii: "a")...UInt8(ascii: "z")).map { Unicode.Scalar($0) }
      .first { !scalars.contains($0) }
    let other =
      fresh
      ?? (0x4e00...0x9fff).lazy.compactMap { Unicode.Scalar($0 as UInt32) }
      .first { !scalars.contains($0) }
    return ([other].compactMap { $0 } + scalars.sorted()).map { Array(String($0).utf8) }
  }
}
