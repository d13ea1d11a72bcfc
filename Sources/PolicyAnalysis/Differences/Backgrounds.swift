import PolicyCompiler
import PolicyEngine
import PolicyModel

/// What gives policies to somebody on each side: the force of each policy of the joined set.
struct Forces: Hashable {
  var old: [PolicyIndex: Diagram] = [:]
  var new: [PolicyIndex: Diagram] = [:]

  subscript(side: Side) -> [PolicyIndex: Diagram] { side == .old ? old : new }

  /// The policies that are given on either side, in order.
  var policies: [PolicyIndex] { (Array(old.keys) + Array(new.keys)).sorted() }

  func without(_ pair: PolicyPair) -> Forces {
    var rest = self
    if let policy = pair.old { rest.old[policy] = nil }
    if let policy = pair.new { rest.new[policy] = nil }
    return rest
  }
}

/// What some policies decide on each side, run by run of actions; silent between.
struct Background {
  private(set) var runs: [(actions: Range<Int>, decisions: SidePair<Diagram>)] = []

  init(_ forces: Forces, within actions: ActionSet, _ finder: inout GainFinder) {
    let policies = forces.policies
    for segment in segments(policies, finder.diagrams.cells, within: actions) {
      var decisions = SidePair(Diagram.nothing, Diagram.nothing)
      for side in Side.allCases {
        let parts = zip(policies, segment.cells).map { policy, cell in
          (force: forces[side][policy] ?? .no, cell: cell)
        }
        decisions[side] = finder.decision(parts)
      }
      runs.append((segment.actions, decisions))
    }
  }

  /// The parts of a range, each with what is decided there.
  ///
  /// - Complexity: O(log runs + parts).
  func parts(_ range: Range<Int>) -> [(actions: Range<Int>, decisions: SidePair<Diagram>)] {
    let silent = SidePair(Diagram.nothing, Diagram.nothing)
    var low = 0
    var high = runs.count
    while low < high {
      let middle = (low + high) / 2
      if runs[middle].actions.upperBound <= range.lowerBound {
        low = middle + 1
      } else {
        high = middle
      }
    }
    var result: [(actions: Range<Int>, decisions: SidePair<Diagram>)] = []
    var start = range.lowerBound
    while low < runs.count, runs[low].actions.lowerBound < range.upperBound {
      let part = runs[low].actions.clamped(to: range)
      if start < part.lowerBound { result.append((start..<part.lowerBound, silent)) }
      result.append((part, runs[low].decisions))
      start = part.upperBound
      low += 1
    }
    if start < range.upperBound { result.append((start..<range.upperBound, silent)) }
    return result
  }
}
