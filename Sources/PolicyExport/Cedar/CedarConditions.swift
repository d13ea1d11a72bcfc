import PolicyModel

/// Says conditions in Cedar, whose expressions are true or false, or fail.
///
/// A condition of Pol has three values, so it becomes two expressions: when it is true, and when it
/// is false. Negations go down to the checks, as Kleene's logic allows: `not`, `and` and `or` of
/// what is true are those of what is false with the other two exchanged. For a missing attribute
/// both are false.
struct CedarConditions: Sendable {
  let checks: CedarChecks

  init(_ set: PolicySet) {
    checks = CedarChecks(set)
  }

  /// When a condition has a truth value.
  ///
  /// - Complexity: O(size of the condition).
  func expression(_ condition: Condition, is wanted: Bool) -> CedarExpression {
    switch condition {
    case .constant(let value): .constant(value == wanted)
    case .not(let inner): expression(inner, is: !wanted)
    case .all(let parts): joined(parts, wanted, isConjunction: wanted)
    case .any(let parts): joined(parts, wanted, isConjunction: !wanted)
    case .check: joined([condition], wanted, isConjunction: true)
    }
  }

  /// Checks that ask about the same things, which are guarded once.
  private struct Bucket {
    let guards: [CedarExpression]
    var operations: [CedarExpression]
  }

  private func joined(
    _ parts: [Condition],
    _ wanted: Bool,
    isConjunction: Bool
  ) -> CedarExpression {
    var buckets: [Bucket] = []
    var places: [[CedarExpression]: Int] = [:]
    for part in parts {
      guard let (question, isYes) = check(part, wanted) else {
        buckets.append(Bucket(guards: [], operations: [expression(part, is: wanted)]))
        continue
      }
      let operation = isYes ? question.yes : question.no
      if let place = places[question.guards], !question.guards.isEmpty {
        buckets[place].operations.append(operation)
      } else {
        places[question.guards] = buckets.count
        buckets.append(Bucket(guards: question.guards, operations: [operation]))
      }
    }
    return join(
      buckets.map { .every($0.guards + [join($0.operations, isConjunction)]) },
      isConjunction
    )
  }

  private func join(_ parts: [CedarExpression], _ isConjunction: Bool) -> CedarExpression {
    isConjunction ? .every(parts) : .either(parts)
  }

  /// The question of a check, negated or not, and which of its answers is wanted.
  private func check(_ condition: Condition, _ wanted: Bool) -> (CedarQuestion, Bool)? {
    switch condition {
    case .check(let check, _): (checks.question(check), wanted)
    case .not(let inner): check(inner, !wanted)
    case .constant, .all, .any: nil
    }
  }
}
