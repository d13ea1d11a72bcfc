import PolicyCompiler
import PolicyEngine
import PolicyModel

/// What classes say of two terms that are compared with each other.
struct TiedPair {
  let relation: TermRelation
  let left: Term
  let right: Term
  /// Any of these will do.
  let wanted: ArraySlice<ClassWitness>

  /// Nil for a step that is not about two terms.
  init?(_ step: WayStep) {
    guard case .relation(let relation, let left, let right) = step.variable.subject else {
      return nil
    }
    (self.relation, self.left, self.right) = (relation, left, right)
    wanted = step.variable.witnesses[step.numbers]
  }

  /// Whether two values stand to each other as is wanted; nil is a missing one.
  func holds(_ first: Value?, _ second: Value?) -> Bool {
    wanted.contains { isMet($0, first, second) }
  }

  private func isMet(_ wanted: ClassWitness, _ first: Value?, _ second: Value?) -> Bool {
    guard let first, let second else { return wanted == .missing }
    switch (relation, wanted) {
    case (.equal, .related(let holds)): return first.isSame(as: second) == holds
    case (.order, .ordered(let order)):
      let actual = Order.less.holds(first, second) ? -1 : Order.less.holds(second, first) ? 1 : 0
      return actual == order
    case (.under, .related(let holds)): return first.isUnder(second) == holds
    case (.contains, .related(let holds)): return first.containsElement(second) == holds
    case (.containsAny, .related(let holds)):
      return second.elements.contains { first.containsElement($0) } == holds
    case (.containsAll, .related(let holds)):
      return second.elements.allSatisfy { first.containsElement($0) } == holds
    default: return false
    }
  }
}
