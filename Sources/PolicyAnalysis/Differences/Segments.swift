import PolicyCompiler
import PolicyEngine
import PolicyModel

/// A run of actions over which none of some policies' cells changes.
struct Segment {
  let actions: Range<Int>
  /// One for each policy, in their order; nothing for a policy that is not there.
  let cells: [Diagram]
}

/// The segments of some policies within a set of actions, those left out in which all say nothing.
///
/// - Complexity: O(policies × ends of runs).
func segments(
  _ policies: [PolicyIndex?],
  _ cells: Table<PolicyIndex, [CellRun]>,
  within actions: ActionSet
) -> [Segment] {
  let runs = policies.map { policy in policy.map { cells[$0] } ?? [] }
  var bounds: Set<Int> = []
  for run in runs.joined() {
    bounds.insert(run.actions.lowerBound)
    bounds.insert(run.actions.upperBound)
  }
  guard let first = bounds.min(), let last = bounds.max() else { return [] }
  for range in actions.ranges {
    if range.lowerBound > first { bounds.insert(range.lowerBound) }
    if range.upperBound < last { bounds.insert(range.upperBound) }
  }
  let cuts = bounds.sorted()
  var cursors = [Int](repeating: 0, count: runs.count)
  var result: [Segment] = []
  for (lower, upper) in zip(cuts, cuts.dropFirst()) {
    var found = [Diagram](repeating: .nothing, count: runs.count)
    for index in runs.indices {
      while cursors[index] < runs[index].count,
        runs[index][cursors[index]].actions.upperBound <= lower
      { cursors[index] += 1 }
      guard cursors[index] < runs[index].count else { continue }
      let run = runs[index][cursors[index]]
      if run.actions.contains(lower) { found[index] = run.cell }
    }
    guard actions.contains(ActionIndex(lower)), found.contains(where: { $0 != .nothing }) else {
      continue
    }
    result.append(Segment(actions: lower..<upper, cells: found))
  }
  return result
}
