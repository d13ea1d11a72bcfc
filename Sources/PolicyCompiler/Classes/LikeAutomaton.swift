package import PolicyEngine

/// One deterministic automaton for all `like` patterns on an attribute.
///
/// Built by the subset construction (Rabin and Scott, 1959) over bytes. Of each pattern only the
/// furthest run between stars is kept: having reached it earliest leaves the most room for the rest,
/// so what came before cannot matter, and the subsets stay small.
package struct LikeAutomaton: Sendable {
  /// The symbol of each byte; bytes that no pattern mentions share symbol 0.
  package let symbols: [UInt8]
  package let symbolCount: Int
  /// The next state by state and symbol, row after row; state 0 is the start.
  package let transitions: [UInt32]
  /// The position in `accepting` of each state's set of matched patterns.
  package let outcomes: [UInt32]
  /// Each distinct set of patterns that some text matches, as flags.
  package let accepting: [[Bool]]

  package var stateCount: Int { outcomes.count }

  /// - Returns: nil when more states are needed than the budget allows.
  package init?(_ patterns: [LikePattern], budget: Int = 4096) {
    var symbols = [UInt8](repeating: 0, count: 256)
    var representatives: [UInt8?] = [nil]
    for byte in Set(patterns.flatMap { $0.runs.flatMap { $0 } }).sorted() {
      guard representatives.count < 256 else { return nil }
      symbols[Int(byte)] = UInt8(representatives.count)
      representatives.append(byte)
    }
    var states: [[Position]: UInt32] = [:]
    var subsets: [[Position]] = []
    var transitions: [UInt32] = []
    let start = Position.closed(
      patterns.indices.map { Position(pattern: $0, run: 0, offset: 0) },
      patterns
    )
    states[start] = 0
    subsets.append(start)
    var next = 0
    while next < subsets.count {
      for byte in representatives {
        let subset = Position.advance(subsets[next], by: byte, patterns)
        if let known = states[subset] {
          transitions.append(known)
        } else {
          guard subsets.count < budget else { return nil }
          states[subset] = UInt32(subsets.count)
          transitions.append(UInt32(subsets.count))
          subsets.append(subset)
        }
      }
      next += 1
    }
    var accepting: [[Bool]] = []
    var known: [[Bool]: UInt32] = [:]
    outcomes = subsets.map { subset in
      var flags = [Bool](repeating: false, count: patterns.count)
      for position in subset where position.isFinal(patterns) { flags[position.pattern] = true }
      if let index = known[flags] { return index }
      known[flags] = UInt32(accepting.count)
      accepting.append(flags)
      return UInt32(accepting.count - 1)
    }
    self.symbols = symbols
    symbolCount = representatives.count
    self.transitions = transitions
    self.accepting = accepting
  }

  /// The position in `accepting` of the patterns that a text matches.
  ///
  /// - Complexity: O(length).
  package func outcome(of text: some Sequence<UInt8>) -> Int {
    var state = 0
    for byte in text { state = Int(step(state, byte)) }
    return Int(outcomes[state])
  }

  func step(_ state: Int, _ byte: UInt8) -> UInt32 {
    transitions[state * symbolCount + Int(symbols[Int(byte)])]
  }
}

/// How far a text has got in a pattern: so many bytes into one of its runs.
private struct Position: Hashable, Comparable {
  let pattern: Int
  let run: Int
  let offset: Int

  static func < (left: Position, right: Position) -> Bool {
    (left.pattern, left.run, left.offset) < (right.pattern, right.run, right.offset)
  }

  func isFinal(_ patterns: [LikePattern]) -> Bool {
    let runs = patterns[pattern].runs
    return run == runs.count - 1 && offset == runs[run].count
  }

  static func advance(
    _ subset: [Position],
    by byte: UInt8?,
    _ patterns: [LikePattern]
  ) -> [Position] {
    var moved: [Position] = []
    for position in subset {
      let run = patterns[position.pattern].runs[position.run]
      // At the start of a run after a star, any byte may still belong to the star.
      if position.run > 0, position.offset == 0 { moved.append(position) }
      if let byte, position.offset < run.count, run[position.offset] == byte {
        moved.append(
          Position(pattern: position.pattern, run: position.run, offset: position.offset + 1)
        )
      }
    }
    return closed(moved, patterns)
  }

  /// Steps over ended runs to the star after them, and keeps only each pattern's furthest run.
  static func closed(_ positions: [Position], _ patterns: [LikePattern]) -> [Position] {
    var all = Set(positions)
    for position in positions {
      var last = position
      while last.run < patterns[last.pattern].runs.count - 1,
        last.offset == patterns[last.pattern].runs[last.run].count
      {
        last = Position(pattern: last.pattern, run: last.run + 1, offset: 0)
        all.insert(last)
      }
    }
    var furthest: [Int: Int] = [:]
    for position in all {
      furthest[position.pattern] = max(furthest[position.pattern] ?? 0, position.run)
    }
    return all.filter { furthest[$0.pattern] == $0.run }.sorted()
  }
}
