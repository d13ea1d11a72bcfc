import PolicyEngine

/// How a diagram would be as a table: the classes that it tells apart, variable by variable.
struct TablePlan: Sendable {
  struct Reader: Sendable {
    let variable: VariableIndex
    /// Runs of classes and the local class of each.
    let runs: [(firstClass: UInt32, local: UInt32)]
    /// A class of each local class.
    let representatives: [UInt32]
  }

  let readers: [Reader]
  /// How far one local class of each reader moves the position of the outcome.
  let strides: [Int]
  /// The number of outcomes.
  let size: Int

  /// The bytes that the table takes, beyond maps that others may share.
  var cost: Int {
    (size + 3) / 4 + readers.count * ArtifactSection.readers.elementSize
      + ArtifactSection.tables.elementSize
  }

  /// A plan for a diagram; nil when there would be more outcomes than the limit.
  ///
  /// - Complexity: O(nodes × edges of a variable).
  init?(_ diagram: Diagram, nodes: [Diagram], in store: DiagramStore, limit: Int) {
    var nodesOf: [UInt32: [Diagram]] = [:]
    for node in nodes { nodesOf[store.level(node), default: []].append(node) }
    var readers: [Reader] = []
    var size = 1
    for level in nodesOf.keys.sorted() {
      guard let reader = TablePlan.reader(level, nodesOf[level] ?? [], in: store, limit: limit)
      else { return nil }
      readers.append(reader)
      let (product, overflows) = size.multipliedReportingOverflow(by: reader.representatives.count)
      guard !overflows, product <= limit else { return nil }
      size = product
    }
    self.readers = readers
    self.size = size
    var strides: [Int] = []
    var next = 1
    for reader in readers.reversed() {
      strides.append(next)
      next *= reader.representatives.count
    }
    self.strides = strides.reversed()
  }

  /// Two classes are one local class when they lead to the same child from every node.
  private static func reader(
    _ level: UInt32,
    _ nodes: [Diagram],
    in store: DiagramStore,
    limit: Int
  ) -> Reader? {
    var bounds: [UInt32] = []
    for node in nodes { for edge in store.edges(of: node) { bounds.append(edge.firstClass) } }
    bounds.sort()
    var last: UInt32?
    bounds.removeAll { bound in
      defer { last = bound }
      return bound == last
    }
    guard bounds.count * nodes.count <= 16 * limit else { return nil }
    var localOf: [[Diagram]: UInt32] = [:]
    var runs: [(firstClass: UInt32, local: UInt32)] = []
    var representatives: [UInt32] = []
    for bound in bounds {
      let children = nodes.map { store.child(of: $0, class: bound) }
      let local = localOf[children] ?? UInt32(representatives.count)
      if Int(local) == representatives.count {
        localOf[children] = local
        representatives.append(bound)
      }
      if runs.last?.local != local { runs.append((bound, local)) }
    }
    return Reader(
      variable: VariableIndex(Int(level)),
      runs: runs,
      representatives: representatives
    )
  }

  /// The outcomes, those of the last variable's classes next to each other, four to a byte.
  func outcomes(of diagram: Diagram, in store: DiagramStore) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: (size + 3) / 4)
    func fill(_ node: Diagram, from index: Int, at base: Int) {
      if let value = node.constant {
        let count = index == 0 ? size : strides[index - 1]
        guard value > 0 else { return }
        for position in base..<base + count {
          bytes[position / 4] |= value << UInt8(position % 4 * 2)
        }
        return
      }
      let reader = readers[index]
      let isRead = store.variable(of: node) == reader.variable
      for (local, representative) in reader.representatives.enumerated() {
        let child = isRead ? store.child(of: node, class: representative) : node
        fill(child, from: index + 1, at: base + local * strides[index])
      }
    }
    fill(diagram, from: 0, at: 0)
    return bytes
  }
}
