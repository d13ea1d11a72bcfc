/// Finds the cycles of a graph by depth-first search without recursion, so that long chains do not
/// exhaust the stack.
///
/// - Returns: For every edge that closes a cycle, the nodes of that cycle in order, beginning with
///   the node that the edge leads to.
/// - Complexity: O(nodes + edges), and the length of the cycles found.
func cycles(count: Int, successors: (Int) -> [Int]) -> [[Int]] {
  enum Colour { case white, grey, black }
  var colours = [Colour](repeating: .white, count: count)
  var found: [[Int]] = []
  for root in 0..<count where colours[root] == .white {
    var path: [Int] = [root]
    var pending: [[Int]] = [successors(root).reversed()]
    colours[root] = .grey
    while let node = path.last {
      guard let next = pending[pending.count - 1].popLast() else {
        colours[node] = .black
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
        if let start = path.lastIndex(of: next) { found.append(Array(path[start...])) }
      case .black:
        break
      }
    }
  }
  return found
}
