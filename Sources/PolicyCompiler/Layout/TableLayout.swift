import PolicyEngine

/// The decision tables of all diagrams that evaluation needs, each once.
struct TableLayout: Sendable {
  private(set) var maps = MapLayout()
  private(set) var tables: [TableRecord] = []
  private(set) var readers: [ReaderRecord] = []
  private(set) var outcomes: [UInt8] = []
  private(set) var nodes: [ReaderRecord] = []
  private(set) var tableOf: [Diagram: UInt32] = [:]
  /// How many are diagrams because the budget did not reach.
  private(set) var diagramCount = 0
  private(set) var largestTable = 0
  private var outcomesAt: [[UInt8]: UInt32] = [:]
  private var nodeAt: [Diagram: UInt32] = [:]

  /// Lays out diagrams in the order given, which is that of importance.
  ///
  /// The smallest become tables first, as many as the budget allows; the rest stay diagrams.
  /// - Complexity: O(sizes of the diagrams + bytes of the tables).
  init(_ roots: [Diagram], in store: DiagramStore, budget: Int, limit: Int) {
    var walk = DiagramWalk(store)
    var plans: [TablePlan?] = []
    var distinct: [Diagram] = []
    for root in roots where tableOf[root] == nil {
      tableOf[root] = UInt32(distinct.count)
      distinct.append(root)
      plans.append(TablePlan(root, nodes: walk.nodes(of: root, in: store), in: store, limit: limit))
    }
    var left = budget
    let bySize = plans.indices.sorted {
      (plans[$0]?.cost ?? .max, $0) < (plans[$1]?.cost ?? .max, $1)
    }
    for index in bySize {
      guard let plan = plans[index] else { continue }
      if plan.cost <= left { left -= plan.cost } else { plans[index] = nil }
    }
    for (root, plan) in zip(distinct, plans) {
      if let plan {
        add(plan, of: root, in: store)
      } else {
        addDiagram(root, walk.nodes(of: root, in: store), in: store)
      }
    }
  }

  private mutating func add(_ plan: TablePlan, of root: Diagram, in store: DiagramStore) {
    let start = readers.count
    for (index, reader) in plan.readers.enumerated() {
      let stride = UInt32(plan.strides[index])
      let map = maps.add(
        reader.runs.map { ($0.firstClass, $0.local * stride) },
        classCount: store.classCounts[reader.variable.position]
      )
      readers.append(ReaderRecord(slot: UInt32(reader.variable.position), map: map))
    }
    let bytes = plan.outcomes(of: root, in: store)
    let offset = outcomesAt[bytes] ?? UInt32(outcomes.count)
    if Int(offset) == outcomes.count {
      outcomesAt[bytes] = offset
      outcomes += bytes
    }
    largestTable = max(largestTable, plan.size)
    tables.append(
      TableRecord(
        form: 0,
        readers: Run(start: UInt32(start), count: UInt32(plan.readers.count)),
        root: offset
      )
    )
  }

  private mutating func addDiagram(_ root: Diagram, _ all: [Diagram], in store: DiagramStore) {
    for node in all where nodeAt[node] == nil {
      guard let variable = store.variable(of: node) else { continue }
      let map = maps.add(
        store.edges(of: node).map { ($0.firstClass, reference($0.child)) },
        classCount: store.classCounts[variable.position]
      )
      nodeAt[node] = UInt32(nodes.count)
      nodes.append(ReaderRecord(slot: UInt32(variable.position), map: map))
    }
    diagramCount += 1
    tables.append(
      TableRecord(
        form: 1,
        readers: Run(start: UInt32(readers.count), count: 0),
        root: reference(root)
      )
    )
  }

  private func reference(_ diagram: Diagram) -> UInt32 {
    diagram.constant.map { UInt32($0) } ?? (nodeAt[diagram] ?? 0) + 3
  }
}

/// Walks many diagrams of one store without a set for each.
struct DiagramWalk {
  private var stamps: [UInt32]
  private var stamp: UInt32 = 0

  init(_ store: DiagramStore) {
    stamps = [UInt32](repeating: 0, count: store.nodeCount)
  }

  /// Every node below and at a root, children before parents.
  mutating func nodes(of root: Diagram, in store: DiagramStore) -> [Diagram] {
    stamp += 1
    var found: [Diagram] = []
    var stack = [root]
    while let node = stack.popLast() {
      guard !node.isConstant, stamps[Int(node.raw)] != stamp else { continue }
      stamps[Int(node.raw)] = stamp
      found.append(node)
      for index in store.edgeRange(node) { stack.append(store.edge(index).child) }
    }
    return found.sorted()
  }
}
