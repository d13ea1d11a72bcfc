/// An order of variables that keeps the diagrams of what is read together small.
///
/// First the hubs, most read first: variables that very many groups share (a second factor, the
/// region). Below each of their classes the others are few. Then the others, near those they are
/// read with, by FORCE (F. Aloul, I. Markov, K. Sakallah, "FORCE: A Fast and Easy-to-Implement
/// Variable-Ordering Heuristic", 2003): each group has a centre, each variable moves to the mean of
/// its groups' centres, until the groups are no longer drawn together.
///
/// The start is the order of first use in the source, and never anything that hashes; what comes out
/// depends little on it. Groups are variables that are read together, each once for each place that
/// does.
/// - Complexity: O(rounds × (sizes of groups + n log n)), with at most 20 rounds.
func variableOrder(count: Int, groups: [[Int]]) -> [Int] {
  var degrees = [Int](repeating: 0, count: count)
  for group in groups { for variable in group { degrees[variable] += 1 } }
  let total = degrees.reduce(0, +)
  let isHub = degrees.map { $0 >= 32 && $0 * count >= 8 * total }
  let hubs = (0..<count).filter { isHub[$0] }.sorted { (degrees[$1], $0) < (degrees[$0], $1) }
  let others = groups.map { $0.filter { !isHub[$0] } }.filter { $0.count > 1 }
  return hubs + forceOrder(count: count, groups: others).filter { !isHub[$0] }
}

/// FORCE from the order of the numbers.
private func forceOrder(count: Int, groups: [[Int]]) -> [Int] {
  var order = Array(0..<count)
  var best = order
  var position = order.map { Double($0) }
  var bestSpan = span(groups, position)
  for _ in 0..<20 {
    var sums = [Double](repeating: 0, count: count)
    var weights = [Double](repeating: 0, count: count)
    for group in groups {
      let centre = group.reduce(0) { $0 + position[$1] } / Double(group.count)
      for variable in group {
        sums[variable] += centre
        weights[variable] += 1
      }
    }
    let target = (0..<count).map { weights[$0] > 0 ? sums[$0] / weights[$0] : position[$0] }
    order.sort { (target[$0], $0) < (target[$1], $1) }
    for (place, variable) in order.enumerated() { position[variable] = Double(place) }
    let span = span(groups, position)
    guard span < bestSpan else { break }
    bestSpan = span
    best = order
  }
  return best
}

/// How far apart the variables of the groups are, in all.
private func span(_ groups: [[Int]], _ position: [Double]) -> Double {
  groups.reduce(0) { sum, group in
    let places = group.map { position[$0] }
    return sum + (places.max() ?? 0) - (places.min() ?? 0)
  }
}
