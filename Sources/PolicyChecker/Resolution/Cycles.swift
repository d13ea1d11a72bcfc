/// What a depth-first search says of a graph.
struct Traversal {
  /// For every edge that closes a cycle, the nodes of that cycle, from the one that it leads to.
  ///
  /// Every cycle of the graph shares at least one node with one of these.
  var cycles: [[Int]] = []
  /// Every node, after all that it leads to, cycles apart.
  var order: [Int] = []

  /// How many levels of nodes each leads to, 0 for none; along a cycle not all of them.
  ///
  /// - Complexity: O(nodes + edges).
  func depths(successors: (Int) -> [Int]) -> [Int] {
    var depths = [Int](repeating: 0, count: order.count)
    for node in order {
      for next in successors(node) { depths[node] = max(depths[node], depths[next] + 1) }
    }
    return depths
  }
}

/// Walks a graph depth first (Tarjan, 1972) without recursion, so that long chains do not exhaust
/// the stack.
///
/// - Complexity: O(nodes + edges), and the length of the cycles found.
func traverse(count: Int, successors: (Int) -> [Int]) -> Traversal {
  enum Colour { case white, grey, black }
  var colours = [Colour](repeating: .white, count: count)
  var result = Traversal()
  for root in 0..<count where colours[root] == .white {
    var path: [Int] = [root]
    var pending: [[Int]] = [successors(root).reversed()]
    colours[root] = .grey
    while let node = path.last {
      guard let next = pending[pending.count - 1].popLast() else {
        colours[node] = .black
        result.order.append(node)
        path.removeLast()
        pending.removeLast()
        continue
      }
      switch colours[next] {
      case .white:
        colours[next] = .grey
        path.append(next)
        pending.append(successors(next).reversed())
      case .grey:
        if let start = path.lastIndex(of: next) { result.cycles.append(Array(path[start...])) }
      case .black:
        break
      }
    }
  }
  return result
}
