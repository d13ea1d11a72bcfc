/// The nearest names to one that is not known, for "did you mean".
///
/// Distance is that of optimal string alignment (Damerau 1964, restricted): insertions, deletions,
/// substitutions and swaps of neighbours each cost 1. A change of case alone costs nothing more
/// than 1 in all. The distance is capped by the length of what is not the same in both names, part by
/// part of a path, so that a far guess is never made: `resource.ws` has eight letters in common with
/// `resource.x`, and is none for it.
package enum Suggestion {
  /// The most edits that still count as a slip of the pen in so many letters.
  private static func limit(for length: Int) -> Int {
    switch length {
    case ...1: 0
    case ...4: 1
    case ...8: 2
    default: 3
    }
  }

  /// How many scalars two names have in common before and after what differs: whole parts of paths,
  /// and the dashes of an option.
  private static func common(
    _ left: [Unicode.Scalar],
    _ right: [Unicode.Scalar]
  ) -> (before: Int, after: Int) {
    let most = min(left.count, right.count)
    func isBreak(_ scalar: Unicode.Scalar) -> Bool { scalar == "." || scalar == "/" }
    var (before, after) = (0, 0)
    var isDashes = true
    for index in 0..<most {
      guard left[index] == right[index] else { break }
      isDashes = isDashes && left[index] == "-"
      if isDashes || isBreak(left[index]) { before = index + 1 }
    }
    for index in 1..<max(1, most - before) {
      let scalar = left[left.count - index]
      guard scalar == right[right.count - index] else { break }
      if isBreak(scalar) { after = index }
    }
    return (before, after)
  }

  /// The candidates that are nearest to a name, all at one distance; empty when none is near.
  ///
  /// - Complexity: O(candidates × length²); at most three are returned, in byte order.
  package static func nearest(
    to name: String,
    among candidates: some Sequence<String>,
    limit: Int? = nil
  ) -> [String] {
    let wanted = Array(name.unicodeScalars)
    let folded = name.lowercased()
    var best = limit ?? Int.max
    var found: [String] = []
    for candidate in candidates where candidate != name {
      let scalars = Array(candidate.unicodeScalars)
      let isSameWord = candidate.lowercased() == folded
      let (before, after) = common(wanted, scalars)
      let part = wanted[before..<(wanted.count - after)]
      let most = isSameWord ? best : min(best, self.limit(for: part.count))
      guard isSameWord || abs(scalars.count - wanted.count) <= most else { continue }
      let other = scalars[before..<(scalars.count - after)]
      let distance = isSameWord ? 1 : alignment(Array(part), Array(other))
      guard distance <= most else { continue }
      if distance < best {
        best = distance
        found = [candidate]
      } else if distance == best {
        found.append(candidate)
      }
    }
    let ordered = Set(found).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    return ordered.count <= 3 ? ordered : []
  }

  /// "did you mean `a` or `b`?", or nothing.
  package static func question(_ names: [String]) -> String? {
    guard !names.isEmpty else { return nil }
    return "did you mean " + names.map { "`\($0)`" }.joined(separator: " or ") + "?"
  }

  private static func alignment(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
    var beforeLast = [Int](repeating: 0, count: right.count + 1)
    var last = Array(0...right.count)
    for row in 0..<left.count {
      var current = [row + 1]
      current.reserveCapacity(right.count + 1)
      for column in 0..<right.count {
        let substitution = last[column] + (left[row] == right[column] ? 0 : 1)
        var cost = min(substitution, last[column + 1] + 1, current[column] + 1)
        if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
          cost = min(cost, beforeLast[column - 1] + 1)
        }
        current.append(cost)
      }
      beforeLast = last
      last = current
    }
    return last[right.count]
  }
}
