import PolicySource
import PolicySyntax

extension SyntaxTree {
  /// The nodes around an offset, from the whole file to the smallest.
  ///
  /// Between two nodes that touch, the later one counts.
  /// - Complexity: O(children of the nodes on the way).
  func path(at offset: Int) -> [NodeID] {
    var path = [root]
    while let last = path.last {
      var next: NodeID?
      for child in nodes(last) {
        let span = span(child)
        if Int(span.lower) > offset { break }
        if Int(span.upper) >= offset { next = child }
      }
      guard let next else { return path }
      path.append(next)
    }
    return path
  }

  /// The innermost node of some kinds around an offset.
  func innermost(_ kinds: Set<NodeKind>, at offset: Int) -> NodeID? {
    path(at: offset).last { kinds.contains(kind($0)) }
  }

  /// Every node below another, itself included, in source order of their starts.
  func descendants(of node: NodeID) -> [NodeID] {
    var found: [NodeID] = []
    var waiting = [node]
    while let next = waiting.popLast() {
      found.append(next)
      waiting += nodes(next).reversed()
    }
    return found
  }

  /// The first name of a node: what a declaration is called.
  func nameNode(_ node: NodeID) -> NodeID? { first(node, .name) }

  /// The declarations of a file that are readable.
  var declarationNodes: [NodeID] { nodes(root).filter { kind($0) != .error } }
}
