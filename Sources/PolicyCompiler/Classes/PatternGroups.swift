import PolicyEngine

/// Patterns that no one automaton holds, in groups that each have one of moderate size.
///
/// Automata of patterns that begin or end alike grow with their bytes, and such patterns go together
/// by the thousands; those with stars on both sides multiply their states, and a few go together.
struct PatternGroups: Sendable {
  private(set) var groups: [[LikePattern]] = []
  /// Patterns for which there is no room: each is matched by itself.
  private(set) var apart: [LikePattern] = []

  /// How many transitions one automaton may have, of four bytes each.
  static let groupLimit = 1 << 18
  /// How many it may have whatever its patterns are.
  static let smallLimit = 1 << 12
  /// How many all of them may have together.
  static let totalLimit = 1 << 22

  /// Groups patterns in the order given, which puts those that begin alike next to each other.
  ///
  /// The size of a group is found by doubling and halving that of the one before.
  /// - Complexity: O(n log n) in the bytes of patterns, and in the transitions made.
  init(_ patterns: [LikePattern]) {
    var rest = patterns[...]
    var size = 8
    var left = PatternGroups.totalLimit
    while !rest.isEmpty {
      size = min(size, rest.count)
      var fitting: Int?
      while size > 0 {
        guard let automaton = PatternGroups.automaton(rest.prefix(size)) else {
          size /= 2
          continue
        }
        fitting = automaton.transitions.count
        guard size < rest.count else { break }
        let doubled = min(size * 2, rest.count)
        guard PatternGroups.automaton(rest.prefix(doubled)) != nil else { break }
        size = doubled
      }
      if let fitting, fitting <= left {
        left -= fitting
        groups.append(Array(rest.prefix(size)))
        rest = rest.dropFirst(size)
      } else {
        let count = max(1, size)
        apart += rest.prefix(count)
        rest = rest.dropFirst(count)
        size = 8
      }
    }
  }

  /// The automaton of some patterns, if its size is about that of their bytes.
  private static func automaton(_ patterns: ArraySlice<LikePattern>) -> PatternAutomaton? {
    let bytes = patterns.reduce(0) { $0 + $1.runs.reduce(1) { $0 + $1.count } }
    let symbols = Set(patterns.lazy.flatMap { $0.runs.joined() }).count + 1
    let limit = min(groupLimit, max(smallLimit, 4 * bytes * symbols))
    return PatternAutomaton(Array(patterns), limit: limit)
  }
}
