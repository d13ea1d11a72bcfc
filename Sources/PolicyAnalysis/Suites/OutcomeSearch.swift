import PolicyCompiler
import PolicyEngine
import PolicyModel
import PolicySource

/// Finds cases for the outcomes of policies that no test shows.
struct OutcomeSearch {
  private let set: PolicySet
  private let seen: SeenOutcomes
  private(set) var items: [OutcomeItem] = []
  private(set) var cases: [SuiteCase] = []
  /// How many policies were not looked at.
  private(set) var left = 0

  /// Looks at policies until so many lack something.
  ///
  /// Most outcomes are those of requests that say nothing; for the others a claim is refuted that
  /// there are none, or a way to a deny taken.
  /// - Complexity: For each policy, O(rules + what is said of its actions).
  init(_ set: PolicySet, _ diagrams: PolicyDiagrams, _ classes: ActionClasses, atMost most: Int) {
    self.set = set
    seen = SeenOutcomes(set)
    let facts = PrincipalFacts(diagrams.variables, in: set)
    let values = TiedValues(set)
    var lacking = 0
    for (position, policy) in set.policies.indices.enumerated() {
      guard lacking < most else {
        left = set.policies.count - position
        break
      }
      let before = items.count
      look(at: policy, diagrams, facts, values, classes)
      if items.count > before { lacking += 1 }
    }
    cases = cases.joined()
  }

  private mutating func look(
    at policy: PolicyIndex,
    _ diagrams: PolicyDiagrams,
    _ facts: PrincipalFacts,
    _ values: TiedValues,
    _ classes: ActionClasses
  ) {
    let all = classes.classes(of: policy)
    guard all.contains(where: { $0.cell != .nothing }) else { return }
    let firsts = all.map { $0.actions.ranges[0].lowerBound }
    let slice = SetSlice(set, SetChange(lookingAt: ActionSet(firsts.map { $0..<$0 + 1 }))).old
    let wants = all.flatMap { outcomes(of: policy, $0.actions, $0.cell, slice) }
    var asking = slice
    asking.assertions = wants.filter { $0.request == nil && $0.item.outcome != .deny }
      .map { Self.claim(against: $0.item) }
    var prover = asking.assertions.isEmpty ? nil : Prover(asking)
    var number = 0
    for (item, request) in wants {
      if let request {
        add(item, request, slice, classes)
      } else if item.outcome == .deny {
        if let found = deny(item, diagrams, facts, values, slice) {
          add(item, found, slice, classes)
        }
      } else {
        if case .refuted(let found) = prover?.judge(number) {
          add(item, found.request, slice, classes)
        }
        number += 1
      }
    }
  }

  /// What a policy may come to for some actions, with the request that says nothing where that shows
  /// it.
  private func outcomes(
    of policy: PolicyIndex,
    _ actions: ActionSet,
    _ cell: Diagram,
    _ slice: PolicySet
  ) -> [(item: OutcomeItem, request: RequestData?)] {
    var request = RequestData(
      kind: .user,
      identity: .someone,
      groups: [],
      held: [Holding(policy)],
      action: ActionIndex(actions.ranges[0].lowerBound)
    )
    let decision = interpret(request, in: slice)
    if bestGrant(of: policy, to: request.without(policy), in: set)?.force == .yes {
      request.held = []
    }
    return OutcomeItem.Outcome.allCases.compactMap { outcome in
      guard cell != .nothing || outcome == .refuse else { return nil }
      let item = OutcomeItem(policy: policy, actions: actions, outcome: outcome)
      guard !seen.has(item) else { return nil }
      if item.isShown(by: decision, in: slice) { return (item, request) }
      return cell != .nothing ? (item, nil) : nil
    }
  }

  /// The claim that there is no such outcome.
  private static func claim(against item: OutcomeItem) -> Assertion {
    let first = item.actions.ranges[0].lowerBound
    let action = ActionSet([first..<first + 1])
    return Assertion(
      claim: item.outcome == .allow
        ? .cannot(.policy(item.policy), action) : .can(.policy(item.policy), action),
      places: [],
      condition: nil,
      annotations: [],
      span: SourceSpan(file: FileID(0), lower: 0, upper: 0)
    )
  }

  /// A request that a rule of the policy denies.
  private func deny(
    _ item: OutcomeItem,
    _ diagrams: PolicyDiagrams,
    _ facts: PrincipalFacts,
    _ values: TiedValues,
    _ slice: PolicySet
  ) -> RequestData? {
    let action = ActionIndex(item.actions.ranges[0].lowerBound)
    let cell = diagrams.cell(item.policy, action)
    guard let way = diagrams.store.path(to: 2, in: cell) else { return nil }
    let read = way.filter { $0.0.position < diagrams.variables.count }
      .map { WayStep(variable: diagrams.variables[$0.0.position], number: Int($0.1)) }
    let witness = Witness(
      facts: facts,
      values: values,
      scenario: .holding([item.policy], in: set),
      set: set
    )
    return witness.requests(read, for: action).first { request in
      item.isShown(by: interpret(request, in: slice), in: slice)
    }
  }

  private mutating func add(
    _ item: OutcomeItem,
    _ request: RequestData,
    _ slice: PolicySet,
    _ classes: ActionClasses
  ) {
    let stated = StatedRequest(request, in: set) {
      item.isShown(by: interpret($0, in: slice), in: slice)
    }
    guard let stated else { return }
    let actions = classes.declaring(stated.request, item.actions)
    let own = OutcomeItem(policy: item.policy, actions: actions, outcome: item.outcome)
    guard !actions.isEmpty, !seen.has(own),
      own.isShown(by: interpret(stated.request, in: slice), in: slice)
    else { return }
    items.append(own)
    cases.append(
      SuiteCase(request: stated.request, actions: actions, effect: item.outcome.effect)
        .about(actions)
    )
  }
}

extension RequestData {
  fileprivate func without(_ policy: PolicyIndex) -> RequestData {
    var request = self
    request.held.removeAll { $0.policy == policy }
    return request
  }
}
