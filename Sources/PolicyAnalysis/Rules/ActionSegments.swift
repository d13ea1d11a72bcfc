import PolicyModel

/// The segments into which the ends of some ranges cut the actions, as the leaves of a tree.
///
/// It is J. Bentley's segment tree (1977): node 1 is the root, the children of n are 2n and 2n + 1.
struct ActionSegments {
  private let bounds: [Int]
  /// The node of the first segment; those from it on are leaves.
  let firstLeaf: Int

  /// - Complexity: O(n log n) in the ranges.
  init(_ sets: some Sequence<ActionSet>) {
    var ends: Set<Int> = []
    for set in sets {
      for range in set.ranges {
        ends.insert(range.lowerBound)
        ends.insert(range.upperBound)
      }
    }
    bounds = ends.sorted()
    var width = 1
    while width < bounds.count - 1 { width *= 2 }
    firstLeaf = width
  }

  /// One more than the last node.
  var nodeCount: Int { 2 * firstLeaf }

  /// How many segments there are.
  private var count: Int { max(0, bounds.count - 1) }

  /// Whether a node has a segment below it.
  func isPopulated(_ node: Int) -> Bool {
    var first = node
    while first < firstLeaf { first *= 2 }
    return first - firstLeaf < count
  }

  /// The fewest nodes that have below them all segments with an action of a range.
  ///
  /// - Complexity: O(log n), which is also how many they are.
  func nodes(of range: Range<Int>) -> [Int] {
    var low = max(0, bound { $0 > range.lowerBound } - 1) + firstLeaf
    var high = min(count, bound { $0 >= range.upperBound }) + firstLeaf
    var nodes: [Int] = []
    while low < high {
      if low % 2 == 1 {
        nodes.append(low)
        low += 1
      }
      if high % 2 == 1 {
        high -= 1
        nodes.append(high)
      }
      low /= 2
      high /= 2
    }
    return nodes
  }

  /// The position of the first bound of which something is true that stays true.
  private func bound(where isReached: (Int) -> Bool) -> Int {
    var low = 0
    var high = bounds.count
    while low < high {
      let middle = (low + high) / 2
      if isReached(bounds[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
