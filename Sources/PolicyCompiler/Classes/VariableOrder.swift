/// An order of variables in which those that conditions read together are near each other.
///
/// F. Aloul, I. Markov, K. Sakallah, "FORCE: A Fast and Easy-to-Implement Variable-Ordering
/// Heuristic", 2003: each group of variables that are read together has a centre, each variable
/// moves to the mean of its groups' centres, until the groups are no longer drawn together. Starts
/// from the order of first use in the source, and never from anything that hashes; but what it
/// ends with depends little on the start.
/// - Parameters:
///   - count: How many variables there are.
///   - groups: Variables that are read together, each group once for each place that does.
/// - Returns: The variables in order.
/// - Complexity: O(rounds × (sizes of groups + n log n)), with at most 20 rounds.
func forceOrder(count: Int, groups: [[Int]]) -> [Int] {
  let groups = groups.filter { $0.count > 1 }
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
