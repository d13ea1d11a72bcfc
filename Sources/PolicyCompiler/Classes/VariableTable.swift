import PolicyEngine
package import PolicyModel

/// The variables of a policy set in their order, and how each check reads them.
package struct VariableTable: Sendable {
  package let variables: [Variable]
  /// For each check, its variable and the answer (false 0, unknown 1, true 2) of each class.
  package let readings: [Check: Reading]

  /// How a check reads its variable.
  package struct Reading: Sendable {
    package let variable: Int
    package let answers: [UInt8]
  }
}

/// Gives each term and each relation its variable, in an order that keeps diagrams small.
///
/// - Parameters:
///   - conditions: Every condition of the set; each is a hyperedge of the ordering.
///   - set: The policy set.
/// - Complexity: O(checks log checks), but for the automata of `like`.
package func makeVariables(for conditions: [Condition], in set: PolicySet) -> VariableTable {
  var edges: [[VariableSubject]] = []
  var checks: [VariableSubject: Set<Check>] = [:]
  let splitting = termsWithLargeAutomata(conditions)
  for condition in conditions {
    var subjects: Set<VariableSubject> = []
    for (check, _) in condition.checks {
      let subject = subject(of: check, in: set, splitting: splitting)
      checks[subject, default: []].insert(check)
      subjects.insert(subject)
    }
    edges.append(Array(subjects))
  }
  let order = variableOrder(Array(checks.keys), edges: edges)
  var variables: [Variable] = []
  var readings: [Check: VariableTable.Reading] = [:]
  for subject in order {
    let own = (checks[subject] ?? []).sorted { sortKey($0) < sortKey($1) }
    let built = build(subject, own, in: set)
    for check in own {
      guard let answers = built.answers[check] else { continue }
      let absent: UInt8 = if case .has = check { 0 } else { 1 }
      readings[check] = VariableTable.Reading(
        variable: variables.count,
        answers: answers.map { answer in answer.map { $0 ? 2 : 0 } ?? absent }
      )
    }
    variables.append(built.variable)
  }
  return VariableTable(variables: variables, readings: readings)
}

/// A text that orders checks and subjects the same way in every run.
func sortKey(_ value: some Hashable) -> String { String(reflecting: value) }

/// The terms whose patterns need more than the largest automaton.
private func termsWithLargeAutomata(_ conditions: [Condition]) -> Set<Term> {
  var patterns: [Term: Set<LikePattern>] = [:]
  for condition in conditions {
    for (check, _) in condition.checks {
      if case .like(let term, let pattern) = check { patterns[term, default: []].insert(pattern) }
    }
  }
  return Set(
    patterns.filter { entry in
      entry.value.count > 1
        && LikeAutomaton(entry.value.sorted { sortKey($0) < sortKey($1) }) == nil
    }.keys
  )
}

private func subject(
  of check: Check,
  in set: PolicySet,
  splitting: Set<Term>
) -> VariableSubject {
  func type(_ term: Term) -> AttributeType {
    switch term {
    case .attribute(let index): set.catalogue.attributes[index].type
    case .principal: .principal
    case .resource: .string
    }
  }
  func sorted(_ left: Term, _ right: Term) -> (Term, Term) {
    sortKey(left) <= sortKey(right) ? (left, right) : (right, left)
  }
  switch check {
  case .has(let term):
    return type(term).element == nil ? .term(term) : .presence(term)
  case .inGroup(let group): return .group(group)
  case .isKind: return .kind
  case .like(let term, let pattern):
    return splitting.contains(term) ? .pattern(term, pattern) : .term(term)
  case .isTrue(let term), .equals(let term, _), .compare(let term, _, _), .inBlock(let term, _):
    return .term(term)
  case .under(let term, let path):
    return type(term) == .paths ? .under(term, path) : .term(term)
  case .contains(let term, let value): return .contains(term, value)
  case .equalTerms(let left, let right):
    let (first, second) = sorted(left, right)
    let isOrdered = type(left) == .int || type(left) == .time
    return isOrdered ? .order(first, second) : .equal(first, second)
  case .compareTerms(let left, _, let right):
    let (first, second) = sorted(left, right)
    return .order(first, second)
  case .underTerm(let left, let right): return .underTerm(left, right)
  case .containsTerm(let left, let right): return .containsTerm(left, right)
  case .containsAny(let left, let right):
    let (first, second) = sorted(left, right)
    return .containsAny(first, second)
  case .containsAll(let left, let right): return .containsAll(left, right)
  }
}

private func build(
  _ subject: VariableSubject,
  _ checks: [Check],
  in set: PolicySet
) -> BuiltVariable {
  switch subject {
  case .term(.attribute(let index)):
    return scalarVariable(
      .attribute(index),
      type: set.catalogue.attributes[index].type,
      checks: checks
    )
  case .term(.principal):
    return scalarVariable(.principal, type: .principal, checks: checks)
  case .term(.resource):
    return scalarVariable(.resource, type: .string, checks: checks)
  case .presence:
    return BuiltVariable(
      variable: Variable(
        subject: subject,
        witnesses: [.missing, .truth(true)],
        classifier: .presence
      ),
      answers: Dictionary(uniqueKeysWithValues: checks.map { ($0, [nil, true]) })
    )
  case .kind:
    return kindVariable(checks)
  case .order(let first, _):
    return orderVariable(subject, first: first, checks)
  case .contains, .under, .pattern, .equal, .underTerm, .containsTerm, .containsAny, .containsAll,
    .group:
    return BuiltVariable(
      variable: Variable(
        subject: subject,
        witnesses: [.missing, .truth(false), .truth(true)],
        classifier: .truth
      ),
      answers: Dictionary(uniqueKeysWithValues: checks.map { ($0, [nil, false, true]) })
    )
  }
}

private func kindVariable(_ checks: [Check]) -> BuiltVariable {
  BuiltVariable(
    variable: Variable(
      subject: .kind,
      witnesses: PrincipalKind.allCases.map { .kind($0) },
      classifier: .kind
    ),
    answers: Dictionary(
      uniqueKeysWithValues: checks.map { check in
        (check, PrincipalKind.allCases.map { check == .isKind($0) })
      }
    )
  )
}

private func orderVariable(
  _ subject: VariableSubject,
  first: Term,
  _ checks: [Check]
) -> BuiltVariable {
  func answer(_ check: Check, _ order: Int) -> Bool {
    switch check {
    case .equalTerms: order == 0
    case .compareTerms(let left, let relation, _):
      switch (left == first ? order : -order, relation) {
      case (-1, _): true
      case (0, .lessOrEqual): true
      default: false
      }
    default: false
    }
  }
  return BuiltVariable(
    variable: Variable(
      subject: subject,
      witnesses: [.missing, .order(-1), .order(0), .order(1)],
      classifier: .order
    ),
    answers: Dictionary(
      uniqueKeysWithValues: checks.map { check in
        (check, [nil] + [-1, 0, 1].map { answer(check, $0) })
      }
    )
  )
}
