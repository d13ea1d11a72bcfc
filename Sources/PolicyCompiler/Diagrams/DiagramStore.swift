/// The position of a variable, which is also its place in the order of diagrams.
package struct VariableIndex: Hashable, Comparable, Sendable {
  package let position: Int

  package init(_ position: Int) { self.position = position }

  package static func < (left: VariableIndex, right: VariableIndex) -> Bool {
    left.position < right.position
  }
}

/// The classes from one on, up to the next edge's, and where they lead.
package struct DiagramEdge: Hashable, Sendable {
  package let firstClass: UInt32
  package let child: Diagram
}

/// Reduced, ordered, hash-consed decision diagrams with many-valued variables.
///
/// R. E. Bryant, "Graph-Based Algorithms for Boolean Function Manipulation", 1986; many-valued by
/// A. Srinivasan et al., "Algorithms for Discrete Function Manipulation", 1990; edges labelled by
/// runs of classes as in K. Strehl and L. Thiele, "Interval Diagrams", 1998, so that a threshold
/// among ten thousand has two edges, not ten thousand.
package struct DiagramStore: Sendable {
  /// How many classes each variable has.
  package private(set) var classCounts: [UInt32] = []
  /// The diagrams that variables stand for which were made because a combination grew too large.
  package private(set) var derivations: [(variable: VariableIndex, diagram: Diagram)] = []

  // Nodes, as struct of arrays; the first three are the constants.
  private var variables: [UInt32] = [.max, .max, .max]
  private var heights: [UInt32] = [0, 0, 0]
  private var edgeEnds: [UInt32] = [0, 0, 0]
  private var edges: [DiagramEdge] = []

  private var unique = UniqueTable()
  var memo = DiagramMemo()
  /// Edges of nodes that are being made; a stack.
  var pending: [DiagramEdge] = []
  /// The node count at which the running combination gives up.
  var ceiling = Int.max
  var isExhausted = false
  private var derivedOf: [Diagram: Diagram] = [:]

  package init() {}

  /// The diagrams with a variable each can be this high, so that recursion stays shallow.
  static let heightLimit = 1000
  /// How many nodes one combination may add before it is split.
  static let growthLimit = 20_000

  package var nodeCount: Int { variables.count }

  /// Adds the next variable of the order.
  package mutating func addVariable(classCount: Int) -> VariableIndex {
    classCounts.append(UInt32(classCount))
    return VariableIndex(classCounts.count - 1)
  }

  /// The variable at the top of a diagram; nil for constants.
  package func variable(of diagram: Diagram) -> VariableIndex? {
    diagram.isConstant ? nil : VariableIndex(Int(variables[Int(diagram.raw)]))
  }

  /// The level of a node; constants are below every variable.
  func level(_ diagram: Diagram) -> UInt32 { variables[Int(diagram.raw)] }

  /// The number of variables on the longest path.
  func height(_ diagram: Diagram) -> Int { Int(heights[Int(diagram.raw)]) }

  func edgeRange(_ diagram: Diagram) -> Range<Int> {
    let index = Int(diagram.raw)
    return Int(edgeEnds[index - 1])..<Int(edgeEnds[index])
  }

  func edge(_ index: Int) -> DiagramEdge { edges[index] }

  /// The edges of a node that is no constant, by ascending class.
  package func edges(of diagram: Diagram) -> ArraySlice<DiagramEdge> {
    diagram.isConstant ? [] : edges[edgeRange(diagram)]
  }

  /// Where a class of the top variable leads.
  ///
  /// - Complexity: O(log edges).
  package func child(of diagram: Diagram, class number: UInt32) -> Diagram {
    let range = edgeRange(diagram)
    var low = range.lowerBound
    var high = range.upperBound
    while high - low > 1 {
      let middle = (low + high) / 2
      if edges[middle].firstClass <= number { low = middle } else { high = middle }
    }
    return edges[low].child
  }

  /// The diagram whose top variable leads where the pending edges from a position say.
  ///
  /// Takes the edges off the stack. - Complexity: O(edges).
  mutating func finish(variable: UInt32, from start: Int) -> Diagram {
    let count = pending.count - start
    if count == 1 {
      let child = pending[start].child
      pending.removeLast()
      return child
    }
    defer { pending.removeLast(count) }
    var hash = UInt64(variable) &* 0x9e37_79b9_7f4a_7c15
    for edge in pending[start...] {
      hash = scramble(hash ^ (UInt64(edge.firstClass) << 32 | UInt64(edge.child.raw)))
    }
    var slot = unique.slot(hash)
    while let candidate = unique.node(at: slot) {
      if isNode(candidate, variable: variable, from: start) { return candidate }
      slot = unique.next(slot)
    }
    let made = Diagram(raw: UInt32(variables.count))
    var height: UInt32 = 0
    for edge in pending[start...] { height = max(height, heights[Int(edge.child.raw)]) }
    variables.append(variable)
    heights.append(height + 1)
    edges.append(contentsOf: pending[start...])
    edgeEnds.append(UInt32(edges.count))
    unique.insert(made, hash, at: slot)
    return made
  }

  /// Adds an edge for the node that is being made, unless it continues the last one.
  mutating func extend(from start: Int, class number: UInt32, child: Diagram) {
    if pending.count > start, pending[pending.count - 1].child == child { return }
    pending.append(DiagramEdge(firstClass: number, child: child))
  }

  private func isNode(_ node: Diagram, variable: UInt32, from start: Int) -> Bool {
    let range = edgeRange(node)
    return variables[Int(node.raw)] == variable && range.count == pending.count - start
      && edges[range] == pending[start...]
  }

  /// The diagram of one variable that has a value for each run of its classes.
  package mutating func literal(
    _ variable: VariableIndex,
    _ runs: [(firstClass: UInt32, value: UInt8)]
  ) -> Diagram {
    let start = pending.count
    for run in runs {
      extend(from: start, class: run.firstClass, child: Diagram(constant: UInt32(run.value)))
    }
    return finish(variable: UInt32(variable.position), from: start)
  }

  /// A diagram of height 1 that is equal to a given one: a variable that stands for its value.
  package mutating func derive(_ diagram: Diagram) -> Diagram {
    guard height(diagram) > 1 else { return diagram }
    if let known = derivedOf[diagram] { return known }
    let variable = addVariable(classCount: 3)
    derivations.append((variable, diagram))
    let made = literal(variable, [(0, 0), (1, 1), (2, 2)])
    derivedOf[diagram] = made
    return made
  }
}

/// Open addressing over the nodes of a store, by hash of what they consist of.
struct UniqueTable: Sendable {
  private var slots = [UInt32](repeating: 0, count: 1 << 12)
  private var hashes = [UInt32](repeating: 0, count: 1 << 12)
  private var count = 0

  func slot(_ hash: UInt64) -> Int { Int(truncatingIfNeeded: hash >> 32) & (slots.count - 1) }

  func next(_ slot: Int) -> Int { (slot + 1) & (slots.count - 1) }

  /// The node in a slot; constants are never stored, so 0 is an empty one.
  func node(at slot: Int) -> Diagram? { slots[slot] == 0 ? nil : Diagram(raw: slots[slot]) }

  mutating func insert(_ node: Diagram, _ hash: UInt64, at slot: Int) {
    slots[slot] = node.raw
    hashes[slot] = UInt32(truncatingIfNeeded: hash >> 32)
    count += 1
    guard count * 2 > slots.count else { return }
    let (oldSlots, oldHashes) = (slots, hashes)
    slots = [UInt32](repeating: 0, count: oldSlots.count * 2)
    hashes = slots
    for index in oldSlots.indices where oldSlots[index] != 0 {
      var slot = Int(oldHashes[index]) & (slots.count - 1)
      while slots[slot] != 0 { slot = next(slot) }
      slots[slot] = oldSlots[index]
      hashes[slot] = oldHashes[index]
    }
  }
}

/// Results of combinations, direct-mapped: a newer one takes the place of an older.
struct DiagramMemo: Sendable {
  private struct Entry {
    var operation: UInt32 = 0
    var left: UInt32 = 0
    var right: UInt32 = 0
    var result: UInt32 = 0
  }

  private var entries = [Entry](repeating: Entry(), count: 1 << 12)

  private func slot(_ operation: UInt32, _ left: UInt32, _ right: UInt32) -> Int {
    let key = UInt64(left) << 32 | UInt64(right)
    let hash = scramble(key ^ UInt64(operation) &* 0x9e37_79b9_7f4a_7c15)
    return Int(truncatingIfNeeded: hash >> 32) & (entries.count - 1)
  }

  func result(_ operation: UInt32, _ left: UInt32, _ right: UInt32) -> Diagram? {
    let entry = entries[slot(operation, left, right)]
    guard entry.operation == operation, entry.left == left, entry.right == right else {
      return nil
    }
    return Diagram(raw: entry.result)
  }

  mutating func store(_ operation: UInt32, _ left: UInt32, _ right: UInt32, _ result: Diagram) {
    entries[slot(operation, left, right)] = Entry(
      operation: operation,
      left: left,
      right: right,
      result: result.raw
    )
  }

  /// Keeps the memo about as large as the store.
  mutating func fit(nodes: Int) {
    guard nodes > entries.count, entries.count < 1 << 22 else { return }
    let old = entries
    entries = [Entry](repeating: Entry(), count: old.count * 4)
    for entry in old where entry.operation != 0 {
      entries[slot(entry.operation, entry.left, entry.right)] = entry
    }
  }
}

/// Spreads the bits of a number (the mul-mix step of wyhash).
func scramble(_ value: UInt64) -> UInt64 {
  let product = (value ^ 0xa076_1d64_78bd_642f).multipliedFullWidth(by: 0xe703_7ed1_a0b4_28db)
  return product.low ^ product.high
}
