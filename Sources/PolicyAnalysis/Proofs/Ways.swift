import PolicyCompiler

/// Classes of variables, along which a diagram leads somewhere.
typealias Way = [WayStep]

/// Some classes of a variable in a row, any of which will do.
struct WayStep {
  let variable: Variable
  let numbers: Range<Int>

  /// The first of the classes.
  var number: Int { numbers.lowerBound }

  /// Something in the first of the classes.
  var witness: ClassWitness { variable.witnesses[number] }
}

extension WayStep {
  init(variable: Variable, number: Int) {
    self.init(variable: variable, numbers: number..<number + 1)
  }
}

extension DiagramStore {
  /// Takes the ways by which a diagram comes to yes, one after the other, until the body has enough.
  ///
  /// Derived variables, which come after all others, stand for diagrams over these; their classes are
  /// left open.
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
      let end = Int(classCounts[variable.position])
      let bounds = edges.map { Int($0.firstClass) } + [end]
      for index in lastFirst ? edges.indices.reversed() : Array(edges.indices) {
        let numbers = bounds[index]..<bounds[index + 1]
        let step =
          variable.position < variables.count
          ? [WayStep(variable: variables[variable.position], numbers: numbers)] : []
        guard follow(edges[index].child, way + step) else { return false }
      }
      return true
    }
    _ = follow(diagram, [])
  }
}
