import PolicyCompiler
import PolicyEngine
import PolicyModel

@testable import PolicyAnalysis

/// Looks for a request that takes one of the ways to *yes* in a diagram and for which something is
/// true, whoever makes it: what is known of the principal is tried too.
struct WaySearch {
  let set: PolicySet
  let variables: [Variable]
  let facts: PrincipalFacts
  let values: TiedValues

  init(_ set: PolicySet, _ variables: [Variable]) {
    self.set = set
    self.variables = variables
    facts = PrincipalFacts(variables, in: set)
    values = TiedValues(set)
  }

  func request(
    _ diagram: Diagram,
    for action: ActionIndex,
    in store: DiagramStore,
    where isWanted: (RequestData) -> Bool
  ) -> RequestData? {
    var found: RequestData?
    var ways = 300
    func walk(_ node: Diagram, _ way: Way) {
      guard found == nil, ways > 0, node != .no else { return }
      guard let variable = store.variable(of: node) else {
        ways -= 1
        found = node == .yes ? requests(way, for: action).first(where: isWanted) : nil
        return
      }
      for edge in store.edges(of: node) {
        let step =
          variable.position < variables.count
          ? [WayStep(variable: variables[variable.position], number: Int(edge.firstClass))] : []
        walk(edge.child, way + step)
      }
    }
    walk(diagram, [])
    return found
  }

  /// Whether a diagram reads several variables that ask about the same, or one that stands for a
  /// part that was cut off.
  func isTied(_ diagram: Diagram, in store: DiagramStore) -> Bool {
    let support = store.support(of: diagram)
    var seen: Set<Term> = []
    return support.contains { index in
      guard index.position < variables.count else { return true }
      let subject = variables[index.position].subject
      if PrincipalTies.bind(subject) { return true }
      return subject.terms.contains { !seen.insert($0).inserted }
    }
  }

  private func requests(_ way: Way, for action: ActionIndex) -> [RequestData] {
    let rest = way.filter { step in
      switch step.variable.subject {
      case .kind, .group, .value(.principal): false
      default: true
      }
    }
    var stated: Set<GroupIndex> = []
    for case (.group(let group), .member(true)) in way.map({
      ($0.variable.subject, $0.witness)
    }) { stated.insert(group) }
    let groups: [Set<GroupIndex>?] = [stated, nil, []]
    let principals = facts.representatives.map { Scenario.Who.principal($0.id, in: []) }
    return (principals + [.anonymous]).flatMap { who -> [RequestData] in
      let scenario = Scenario(who: who, held: [], assignments: [], words: "")
      let made = Witness(facts: facts, values: values, scenario: scenario, set: set)
        .requests(rest, for: action)
      let kinds: [PrincipalKind] = who == .anonymous ? PrincipalKind.allCases : []
      let all =
        made
        + kinds.filter { $0 != .anonymous }.flatMap { kind in
          made.map { request in
            var request = request
            request.kind = kind
            request.identity = .unknown
            return request
          }
        }
      return all.flatMap { request in
        groups.map { groups in
          var request = request
          request.groups = groups
          return request
        }
      }
    }
  }
}

extension PolicySet {
  /// The set without a rule: it is left with no actions.
  func without(_ index: RuleIndex) -> PolicySet {
    var result = self
    let rule = rules[index]
    result.rules[index] = Rule(
      policy: rule.policy,
      number: rule.number,
      id: rule.id,
      effect: rule.effect,
      actions: ActionSet(),
      condition: rule.condition,
      exception: rule.exception,
      because: rule.because,
      documentation: nil,
      annotations: [],
      span: rule.span,
      actionsSpan: rule.actionsSpan
    )
    return result
  }

  /// The set in which everyone has a policy, besides what some assignments give.
  func giving(_ policy: PolicyIndex, and assignments: [Assignment] = []) -> PolicySet {
    guard let span = rules.elements.first?.span else { return self }
    var result = self
    let all = Assignment(
      policies: [policy],
      subjects: [.everyone],
      places: [],
      condition: nil,
      annotations: [],
      span: span
    )
    result.assignments = Table([all] + assignments)
    return result
  }

  /// The assignments to everyone.
  var everyones: [Assignment] {
    assignments.elements.filter { $0.subjects.contains(.everyone) }
  }
}

/// What a request is answered, apart from the rules responsible.
struct Outcome: Equatable {
  let effect: Effect
  let basis: Basis

  init(_ request: RequestData, in set: PolicySet) {
    let decision = interpret(request, in: set)
    (effect, basis) = (decision.effect, decision.basis)
  }
}
