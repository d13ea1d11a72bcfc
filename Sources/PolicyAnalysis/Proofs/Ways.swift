import PolicyCompiler

/// Classes of variables, along which a diagram leads somewhere.
typealias Way = [(variable: Variable, number: Int)]

extension DiagramStore {
  /// Takes the ways by which a diagram comes to yes, one after the other, until the body has enough.
  ///
  /// An edge stands for several classes, of which the first is taken. Derived variables, which come
  /// after all others, stand for diagrams over these; their classes are left open.
  /// - Parameters:
  ///   - diagram: Over the variables of the store.
  ///   - variables: What the first of them are.
  ///   - lastFirst: Whether the last edge of each node is followed first.
  ///   - body: Whether to go on.
  /// - Complexity: O(nodes on the ways that are taken): no other path is followed, since every node but
  ///   no leads to yes.
  func forEachWay(
    to diagram: Diagram,
    _ variables: [Variable],
    lastFirst: Bool = false,
    _ body: (Way) -> Bool
  ) {
    func follow(_ node: Diagram, _ way: Way) -> Bool {
      guard let variable = variable(of: node) else { return node != .yes || body(way) }
      let edges = Array(edges(of: node))
      for edge in lastFirst ? edges.reversed() : edges {
        let step: Way =
          variable.position < variables.count
          ? [(variable: variables[variable.position], number: Int(edge.firstClass))] : []
        guard follow(edge.child, way + step) else { return false }
      }
      return true
    }
    _ = follow(diagram, [])
  }
}
