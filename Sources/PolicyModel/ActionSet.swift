package import PolicyEngine

/// A set of actions as sorted, disjoint, non-adjacent ranges.
///
/// Services and action groups are contiguous, so that `allow *` is one range however many actions
/// the catalogue has.
package struct ActionSet: Hashable, Sendable {
  package private(set) var ranges: [Range<Int>]

  package init() {
    ranges = []
  }

  /// The union of any ranges, in any order.
  ///
  /// - Complexity: O(n log n).
  package init(_ parts: [Range<Int>]) {
    ranges = []
    for part in parts.filter({ !$0.isEmpty }).sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = ranges.last, part.lowerBound <= last.upperBound {
        ranges[ranges.count - 1] =
          last.lowerBound..<Swift.max(last.upperBound, part.upperBound)
      } else {
        ranges.append(part)
      }
    }
  }

  package var isEmpty: Bool { ranges.isEmpty }
  package var count: Int { ranges.reduce(0) { $0 + $1.count } }

  /// The actions in catalogue order.
  package var actions: [ActionIndex] { ranges.flatMap { $0.map { ActionIndex($0) } } }

  /// - Complexity: O(log ranges).
  package func contains(_ action: ActionIndex) -> Bool {
    var low = 0
    var high = ranges.count
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].upperBound <= action.position { low = middle + 1 } else { high = middle }
    }
    return low < ranges.count && ranges[low].contains(action.position)
  }

  package func union(_ other: ActionSet) -> ActionSet { ActionSet(ranges + other.ranges) }

  /// - Complexity: O(ranges of both).
  package func subtracting(_ other: ActionSet) -> ActionSet {
    var result: [Range<Int>] = []
    var index = 0
    for range in ranges {
      var lower = range.lowerBound
      while index < other.ranges.count, other.ranges[index].upperBound <= lower { index += 1 }
      var cursor = index
      while cursor < other.ranges.count, other.ranges[cursor].lowerBound < range.upperBound {
        if other.ranges[cursor].lowerBound > lower {
          result.append(lower..<other.ranges[cursor].lowerBound)
        }
        lower = Swift.max(lower, other.ranges[cursor].upperBound)
        cursor += 1
      }
      if lower < range.upperBound { result.append(lower..<range.upperBound) }
    }
    return ActionSet(result)
  }

  package func intersection(_ other: ActionSet) -> ActionSet {
    subtracting(subtracting(other))
  }
}
