import PolicyEngine
import PolicyModel

/// A condition in a form that does not depend on how it is written: negations stand at the checks,
/// what belongs together by `and` or `or` is one list, sorted and without repetitions, and
/// comparisons of one term with several values are an `in`.
///
/// De Morgan's laws hold in Kleene's logic, so that the meaning stays, also for missing values.
/// Conditions that mean the same for deeper reasons may still differ.
struct NormalCondition {
  /// As policy text writes it.
  let text: String
  private let form: Form

  /// How tightly the text binds, from least to most.
  private enum Form: Int {
    case or, and, check
  }

  private init(_ text: String, _ form: Form) {
    self.text = text
    self.form = form
  }

  /// - Complexity: O(n log n) in the size of the condition.
  init(_ condition: Condition, in set: PolicySet) {
    self = NormalCondition.of(condition, isNegated: false, in: set)
  }

  private static func of(
    _ condition: Condition,
    isNegated: Bool,
    in set: PolicySet
  ) -> NormalCondition {
    switch condition {
    case .constant(let value): return NormalCondition("\(value != isNegated)", .check)
    case .not(let inner): return of(inner, isNegated: !isNegated, in: set)
    case .check(let check, _):
      return NormalCondition(text(of: check, isNegated: isNegated, in: set), .check)
    case .all(let parts):
      return joined(parts, by: isNegated ? .or : .and, isNegated: isNegated, in: set)
    case .any(let parts):
      return joined(parts, by: isNegated ? .and : .or, isNegated: isNegated, in: set)
    }
  }

  private static func joined(
    _ parts: [Condition],
    by form: Form,
    isNegated: Bool,
    in set: PolicySet
  ) -> NormalCondition {
    var texts: Set<String> = []
    var lists: [Term: [String: Bool]] = [:]
    var nested: [String: NormalCondition] = [:]
    func add(_ parts: [Condition], _ isNegated: Bool) {
      for part in parts {
        switch (part, isNegated) {
        case (.not(let inner), _): add([inner], !isNegated)
        case (.all(let inner), _) where (form == .and) != isNegated: add(inner, isNegated)
        case (.any(let inner), _) where (form == .or) != isNegated: add(inner, isNegated)
        case (.check(let check, _), _):
          // `x == a or x == b`, and `x != a and x != b`, are lists.
          if (form == .or) != isNegated, let (term, value, isBlock) = listed(check) {
            lists[term, default: [:]][value] = isBlock
          } else {
            texts.insert(text(of: check, isNegated: isNegated, in: set))
          }
        default:
          let inner = of(part, isNegated: isNegated, in: set)
          let text = inner.form.rawValue < form.rawValue ? "(\(inner.text))" : inner.text
          nested[text] = inner
          texts.insert(text)
        }
      }
    }
    add(parts, isNegated)
    for (term, values) in lists {
      let name = describe(term, in: set)
      let sorted = inOrder(Set(values.keys))
      let isOne = sorted.count == 1 && values[sorted[0]] == false
      let sign = isOne ? (form == .or ? "==" : "!=") : (form == .or ? "in" : "not in")
      let list = sorted.count == 1 ? sorted[0] : "[\(sorted.joined(separator: ", "))]"
      texts.insert("\(name) \(sign) \(list)")
    }
    let sorted = inOrder(texts)
    if sorted.isEmpty { return NormalCondition("\(form == .and)", .check) }
    if sorted.count == 1 { return nested[sorted[0]] ?? NormalCondition(sorted[0], .check) }
    return NormalCondition(sorted.joined(separator: form == .and ? " and " : " or "), form)
  }

  /// A check, or its negation; of two terms that can change places, the one with the lesser name is
  /// on the left.
  private static func text(of check: Check, isNegated: Bool, in set: PolicySet) -> String {
    func inOrder(_ left: Term, _ right: Term) -> Bool {
      !precedes(describe(right, in: set), describe(left, in: set))
    }
    switch check {
    case .equalTerms(let left, let right) where !inOrder(left, right):
      return describe(.equalTerms(right, left), in: set, isNegated: isNegated)
    case .containsAny(let left, let right) where !inOrder(left, right):
      return describe(.containsAny(right, left), in: set, isNegated: isNegated)
    case .compareTerms(let left, let order, let right) where !inOrder(left, right):
      // `a < b` is `not (b <= a)`, and both are unknown when one of the two is missing.
      let turned: Order = order == .less ? .lessOrEqual : .less
      return describe(.compareTerms(right, turned, left), in: set, isNegated: !isNegated)
    default:
      return describe(check, in: set, isNegated: isNegated)
    }
  }

  /// The term and the value of a comparison that can stand in a list, and whether that is a block.
  private static func listed(_ check: Check) -> (term: Term, value: String, isBlock: Bool)? {
    switch check {
    case .equals(let term, let value): (term, describe(value), false)
    case .inBlock(let term, let block): (term, describe(block), true)
    default: nil
    }
  }

  private static func inOrder(_ texts: Set<String>) -> [String] {
    texts.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}
