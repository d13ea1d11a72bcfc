extension DiagramStore {
  /// The value for a vector of classes, one for each variable; derived ones are worked out.
  ///
  /// - Complexity: O(variables read).
  package func evaluate(_ diagram: Diagram, _ classes: [UInt32]) -> UInt8 {
    var node = diagram
    while let variable = variable(of: node) {
      let number =
        variable.position < classes.count
        ? classes[variable.position] : UInt32(evaluate(derivation(of: variable), classes))
      node = child(of: node, class: number)
    }
    return UInt8(node.raw)
  }

  /// What a derived variable stands for; `no` for a variable that is not derived.
  package func derivation(of variable: VariableIndex) -> Diagram {
    guard let first = derivations.first?.variable, variable >= first else { return .no }
    return derivations[variable.position - first.position].diagram
  }

  /// How many variables classify requests; the others are derived from diagrams over these.
  package var requestVariableCount: Int {
    derivations.first?.variable.position ?? classCounts.count
  }

  /// Every node below and at some roots, children before parents.
  ///
  /// - Complexity: O(n log n) in the nodes found.
  package func nodes(of roots: [Diagram]) -> [Diagram] {
    var seen: Set<Diagram> = []
    var stack = roots
    while let node = stack.popLast() {
      guard !node.isConstant, seen.insert(node).inserted else { continue }
      for index in edgeRange(node) { stack.append(edge(index).child) }
    }
    return seen.sorted()
  }

  /// The variables that a diagram reads, in order.
  package func support(of diagram: Diagram) -> [VariableIndex] {
    Set(nodes(of: [diagram]).map { VariableIndex(Int(level($0))) }).sorted()
  }

  /// Classes for some variables that give the diagram a value, missing ones last; nil if none do.
  ///
  /// Complete and without search, because every node of a reduced diagram has at least two
  /// different leaves below it. - Complexity: O(size).
  package func path(to value: UInt8, in diagram: Diagram) -> [(VariableIndex, UInt32)]? {
    var reaches: [Diagram: Bool] = [:]
    func reach(_ node: Diagram) -> Bool {
      node.isConstant ? node.raw == UInt32(value) : reaches[node] ?? false
    }
    for node in nodes(of: [diagram]) {
      reaches[node] = edges(of: node).contains { reach($0.child) }
    }
    guard reach(diagram) else { return nil }
    var found: [(VariableIndex, UInt32)] = []
    var node = diagram
    while let variable = variable(of: node) {
      let choices = edges(of: node).filter { reach($0.child) }
      guard let choice = choices.last else { return nil }
      found.append((variable, choice.firstClass))
      node = choice.child
    }
    return found
  }
}
