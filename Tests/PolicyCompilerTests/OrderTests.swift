import PolicyEngine
import PolicyModel
import Testing

@testable import PolicyCompiler

/// A bad order in the source does not blow diagrams up.
@Suite struct OrderTests {
  /// `(x0 and y0) or (x1 and y1) or …`, all x before all y: 2^n nodes in that order.
  @Test("pairs that the source writes far apart stand together")
  func pairs() {
    var set = SmallSet.empty()
    let count = 40
    func element(_ name: String) -> Condition {
      SmallSet.check(.contains(SmallSet.attribute("tags"), .string(name)))
    }
    let first = Condition.any(
      (0..<count).map { element("x\($0)") } + (0..<count).map { element("y\($0)") }
    )
    let pairs = Condition.any(
      (0..<count).map { .all([element("x\($0)"), element("y\($0)")]) }
    )
    SmallSet.add("p", [(.allow, 0..<1, first), (.allow, 1..<2, pairs)], to: &set)
    let compiled = compile(set)
    #expect(compiled.diagrams.store.nodeCount < 5000)
    #expect(compiled.diagrams.store.derivations.isEmpty)
  }

  @Test("what all conditions read comes first")
  func hubs() {
    var set = SmallSet.empty()
    let lines = (0..<300).map { number -> SmallSet.Line in
      let condition = Condition.all([
        SmallSet.check(.contains(SmallSet.attribute("tags"), .string("t\(number)"))),
        SmallSet.check(.equals(SmallSet.attribute("title"), .string("w\(number % 20)"))),
      ])
      return (number % 2 == 0 ? .allow : .deny, 0..<3, condition)
    }
    SmallSet.add("p", lines, to: &set)
    let compiled = compile(set)
    #expect(compiled.diagrams.variables[0].subject == .value(SmallSet.attribute("title")))
    #expect(compiled.diagrams.store.nodeCount < 10_000)
  }

  @Test("the order is the same in every run, and every variable is in it once")
  func order() {
    let groups = [[0, 5], [1, 6], [2, 7], [0, 1], [5, 6, 7], [3]]
    let order = variableOrder(count: 9, groups: groups)
    #expect(order.sorted() == Array(0..<9))
    #expect(order == variableOrder(count: 9, groups: groups))
  }
}
