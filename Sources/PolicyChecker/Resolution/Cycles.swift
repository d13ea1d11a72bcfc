/// What a depth-first search says of a graph.
struct Traversal {
  /// For every edge that closes a cycle, the nodes of that cycle, from the one that it leads to.
  ///
  /// Every cycle of the graph shares at least one node with one of these, unless they are so many that
  /// they would be ten times as long as the graph: those beyond are left for when these are mended.
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
/// - Complexity: O(nodes + edges).
func traverse(count: Int, successors: (Int) -> [Int]) -> Traversal {
  enum Colour { case white, grey, black }
  var colours = [Colour](repeating: .white, count: count)
  // Where each grey node is in the path.
  var places = [Int](repeating: 0, count: count)
  var room = 10 * count
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
        places[next] = path.count
        path.append(next)
        pending.append(successors(next).reversed())
      case .grey:
        // One at least is found: none is longer than the graph.
        let cycle = path[places[next]...]
        if cycle.count <= room { result.cycles.append(Array(cycle)) }
        room -= cycle.count
      case .black:
        break
      }
    }
  }
  return result
}
