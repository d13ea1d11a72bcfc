/// Chooses few of some candidates that together have all items that any of them has.
///
/// The greedy algorithm (Chvátal 1979): the candidate with the most items that none before it has, the
/// first of equals. Then those are left out all of whose items others have.
/// - Parameters:
///   - candidates: The items of each.
///   - items: How many items there are.
/// - Returns: The positions of those that are chosen, in order.
/// - Complexity: O(chosen × candidates + all items of all candidates).
func chosen(among candidates: [[Int]], of items: Int) -> [Int] {
  var holders = [[Int]](repeating: [], count: items)
  for (position, own) in candidates.enumerated() {
    for item in own { holders[item].append(position) }
  }
  var gains = candidates.map(\.count)
  var isCovered = [Bool](repeating: false, count: items)
  var result: [Int] = []
  while let best = gains.indices.max(by: {
    gains[$0] < gains[$1] || gains[$0] == gains[$1] && $0 > $1
  }),
    gains[best] > 0
  {
    result.append(best)
    for item in candidates[best] where !isCovered[item] {
      isCovered[item] = true
      for holder in holders[item] { gains[holder] -= 1 }
    }
  }
  var times = [Int](repeating: 0, count: items)
  for position in result { for item in candidates[position] { times[item] += 1 } }
  for position in result.reversed() where candidates[position].allSatisfy({ times[$0] > 1 }) {
    for item in candidates[position] { times[item] -= 1 }
    result.removeAll { $0 == position }
  }
  return result.sorted()
}
