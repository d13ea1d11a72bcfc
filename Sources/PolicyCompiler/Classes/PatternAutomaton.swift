import PolicyEngine

/// One deterministic automaton for all `like` patterns on an attribute.
///
/// By the subset construction (M. Rabin, D. Scott, 1959) over bytes, which is the same as over
/// scalars because patterns and texts are UTF-8. Of each pattern only what lies behind its last
/// star reached is kept: whatever an earlier place would match, that star matches too, so a single
/// pattern has no more states than bytes.
struct PatternAutomaton: Sendable {
  /// The symbol of each byte; bytes that no pattern has share symbol 0.
  private(set) var symbols = [UInt8](repeating: 0, count: 256)
  private(set) var symbolCount = 1
  /// The next state by state and symbol, row after row; state 0 is the start.
  private(set) var transitions: [UInt32] = []
  /// Each distinct set of patterns that some text matches, ascending.
  private(set) var matchSets: [[Int]] = []
  /// The position in `matchSets` for each state.
  private(set) var matchSetOfState: [Int] = []

  var stateCount: Int { matchSetOfState.count }

  /// How large the table of transitions may become.
  static let transitionLimit = 1 << 20
  /// How many places in patterns may be looked at while it is made, where very many move together.
  static let workLimit = 1 << 26

  /// An automaton for some patterns; nil when it would be larger than the limit.
  init?(_ patterns: [LikePattern], limit: Int = transitionLimit) {
    guard number(bytesOf: patterns) else { return nil }
    let tokens = PatternTokens(patterns)
    var stateOfSubset: [[UInt32]: UInt32] = [:]
    var subsets: [[UInt32]] = []
    func state(_ subset: [UInt32]) -> UInt32 {
      if let known = stateOfSubset[subset] { return known }
      stateOfSubset[subset] = UInt32(subsets.count)
      subsets.append(subset)
      return UInt32(subsets.count - 1)
    }
    _ = state(tokens.start)
    var bytes = [UInt8?](repeating: nil, count: symbolCount)
    for byte in UInt8.min...UInt8.max where symbols[Int(byte)] > 0 {
      bytes[Int(symbols[Int(byte)])] = byte
    }
    var next = 0
    var work = 0
    while next < subsets.count {
      work += subsets[next].count * symbolCount
      guard subsets.count * symbolCount <= limit, work <= PatternAutomaton.workLimit else {
        return nil
      }
      for byte in bytes { transitions.append(state(tokens.step(subsets[next], byte))) }
      next += 1
    }
    var known: [[Int]: Int] = [:]
    for subset in subsets {
      let matched = tokens.matched(subset)
      let index = known[matched] ?? matchSets.count
      if index == matchSets.count {
        known[matched] = index
        matchSets.append(matched)
      }
      matchSetOfState.append(index)
    }
  }

  private mutating func number(bytesOf patterns: [LikePattern]) -> Bool {
    for byte in Set(patterns.flatMap { $0.runs.joined() }).sorted() {
      guard symbolCount < 256 else { return false }
      symbols[Int(byte)] = UInt8(symbolCount)
      symbolCount += 1
    }
    return true
  }

  /// The state after some bytes.
  ///
  /// - Complexity: O(length).
  func state(after bytes: some Sequence<UInt8>, from start: UInt32 = 0) -> UInt32 {
    bytes.reduce(start) { transitions[Int($0) * symbolCount + Int(symbols[Int($1)])] }
  }
}

/// Patterns as one line of tokens, so that a place in a pattern is a number.
private struct PatternTokens {
  private enum Token {
    case byte(UInt8)
    case star
    case end(pattern: Int)
  }

  private var tokens: [Token] = []
  private var patternOf: [UInt32] = []
  private(set) var start: [UInt32] = []

  init(_ patterns: [LikePattern]) {
    var starts: [UInt32] = []
    for (index, pattern) in patterns.enumerated() {
      starts.append(UInt32(tokens.count))
      for (position, run) in pattern.runs.enumerated() {
        if position > 0 { tokens.append(.star) }
        tokens.append(contentsOf: run.map { .byte($0) })
      }
      tokens.append(.end(pattern: index))
      while patternOf.count < tokens.count { patternOf.append(UInt32(index)) }
    }
    start = closed(starts)
  }

  /// The places after a byte; nil is a byte that no pattern has.
  func step(_ places: [UInt32], _ byte: UInt8?) -> [UInt32] {
    var moved: [UInt32] = []
    for place in places {
      switch tokens[Int(place)] {
      case .byte(let wanted): if wanted == byte { moved.append(place + 1) }
      case .star: moved.append(place)
      case .end: break
      }
    }
    return closed(moved)
  }

  /// The patterns that match what has been read.
  func matched(_ places: [UInt32]) -> [Int] {
    places.compactMap { place in
      if case .end(let pattern) = tokens[Int(place)] { pattern } else { nil }
    }
  }

  /// Adds what stars may skip, and drops what lies before the last star of each pattern.
  private func closed(_ places: [UInt32]) -> [UInt32] {
    var all: [UInt32] = []
    for place in places {
      var place = place
      all.append(place)
      while case .star = tokens[Int(place)] {
        place += 1
        all.append(place)
      }
    }
    all.sort()
    var kept: [UInt32] = []
    var pattern = UInt32.max
    var isPastStar = false
    for place in all.reversed() where place != kept.last {
      if patternOf[Int(place)] != pattern {
        pattern = patternOf[Int(place)]
        isPastStar = false
      }
      guard !isPastStar else { continue }
      kept.append(place)
      if case .star = tokens[Int(place)] { isPastStar = true }
    }
    return kept.reversed()
  }
}
