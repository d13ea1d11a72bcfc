import PolicyEngine
import PolicyModel

/// Where runs of actions of one set are in another order.
struct ActionRuns {
  private var runs: [(own: Range<Int>, first: Int)] = []

  /// - Parameter positions: For each action its place in the other order.
  init(_ positions: [Int]) {
    for (own, joined) in positions.enumerated() {
      if let last = runs.last, last.first + last.own.count == joined {
        runs[runs.count - 1].own = last.own.lowerBound..<own + 1
      } else {
        runs.append((own..<own + 1, joined))
      }
    }
  }

  /// - Complexity: O(log runs) for each range, and O(runs) for those within it.
  func map(_ actions: ActionSet) -> ActionSet {
    var result: [Range<Int>] = []
    for range in actions.ranges {
      var low = 0
      var high = runs.count
      while low < high {
        let middle = (low + high) / 2
        if runs[middle].own.upperBound <= range.lowerBound {
          low = middle + 1
        } else {
          high = middle
        }
      }
      while low < runs.count, runs[low].own.lowerBound < range.upperBound {
        let part = runs[low].own.clamped(to: range)
        let start = runs[low].first + part.lowerBound - runs[low].own.lowerBound
        result.append(start..<start + part.count)
        low += 1
      }
    }
    return ActionSet(result)
  }
}

/// Takes what one set declares to the indices of the joined set.
struct SideMapping {
  let actions: ActionRuns
  let attributes: [AttributeIndex]
  let units: [UnitIndex]
  let groups: [GroupIndex]
  let firstPolicy: Int
  let firstRule: Int

  private func map(_ policy: PolicyIndex) -> PolicyIndex {
    PolicyIndex(policy.position + firstPolicy)
  }

  func map(_ policy: Policy) -> Policy {
    Policy(
      heading: policy.heading,
      isBuiltIn: policy.isBuiltIn,
      isRole: policy.isRole,
      includes: policy.includes.map { map($0) },
      rules: policy.rules.map { RuleIndex($0.position + firstRule) },
      closure: policy.closure.map { map($0) }
    )
  }

  func map(_ rule: Rule) -> Rule {
    Rule(
      policy: map(rule.policy),
      number: rule.number,
      id: rule.id,
      effect: rule.effect,
      actions: actions.map(rule.actions),
      condition: rule.condition.map { map($0) },
      exception: rule.exception.map { map($0) },
      because: rule.because,
      documentation: rule.documentation,
      annotations: rule.annotations,
      span: rule.span,
      actionsSpan: rule.actionsSpan
    )
  }

  func map(_ assignment: Assignment) -> Assignment {
    Assignment(
      policies: assignment.policies.map { map($0) },
      subjects: assignment.subjects.map { subject in
        if case .group(let group) = subject { .group(groups[group.position]) } else { subject }
      },
      places: assignment.places.map { units[$0.position] },
      condition: assignment.condition.map { map($0) },
      annotations: assignment.annotations,
      span: assignment.span
    )
  }

  private func map(_ term: Term) -> Term {
    if case .attribute(let index) = term { .attribute(attributes[index.position]) } else { term }
  }

  private func map(_ condition: Condition) -> Condition {
    switch condition {
    case .constant: condition
    case .not(let inner): .not(map(inner))
    case .all(let parts): .all(parts.map { map($0) })
    case .any(let parts): .any(parts.map { map($0) })
    case .check(let check, let span): .check(map(check), span)
    }
  }

  private func map(_ check: Check) -> Check {
    switch check {
    case .has(let term): .has(map(term))
    case .inGroup(let group): .inGroup(groups[group.position])
    case .isKind: check
    case .isTrue(let term): .isTrue(map(term))
    case .equals(let term, let value): .equals(map(term), value)
    case .compare(let term, let order, let value): .compare(map(term), order, value)
    case .inBlock(let term, let block): .inBlock(map(term), block)
    case .like(let term, let pattern): .like(map(term), pattern)
    case .under(let term, let path): .under(map(term), path)
    case .contains(let term, let value): .contains(map(term), value)
    case .equalTerms(let left, let right): .equalTerms(map(left), map(right))
    case .compareTerms(let left, let order, let right):
      .compareTerms(map(left), order, map(right))
    case .underTerm(let left, let right): .underTerm(map(left), map(right))
    case .containsTerm(let left, let right): .containsTerm(map(left), map(right))
    case .containsAny(let left, let right): .containsAny(map(left), map(right))
    case .containsAll(let left, let right): .containsAll(map(left), map(right))
    }
  }
}
