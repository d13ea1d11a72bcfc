import PolicyEngine
import PolicyModel
import PolicySource

/// Where the checks of a policy set are used: those of a `let` in several places.
struct ConditionUses: Sendable {
  private var rules: [SourceSpan: [RuleIndex]] = [:]
  private var assignments: [SourceSpan: [AssignmentIndex]] = [:]
  private var assertions: [SourceSpan: [Int]] = [:]

  /// - Complexity: O(size of all conditions).
  init(_ set: PolicySet) {
    for index in set.rules.indices {
      let rule = set.rules[index]
      for span in Self.places([rule.condition, rule.exception]) {
        rules[span, default: []].append(index)
      }
    }
    for index in set.assignments.indices {
      for span in Self.places([set.assignments[index].condition]) {
        assignments[span, default: []].append(index)
      }
    }
    for (position, assertion) in set.assertions.enumerated() {
      for span in Self.places([assertion.condition]) {
        assertions[span, default: []].append(position)
      }
    }
  }

  /// The rules that may have a condition in theirs, in order.
  func rules(of condition: Condition) -> [RuleIndex] {
    condition.firstPlace.flatMap { rules[$0] } ?? []
  }

  func assignments(of condition: Condition) -> [AssignmentIndex] {
    condition.firstPlace.flatMap { assignments[$0] } ?? []
  }

  func assertions(of condition: Condition) -> [Int] {
    condition.firstPlace.flatMap { assertions[$0] } ?? []
  }

  private static func places(_ conditions: [Condition?]) -> [SourceSpan] {
    var places: Set<SourceSpan> = []
    for condition in conditions {
      condition?.forEachCheck { _, span in places.insert(span) }
    }
    return places.sorted()
  }
}

extension Condition {
  fileprivate var firstPlace: SourceSpan? {
    var place: SourceSpan?
    forEachCheck { _, span in place = place ?? span }
    return place
  }
}
