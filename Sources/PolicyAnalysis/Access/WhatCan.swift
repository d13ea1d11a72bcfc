import PolicyEngine
package import PolicyModel

/// Actions that a subject can do in the same places on the same condition.
package struct AccessHolding: Sendable {
  package let grant: AccessGrant
  package let actions: ActionSet
}

/// All that a subject can do, by where and when; what is allowed always comes first.
///
/// As exact as `whoCan`. Of the actions that are told together the first is the one of the example.
/// - Complexity: O(n log n) in the ranges of the rules that the subject is given, and the diagrams of
///   their conditions.
package func whatCan(
  _ subject: AccessSubject,
  _ extras: AccessExtras = AccessExtras(),
  given givens: AccessGivens = AccessGivens(),
  within actions: ActionSet,
  in set: PolicySet
) -> [AccessHolding] {
  let party = AccessDirectory(set).party(subject, extras)
  let closure = Set(party.given.flatMap { set.policies[$0.policy].closure })
  let rules = closure.sorted().flatMap { set.policies[$0].rules }
  var formulas = AccessFormulas(party, givens, in: set)
  var questions: [AccessQuestion] = []
  var spans: [ActionSet] = []
  for (active, found) in alike(rules, within: actions, in: set) {
    let byPolicy = Dictionary(grouping: active) { set.rules[$0].policy }.sorted { $0.key < $1.key }
    questions.append(formulas.question(byPolicy.map { ($0.key, $0.value) }))
    spans.append(found)
  }
  var answers = AccessAnswers(questions, givens, in: set)
  var order: [AccessPart] = []
  var ranges: [AccessPart: [Range<Int>]] = [:]
  for (question, span) in zip(questions, spans) {
    for part in answers.parts(of: question) {
      if ranges[part] == nil { order.append(part) }
      ranges[part, default: []] += span.ranges
    }
  }
  let always = order.filter { $0.condition == .constant(true) }
  let others = order.filter { $0.condition != .constant(true) }
  let sorted =
    always.filter(\.places.isEverywhere) + always.filter { !$0.places.isEverywhere } + others
  return sorted.map { part in
    let allowed = ActionSet(ranges[part] ?? [])
    let action = ActionIndex(allowed.ranges[0].lowerBound)
    let narrowed = set.narrowed(to: action)
    return AccessHolding(
      grant: AccessGrant(part, answers.example(of: part, party, action, in: narrowed)),
      actions: allowed
    )
  }
}

/// The actions for which the same of some rules are, in the order of the first.
private func alike(
  _ rules: [RuleIndex],
  within actions: ActionSet,
  in set: PolicySet
) -> [(rules: [RuleIndex], actions: ActionSet)] {
  var begins: [Int: [RuleIndex]] = [:]
  var ends: [Int: [RuleIndex]] = [:]
  for rule in rules {
    for range in set.rules[rule].actions.intersection(actions).ranges {
      begins[range.lowerBound, default: []].append(rule)
      ends[range.upperBound, default: []].append(rule)
    }
  }
  let bounds = Set(begins.keys).union(ends.keys).sorted()
  var active: Set<RuleIndex> = []
  var order: [[RuleIndex]] = []
  var ranges: [[RuleIndex]: [Range<Int>]] = [:]
  for (position, bound) in bounds.enumerated() {
    for rule in ends[bound] ?? [] { active.remove(rule) }
    for rule in begins[bound] ?? [] { active.insert(rule) }
    guard position + 1 < bounds.count, !active.isEmpty else { continue }
    let key = active.sorted()
    if ranges[key] == nil { order.append(key) }
    ranges[key, default: []].append(bound..<bounds[position + 1])
  }
  return order.map { ($0, ActionSet(ranges[$0] ?? [])) }
}
