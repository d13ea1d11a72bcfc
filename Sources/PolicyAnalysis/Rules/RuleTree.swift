import PolicyCompiler
import PolicyEngine
import PolicyModel

/// What a rule contributes to the cells of its actions.
struct Contribution {
  let rule: RuleIndex
  let actions: ActionSet
  let diagram: Diagram
}

/// The rules of a policy and of all that it includes, over the actions, such that the cells
/// *without* one of them can be asked for.
///
/// A segment tree, as in `sweep`: each rule lies at the O(log n) nodes that make up each of its
/// ranges. What the others contribute to the segments below such a node is what lies above it, what
/// lies at it besides, and what lies below it. The last differs from segment to segment; but a rule
/// adds nothing to any of them exactly if it adds nothing to the least of them, because diagrams
/// under *least* and *greatest* are a distributive lattice. So all rules are asked with O(n log n)
/// combinations.
struct RuleTree {
  private let segments: ActionSegments
  /// The contributions at each node.
  private var own: [[Contribution]]
  /// What those at a node without each of them make, in the same order.
  private var others: [[Diagram]]
  /// What those at a node make together, by node.
  private var together: [Diagram]
  /// What those at all nodes above make together.
  private var above: [Diagram]
  /// The least, over the segments below a node, of what those at the nodes in between make.
  private var below: [Diagram]

  /// - Complexity: O(n log n) combinations in the number of ranges.
  init(_ contributions: [Contribution], in store: inout DiagramStore) {
    segments = ActionSegments(contributions.lazy.map(\.actions))
    let count = segments.nodeCount
    own = [[Contribution]](repeating: [], count: count)
    others = [[Diagram]](repeating: [], count: count)
    together = [Diagram](repeating: .nothing, count: count)
    above = together
    below = together
    for contribution in contributions {
      for range in contribution.actions.ranges {
        for node in segments.nodes(of: range) { own[node].append(contribution) }
      }
    }
    for node in 1..<count {
      if !own[node].isEmpty {
        own[node].sort { ($0.diagram, $0.rule) < ($1.diagram, $1.rule) }
        (together[node], others[node]) = leavingOneOut(own[node].map(\.diagram), in: &store)
      }
      if node > 1 {
        above[node] = store.combine(.or, above[node / 2], together[node / 2])
      }
    }
    for node in stride(from: segments.firstLeaf - 1, to: 0, by: -1) {
      below[node] = store.combine(
        .and,
        least(2 * node, in: &store),
        least(2 * node + 1, in: &store)
      )
    }
  }

  /// What is sure to be contributed at a node and below; all, where there is no segment.
  private func least(_ node: Int, in store: inout DiagramStore) -> Diagram {
    guard segments.isPopulated(node) else { return .deny }
    return store.combine(.or, together[node], below[node])
  }

  /// Whether no cell of some actions of a rule in the tree changes when it is taken away.
  ///
  /// - Complexity: O(log n) combinations for each range, until one says no.
  func isCovered(
    _ index: RuleIndex,
    _ contribution: Diagram,
    for actions: ActionSet,
    _ feasibility: inout Feasibility,
    in store: inout DiagramStore
  ) -> Bool {
    for range in actions.ranges {
      for node in segments.nodes(of: range) {
        let rest = rest(without: index, at: node, in: &store)
        let excess = store.combine(.exceeds, contribution, rest)
        if feasibility.isPossible(excess, &store) { return false }
      }
    }
    return true
  }

  /// The least that the other rules contribute to the segments below a node.
  private func rest(
    without index: RuleIndex,
    at start: Int,
    in store: inout DiagramStore
  ) -> Diagram {
    var result = below[start]
    var node = start
    while node > 0 {
      if let position = own[node].firstIndex(where: { $0.rule == index }) {
        result = store.combine(.or, result, others[node][position])
        return store.combine(.or, result, above[node])
      }
      result = store.combine(.or, result, together[node])
      node /= 2
    }
    return result
  }
}

/// The union of some diagrams, and for each of them the union of the others.
///
/// - Complexity: O(n) combinations.
private func leavingOneOut(
  _ diagrams: [Diagram],
  in store: inout DiagramStore
) -> (all: Diagram, others: [Diagram]) {
  guard diagrams.count > 1 else { return (diagrams.first ?? .nothing, [.nothing]) }
  // A heap-shaped tree: the unions of all subtrees upwards, then downwards what is outside them.
  let count = diagrams.count
  var inside = [Diagram](repeating: .nothing, count: count) + diagrams
  for node in stride(from: count - 1, to: 0, by: -1) {
    inside[node] = store.combine(.or, inside[2 * node], inside[2 * node + 1])
  }
  var outside = [Diagram](repeating: .nothing, count: 2 * count)
  for node in 2..<2 * count {
    outside[node] = store.combine(.or, outside[node / 2], inside[node ^ 1])
  }
  return (inside[1], Array(outside[count...]))
}

extension Operation {
  /// Yes where the left value is more than the right one.
  static let exceeds = Operation { $0 > $1 ? 2 : 0 }
}
