import PolicyModel

/// An order of the variables in which those that conditions read together stand together.
///
/// Source: F. Aloul, I. Markov, K. Sakallah, "FORCE: A Fast and Easy-To-Implement Variable-Ordering
/// Heuristic", 2003: each variable moves to the mean of the centres of the conditions that read it,
/// until the spans of the conditions grow no shorter. The start does not depend on the order of the
/// source: the most read variables first, ties by what they are about.
///
/// - Complexity: O(rounds × size of the edges), at most 20 rounds.
func variableOrder(
  _ subjects: [VariableSubject],
  edges: [[VariableSubject]]
) -> [VariableSubject] {
  var uses: [VariableSubject: Int] = [:]
  for edge in edges { for subject in edge { uses[subject, default: 0] += 1 } }
  let keys = Dictionary(uniqueKeysWithValues: subjects.map { ($0, sortKey($0)) })
  let start = subjects.sorted { left, right in
    let (leftUses, rightUses) = (uses[left] ?? 0, uses[right] ?? 0)
    return leftUses == rightUses
      ? (keys[left] ?? "") < (keys[right] ?? "") : leftUses > rightUses
  }
  var positions = Dictionary(
    uniqueKeysWithValues: start.enumerated().map { ($1, $0) }
  )
  // Equal edges pull equally; each distinct one counts once, in a fixed order.
  let distinct = Set(edges.map { edge in edge.compactMap { positions[$0] }.sorted() })
    .filter { $0.count > 1 }
    .sorted { $0.lexicographicallyPrecedes($1) }
    .map { edge in edge.map { start[$0] } }
  func span() -> Int {
    distinct.reduce(0) { sum, edge in
      let places = edge.compactMap { positions[$0] }
      return sum + (places.max() ?? 0) - (places.min() ?? 0)
    }
  }
  var best = start
  var bestSpan = span()
  for _ in 0..<20 {
    var pulls: [VariableSubject: (sum: Double, count: Int)] = [:]
    for edge in distinct {
      let centre = edge.reduce(0.0) { $0 + Double(positions[$1] ?? 0) } / Double(edge.count)
      for subject in edge {
        let (sum, count) = pulls[subject] ?? (0, 0)
        pulls[subject] = (sum + centre, count + 1)
      }
    }
    let goals = start.map { subject -> Double in
      guard let pull = pulls[subject] else { return Double(positions[subject] ?? 0) }
      return pull.sum / Double(pull.count)
    }
    let order = start.indices.sorted { (goals[$0], $0) < (goals[$1], $1) }.map { start[$0] }
    positions = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1, $0) })
    let now = span()
    guard now < bestSpan else { break }
    best = order
    bestSpan = now
  }
  return best
}
