import PolicyTestSupport
import Testing

@testable import PolicyCompiler

@Suite struct DiagramTests {
  /// Three variables of 4 classes, and a random function of them as a diagram and as a table.
  private struct Functions {
    var store = DiagramStore()
    var random: RandomSource

    init(_ random: RandomSource) {
      self.random = random
      for _ in 0..<3 { _ = store.addVariable(classCount: 4) }
    }

    static let vectors: [[UInt32]] = (0..<64).map { [$0 >> 4 & 3, $0 >> 2 & 3, $0 & 3] }

    mutating func function(_ depth: Int) -> (Diagram, [UInt8]) {
      if depth == 0 {
        let variable = random.below(3)
        let values = (0..<4).map { _ in UInt8(random.below(3)) }
        let diagram = store.literal(
          VariableIndex(variable),
          values.enumerated().map { (UInt32($0), $1) }
        )
        return (diagram, Self.vectors.map { values[Int($0[variable])] })
      }
      let (left, leftTable) = function(depth - 1)
      if random.oneIn(4) {
        let table = (0..<3).map { _ in UInt8(random.below(3)) }
        let mapping = Mapping(no: table[0], unknown: table[1], yes: table[2])
        return (store.map(mapping, left), leftTable.map { table[Int($0)] })
      }
      let (right, rightTable) = function(depth - 1)
      let table = (0..<9).map { _ in UInt8(random.below(3)) }
      let operation =
        random.oneIn(2)
        ? Operation { table[Int($0 * 3 + $1)] } : random.oneIn(2) ? Operation.and : .or
      let result = zip(leftTable, rightTable).map { UInt8(operation(UInt32($0), UInt32($1))) }
      return (store.combine(operation, left, right), result)
    }
  }

  @Test("operations are those of their leaves, and equal functions are equal diagrams")
  func canonical() {
    let failure = RandomCases(200).firstFailure { random in
      var functions = Functions(random)
      var diagrams: [[UInt8]: Diagram] = [:]
      for _ in 0..<30 {
        let (diagram, table) = functions.function(functions.random.below(5))
        let store = functions.store
        for (vector, value) in zip(Functions.vectors, table)
        where store.evaluate(diagram, vector) != value {
          return "the diagram is another function at \(vector)"
        }
        if diagrams[table, default: diagram] != diagram { return "one function, two diagrams" }
        diagrams[table] = diagram
        if Set(table).count == 1, !diagram.isConstant { return "a constant is not reduced" }
      }
      return nil
    }
    #expect(failure == nil)
  }

  @Test("nodes have different children, variables in order, and runs of classes that differ")
  func reduced() {
    var functions = Functions(RandomSource(seed: 1))
    for _ in 0..<50 {
      let (diagram, _) = functions.function(4)
      let store = functions.store
      for node in store.nodes(of: [diagram]) {
        let edges = Array(store.edges(of: node))
        #expect(edges.count > 1 && edges[0].firstClass == 0)
        for (edge, next) in zip(edges, edges.dropFirst()) {
          #expect(edge.child != next.child && edge.firstClass < next.firstClass)
        }
        for edge in edges { #expect(store.level(edge.child) > store.level(node)) }
      }
    }
  }

  @Test("Kleene's logic, and what a policy decides when it is perhaps in force")
  func logic() {
    #expect(Operation.and(1, 2) == 1 && Operation.and(0, 1) == 0)
    #expect(Operation.or(1, 2) == 2 && Operation.or(0, 1) == 1)
    var store = DiagramStore()
    #expect(store.map(.not, .unknown) == .unknown && store.map(.not, .no) == .yes)
    #expect(store.map(.allowing, .unknown) == .nothing && store.map(.denying, .unknown) == .deny)
    #expect(store.combine(.activate, .unknown, .allow) == .nothing)
    #expect(store.combine(.activate, .unknown, .deny) == .deny)
    #expect(store.combine(.activate, .yes, .allow) == .allow)
    #expect(store.combine(.activate, .no, .deny) == .nothing)
  }

  @Test("what would grow too high is split, and stays the same function")
  func derived() {
    var store = DiagramStore()
    let count = 2500
    let variables = (0..<count).map { _ in store.addVariable(classCount: 3) }
    let literals = variables.map { store.literal($0, [(0, 1), (1, 0), (2, 2)]) }
    let all = store.reduce(.and, literals)
    let any = store.reduce(.or, literals)
    #expect(!store.derivations.isEmpty)
    #expect(store.height(all) <= DiagramStore.heightLimit)
    for (ones, expected) in [(0, (2, 2)), (1, (0, 2)), (count, (0, 0))] as [(Int, (UInt8, UInt8))] {
      let classes = (0..<count).map { UInt32($0 < ones ? 1 : 2) }
      #expect(store.evaluate(all, classes) == expected.0)
      #expect(store.evaluate(any, classes) == expected.1)
    }
    let unknown = (0..<count).map { UInt32($0 == 7 ? 0 : 2) }
    #expect(store.evaluate(all, unknown) == 1)
  }

  @Test("a path to a leaf is one")
  func paths() {
    var functions = Functions(RandomSource(seed: 3))
    for _ in 0..<50 {
      let (diagram, table) = functions.function(4)
      for value in UInt8(0)..<3 {
        let path = functions.store.path(to: value, in: diagram)
        #expect((path != nil) == table.contains(value))
        guard let path else { continue }
        var vector: [UInt32] = [0, 0, 0]
        for (variable, number) in path { vector[variable.position] = number }
        #expect(functions.store.evaluate(diagram, vector) == value)
      }
    }
  }
}
