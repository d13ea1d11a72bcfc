import PolicyCompiler
package import PolicyEngine
package import PolicyModel

/// A deny *has an effect* if some request for which it applies would be allowed by a rule of any
/// policy of the set; its holder may hold that policy too. Where no rule allows what it denies,
/// taking it away changes no decision.
extension RuleProver {
  /// The denies without effect, in the order of the rules; those that never apply are not among
  /// them.
  ///
  /// - Complexity: O(log n) for most rules: the first allow that it meets ends the search.
  package mutating func deniesWithoutEffect() -> [RuleIndex] {
    set.rules.indices.filter { index in
      set.rules[index].effect == .deny && !hasEffect(index, for: set.rules[index].actions)
        && applies(index)
    }
  }

  /// Whether some rule allows what a deny denies, for some of its actions.
  package mutating func hasEffect(_ index: RuleIndex, for actions: ActionSet) -> Bool {
    let allows = allAllows()
    let contribution = diagrams.contributions[index.position]
    return allows.contains(in: actions) { isPossible(.meets, contribution, $0) }
  }

  private mutating func allAllows() -> AllowTree {
    if let allows { return allows }
    let tree = AllowTree(
      set.rules.indices.filter { set.rules[$0].effect == .allow }
        .map { (set.rules[$0].actions, diagrams.contributions[$0.position]) }
    )
    allows = tree
    return tree
  }
}

/// What the allows of all policies contribute, over the actions: each diagram once for each node of
/// a segment tree.
struct AllowTree {
  private let segments: ActionSegments
  /// The contributions of the rules that cover all segments below a node.
  private var own: [[Diagram]]
  /// Those of the rules that cover some of them.
  private var below: [[Diagram]]

  /// - Complexity: O(n log n) in the ranges of the rules.
  init(_ allows: [(actions: ActionSet, contribution: Diagram)]) {
    segments = ActionSegments(allows.lazy.map(\.actions))
    own = [[Diagram]](repeating: [], count: segments.nodeCount)
    below = own
    for allow in allows where allow.contribution != .nothing {
      for range in allow.actions.ranges {
        for node in segments.nodes(of: range) { own[node].append(allow.contribution) }
      }
    }
    for node in stride(from: own.count - 1, to: 0, by: -1) {
      own[node] = Set(own[node]).sorted()
      guard node < segments.firstLeaf else { continue }
      let children = [2 * node, 2 * node + 1]
      below[node] = Set(children.flatMap { own[$0] + below[$0] }).sorted()
    }
  }

  /// Whether something is true of the contribution of an allow for any of some actions.
  func contains(in actions: ActionSet, _ isWanted: (Diagram) -> Bool) -> Bool {
    actions.ranges.contains { range in
      segments.nodes(of: range).contains { start in
        var node = start
        while node > 0 {
          if own[node].contains(where: isWanted) { return true }
          node /= 2
        }
        return below[start].contains(where: isWanted)
      }
    }
  }
}
