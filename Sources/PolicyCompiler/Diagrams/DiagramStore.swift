/// A diagram in its store: one of the three leaves, or a node.
package struct Diagram: Hashable, Comparable, Sendable {
  package let raw: UInt32

  init(raw: UInt32) { self.raw = raw }

  /// The leaf *false* of a condition, *nothing* of a cell.
  package static let low = Diagram(raw: 0)
  /// The leaf *unknown* of a condition, *allow* of a cell.
  package static let middle = Diagram(raw: 1)
  /// The leaf *true* of a condition, *deny* of a cell.
  package static let high = Diagram(raw: 2)

  package static let leaves: [Diagram] = [.low, .middle, .high]

  package var isLeaf: Bool { raw < 3 }

  /// 0, 1 or 2 for a leaf.
  package var leafValue: UInt8? { isLeaf ? UInt8(raw) : nil }

  package static func < (left: Diagram, right: Diagram) -> Bool { left.raw < right.raw }
}

/// Reduced, ordered, hash-consed multi-valued decision diagrams over three leaves.
///
/// A node asks one variable and has a child for each of its classes. Equal functions are the same
/// node, so equality is a comparison of numbers. The three leaves carry conditions (false, unknown,
/// true: Kleene's `and` is the minimum, `or` the maximum) and cells (nothing, allow, deny: deny over
/// allow over nothing is the maximum), so that one set of operations serves both.
///
/// Sources: R. Bryant, "Graph-Based Algorithms for Boolean Function Manipulation", 1986; A.
/// Srinivasan et al., "Algorithms for Discrete Function Manipulation", 1990 (multi-valued).
package struct DiagramStore: Sendable {
  /// The number of classes of each variable; a variable's position is its place in the order.
  package let classCounts: [Int]

  private var variables: [UInt32] = [.max, .max, .max]
  private var firstChildren: [UInt32] = [0, 0, 0]
  private var pool: [UInt32] = []
  private var unique: [UniqueKey: UInt32] = [:]
  private var minima: [Pair: UInt32] = [:]
  private var maxima: [Pair: UInt32] = [:]
  private var mapped: [MapKey: UInt32] = [:]

  private struct UniqueKey: Hashable {
    let variable: UInt32
    let children: [UInt32]
  }

  private struct Pair: Hashable {
    let left: UInt32
    let right: UInt32
  }

  private struct MapKey: Hashable {
    let node: UInt32
    let map: LeafMap
  }

  package init(classCounts: [Int]) {
    self.classCounts = classCounts
  }

  /// Nodes and leaves made so far.
  package var count: Int { variables.count }

  /// The variable that a node asks; nil for a leaf.
  package func variable(_ diagram: Diagram) -> Int? {
    diagram.isLeaf ? nil : Int(variables[Int(diagram.raw)])
  }

  /// The child of a node for a class of its variable.
  package func child(_ diagram: Diagram, _ class: Int) -> Diagram {
    Diagram(raw: pool[Int(firstChildren[Int(diagram.raw)]) + `class`])
  }

  /// The children of a node by class.
  package func children(_ diagram: Diagram) -> [Diagram] {
    guard let variable = variable(diagram) else { return [] }
    let first = Int(firstChildren[Int(diagram.raw)])
    return pool[first..<first + classCounts[variable]].map { Diagram(raw: $0) }
  }

  /// The node that asks a variable; when the answer does not matter, the common child.
  package mutating func node(_ variable: Int, _ children: [Diagram]) -> Diagram {
    precondition(children.count == classCounts[variable], "a child for each class")
    if children.allSatisfy({ $0 == children[0] }) { return children[0] }
    let key = UniqueKey(variable: UInt32(variable), children: children.map(\.raw))
    if let known = unique[key] { return Diagram(raw: known) }
    let raw = UInt32(variables.count)
    variables.append(UInt32(variable))
    firstChildren.append(UInt32(pool.count))
    pool.append(contentsOf: key.children)
    unique[key] = raw
    return Diagram(raw: raw)
  }

  /// Kleene's `and`.
  ///
  /// - Complexity: O(nodes of one × nodes of the other).
  package mutating func minimum(_ left: Diagram, _ right: Diagram) -> Diagram {
    if left == right || right == .high || left == .low { return left }
    if left == .high || right == .low { return right }
    let pair = Pair(left: min(left, right).raw, right: max(left, right).raw)
    if let known = minima[pair] { return Diagram(raw: known) }
    let result = combine(left, right) { $0.minimum($1, $2) }
    minima[pair] = result.raw
    return result
  }

  /// Kleene's `or`; also the combination of two cells.
  ///
  /// - Complexity: O(nodes of one × nodes of the other).
  package mutating func maximum(_ left: Diagram, _ right: Diagram) -> Diagram {
    if left == right || right == .low || left == .high { return left }
    if left == .low || right == .high { return right }
    let pair = Pair(left: min(left, right).raw, right: max(left, right).raw)
    if let known = maxima[pair] { return Diagram(raw: known) }
    let result = combine(left, right) { $0.maximum($1, $2) }
    maxima[pair] = result.raw
    return result
  }

  private mutating func combine(
    _ left: Diagram,
    _ right: Diagram,
    _ operation: (inout DiagramStore, Diagram, Diagram) -> Diagram
  ) -> Diagram {
    let leftVariable = variable(left) ?? .max
    let rightVariable = variable(right) ?? .max
    let top = min(leftVariable, rightVariable)
    guard top != .max else { preconditionFailure("two leaves are combined by their values") }
    var children: [Diagram] = []
    children.reserveCapacity(classCounts[top])
    for position in 0..<classCounts[top] {
      children.append(
        operation(
          &self,
          leftVariable == top ? child(left, position) : left,
          rightVariable == top ? child(right, position) : right
        )
      )
    }
    return node(top, children)
  }

  /// Replaces the leaves.
  ///
  /// - Complexity: O(nodes).
  package mutating func map(_ diagram: Diagram, _ map: LeafMap) -> Diagram {
    if let value = diagram.leafValue { return Diagram(raw: UInt32(map[value])) }
    let key = MapKey(node: diagram.raw, map: map)
    if let known = mapped[key] { return Diagram(raw: known) }
    var children: [Diagram] = []
    for child in self.children(diagram) { children.append(self.map(child, map)) }
    let result = node(variable(diagram) ?? 0, children)
    mapped[key] = result.raw
    return result
  }

  /// The variables that a diagram asks, in order.
  package func support(_ diagram: Diagram) -> [Int] {
    Set(nodes(below: diagram).compactMap { variable($0) }).sorted()
  }

  /// Every node of a diagram, itself first, leaves left out, each once.
  package func nodes(below diagram: Diagram) -> [Diagram] {
    var seen: Set<Diagram> = []
    var found: [Diagram] = []
    var pending = [diagram]
    while let next = pending.popLast() {
      guard !next.isLeaf, seen.insert(next).inserted else { continue }
      found.append(next)
      pending.append(contentsOf: children(next).reversed())
    }
    return found
  }

  /// The leaf that a vector of classes leads to.
  ///
  /// - Complexity: O(variables asked).
  package func leaf(_ diagram: Diagram, for classes: [Int]) -> UInt8 {
    var current = diagram
    while let variable = variable(current) { current = child(current, classes[variable]) }
    return UInt8(current.raw)
  }
}

/// What replaces each of the three leaves.
package struct LeafMap: Hashable, Sendable {
  private let low: UInt8
  private let middle: UInt8
  private let high: UInt8

  package init(_ low: UInt8, _ middle: UInt8, _ high: UInt8) {
    self.low = low
    self.middle = middle
    self.high = high
  }

  package subscript(value: UInt8) -> UInt8 {
    switch value {
    case 0: low
    case 1: middle
    default: high
    }
  }

  /// Kleene's `not`.
  package static let negation = LeafMap(2, 1, 0)
  /// From the force of an allow to its cell: it applies only when its force is true.
  package static let allow = LeafMap(0, 0, 1)
  /// From the force of a deny to its cell: it applies unless its force is false.
  package static let deny = LeafMap(0, 2, 2)
  /// The part of a cell that counts when it is unknown whether its policy is in force.
  package static let deniesOnly = LeafMap(0, 0, 2)
}
