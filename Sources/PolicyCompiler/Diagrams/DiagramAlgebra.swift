extension DiagramStore {
  /// The diagram whose leaves are those of two diagrams, combined.
  ///
  /// - Complexity: O(product of their sizes) at worst. Where the result would grow beyond the
  ///   limits, variables that stand for the two take their place, and the result is small.
  package mutating func combine(
    _ operation: Operation,
    _ left: Diagram,
    _ right: Diagram
  ) -> Diagram {
    if let result = combineWithinLimits(operation, left, right) { return result }
    let (left, right) = (derive(left), derive(right))
    isExhausted = false
    ceiling = .max
    return apply(operation, left, right)
  }

  private mutating func combineWithinLimits(
    _ operation: Operation,
    _ left: Diagram,
    _ right: Diagram
  ) -> Diagram? {
    if height(left) + height(right) > DiagramStore.heightLimit {
      // Only a combination with a constant is sure to grow no higher.
      guard left.isConstant || right.isConstant else { return nil }
    }
    ceiling = nodeCount + DiagramStore.growthLimit
    isExhausted = false
    let result = apply(operation, left, right)
    ceiling = .max
    return isExhausted ? nil : result
  }

  /// The combination of any number of diagrams by an idempotent, commutative operation.
  ///
  /// Combined in pairs, neighbours in the order of variables first, so that a disjunction of n
  /// separate variables costs O(n log n).
  package mutating func reduce(_ operation: Operation, _ diagrams: [Diagram]) -> Diagram {
    if diagrams.count == 1 { return diagrams[0] }
    if diagrams.count == 2 { return combine(operation, diagrams[0], diagrams[1]) }
    var rest = Array(Set(diagrams)).sorted { (level($0), $0) < (level($1), $1) }
    while rest.count > 1 {
      var next: [Diagram] = []
      next.reserveCapacity((rest.count + 1) / 2)
      for index in stride(from: 0, to: rest.count, by: 2) {
        next.append(
          index + 1 < rest.count
            ? combine(operation, rest[index], rest[index + 1]) : rest[index]
        )
      }
      rest = next
    }
    return rest.first ?? (operation == .and ? .yes : .no)
  }

  /// The diagram whose leaves are those of another, mapped.
  ///
  /// - Complexity: O(size).
  package mutating func map(_ mapping: Mapping, _ diagram: Diagram) -> Diagram {
    if diagram.isConstant { return Diagram(constant: mapping(diagram.raw)) }
    if mapping == .identity { return diagram }
    let code = mapping.table | 1 << 31
    if let known = memo.result(code, diagram.raw, 0) { return known }
    let start = pending.count
    for index in edgeRange(diagram) {
      let edge = edge(index)
      let child = map(mapping, edge.child)
      extend(from: start, class: edge.firstClass, child: child)
    }
    let result = finish(variable: level(diagram), from: start)
    memo.store(code, diagram.raw, 0, result)
    return result
  }

  private mutating func apply(
    _ operation: Operation,
    _ first: Diagram,
    _ second: Diagram
  ) -> Diagram {
    if let result = terminalCase(operation, first, second) { return result }
    guard !isExhausted, nodeCount < ceiling else {
      isExhausted = true
      return .no
    }
    let swaps = operation.isCommutative && second < first
    let (left, right) = swaps ? (second, first) : (first, second)
    let code = operation.table | 1 << 30
    if let known = memo.result(code, left.raw, right.raw) { return known }
    let variable = min(level(left), level(right))
    let start = pending.count
    merge(operation, left, right, variable, from: start)
    guard !isExhausted else {
      pending.removeLast(pending.count - start)
      return .no
    }
    let result = finish(variable: variable, from: start)
    memo.fit(nodes: nodeCount)
    memo.store(code, left.raw, right.raw, result)
    return result
  }

  /// Walks the edges of both sides together, run of classes by run of classes.
  private mutating func merge(
    _ operation: Operation,
    _ left: Diagram,
    _ right: Diagram,
    _ variable: UInt32,
    from start: Int
  ) {
    let leftEdges = level(left) == variable ? edgeRange(left) : 0..<0
    let rightEdges = level(right) == variable ? edgeRange(right) : 0..<0
    var (i, j) = (leftEdges.lowerBound, rightEdges.lowerBound)
    var firstClass: UInt32 = 0
    while true {
      let leftChild = leftEdges.isEmpty ? left : edge(i).child
      let rightChild = rightEdges.isEmpty ? right : edge(j).child
      let child = apply(operation, leftChild, rightChild)
      extend(from: start, class: firstClass, child: child)
      let leftNext = i + 1 < leftEdges.upperBound ? edge(i + 1).firstClass : UInt32.max
      let rightNext = j + 1 < rightEdges.upperBound ? edge(j + 1).firstClass : UInt32.max
      firstClass = min(leftNext, rightNext)
      guard firstClass != .max else { return }
      if leftNext == firstClass { i += 1 }
      if rightNext == firstClass { j += 1 }
    }
  }

  /// The results that need no look below the tops of both sides.
  private mutating func terminalCase(
    _ operation: Operation,
    _ left: Diagram,
    _ right: Diagram
  ) -> Diagram? {
    if left.isConstant {
      let row = Mapping(
        no: UInt8(operation(left.raw, 0)),
        unknown: UInt8(operation(left.raw, 1)),
        yes: UInt8(operation(left.raw, 2))
      )
      return mapped(row, right)
    }
    if right.isConstant {
      let column = Mapping(
        no: UInt8(operation(0, right.raw)),
        unknown: UInt8(operation(1, right.raw)),
        yes: UInt8(operation(2, right.raw))
      )
      return mapped(column, left)
    }
    if left == right {
      let diagonal = Mapping(
        no: UInt8(operation(0, 0)),
        unknown: UInt8(operation(1, 1)),
        yes: UInt8(operation(2, 2))
      )
      return mapped(diagonal, left)
    }
    return nil
  }

  private mutating func mapped(_ mapping: Mapping, _ diagram: Diagram) -> Diagram {
    if mapping.table == 0 { return .no }
    if mapping.table == 0b01_01_01 { return .unknown }
    if mapping.table == 0b10_10_10 { return .yes }
    return map(mapping, diagram)
  }
}
