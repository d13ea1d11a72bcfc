import PolicyEngine

/// Finds texts for the sets of patterns that an automaton tells apart.
///
/// Texts are made of the scalars that the patterns have and of one that none has, which stands for
/// all others: a place where it may stand may hold any run of such scalars. So a set of patterns
/// that only finitely many texts match has none with that scalar, and searching is complete.
struct PatternWitnesses {
  private let automaton: PatternAutomaton
  private let scalars: [[UInt8]]
  /// A shortest text that leads to each state; nil for states that only parts of scalars reach.
  private var shortest: [[UInt8]?]

  /// - Complexity: O(states × scalars × length of the texts).
  init(_ automaton: PatternAutomaton, _ patterns: [LikePattern]) {
    self.automaton = automaton
    let own = Set(
      patterns.flatMap { $0.runs.flatMap { String(decoding: $0, as: UTF8.self).unicodeScalars } }
    )
    let candidates =
      (0x61...0x7a).map { Unicode.Scalar($0) }.map { $0 as Unicode.Scalar? }
      + (0xe000...0xf8ff).map { Unicode.Scalar($0 as UInt32) }
    let fresh = candidates.lazy.compactMap { $0 }.first { !own.contains($0) }
    scalars = (own.sorted() + (fresh.map { [$0] } ?? [])).map { Array(String($0).utf8) }
    shortest = [[UInt8]?](repeating: nil, count: automaton.stateCount)
    shortest[0] = []
    var queue: [UInt32] = [0]
    var next = 0
    while next < queue.count {
      let state = queue[next]
      next += 1
      for scalar in scalars {
        let target = automaton.state(after: scalar, from: state)
        guard shortest[Int(target)] == nil, let text = shortest[Int(state)] else { continue }
        shortest[Int(target)] = text + scalar
        queue.append(target)
      }
    }
  }

  /// A text for each set of patterns that is matched by one without a class of its own.
  ///
  /// Those that have one are excluded; how many there are bounds the search.
  func witnesses(excludedCount: Int, isExcluded: ([UInt8]) -> Bool) -> [[UInt8]?] {
    var found = [[UInt8]?](repeating: nil, count: automaton.matchSets.count)
    for (state, text) in shortest.enumerated() {
      let set = automaton.matchSetOfState[state]
      guard found[set] == nil, let text else { continue }
      if !isExcluded(text) {
        found[set] = text
        continue
      }
      for scalar in scalars.reversed() {
        let target = automaton.state(after: scalar, from: UInt32(state))
        guard automaton.matchSetOfState[Int(target)] == set, !isExcluded(text + scalar) else {
          continue
        }
        found[set] = text + scalar
        break
      }
    }
    for set in found.indices where found[set] == nil {
      found[set] = search(set, excludedCount: excludedCount, isExcluded: isExcluded)
    }
    return found
  }

  /// Looks through all texts of a set by length until one is not excluded.
  ///
  /// Every step taken leads to a text of the set, so that at most `excludedCount + 1` are built; a
  /// set without texts of as many successive lengths as there are states has no longer ones.
  private func search(
    _ set: Int,
    excludedCount: Int,
    isExcluded: ([UInt8]) -> Bool
  ) -> [UInt8]? {
    // live[n] holds the states from which the set is reached in exactly n scalars.
    var live: [[Bool]] = [automaton.matchSetOfState.map { $0 == set }]
    var barren = 0
    while barren <= automaton.stateCount, live.count <= (excludedCount + 2) * automaton.stateCount {
      let length = live.count - 1
      if live[length][0] {
        barren = 0
        if let text = text(of: length, from: 0, after: [], live, isExcluded) { return text }
      } else {
        barren += 1
      }
      live.append(
        (0..<automaton.stateCount).map { state in
          scalars.contains { live[length][Int(automaton.state(after: $0, from: UInt32(state)))] }
        }
      )
    }
    return nil
  }

  private func text(
    of length: Int,
    from state: UInt32,
    after prefix: [UInt8],
    _ live: [[Bool]],
    _ isExcluded: ([UInt8]) -> Bool
  ) -> [UInt8]? {
    guard length > 0 else { return isExcluded(prefix) ? nil : prefix }
    for scalar in scalars {
      let target = automaton.state(after: scalar, from: state)
      guard live[length - 1][Int(target)] else { continue }
      if let found = text(of: length - 1, from: target, after: prefix + scalar, live, isExcluded) {
        return found
      }
    }
    return nil
  }
}
