package import PolicyCompiler
import PolicyEngine
package import PolicyModel

/// Proves the assertions of a policy set on its diagrams, or finds requests that break them.
///
/// A claim is a diagram that is *yes* for all classes that would break it. If it is *no* all over,
/// the claim is proved: reduced diagrams are canonical, so that this is no search. Otherwise each
/// way to *yes* is turned into requests, which the interpreter decides; only one that really breaks
/// the claim is reported. Ways that no request can take (variables tied together) are passed over,
/// and if only such were found within the budget, the assertion is not proved.
package struct Prover {
  /// The diagrams of the set, with the conditions and places of its assertions as extras; others may
  /// make new ones in their store.
  package var diagrams: PolicyDiagrams
  private let set: PolicySet
  private let conditions: [Diagram]
  private let facts: PrincipalFacts
  private let values: TiedValues
  private var known: [Scenario.Who: Diagram] = [:]

  /// - Parameter set: A policy set that checks.
  package init(_ set: PolicySet) {
    self.set = set
    let places = set.assertions.flatMap { assertion in
      assertion.places.compactMap { if case .unit(let unit) = $0 { unit } else { nil } }
    }
    diagrams = PolicyDiagrams(
      set,
      extras: DiagramExtras(
        conditions: set.assertions.map { $0.condition ?? .constant(true) },
        places: places
      )
    )
    conditions = diagrams.extraConditions
    facts = PrincipalFacts(diagrams.variables, in: set)
    values = TiedValues(
      set,
      and: set.assertions.compactMap(\.condition).flatMap { $0.checks.map(\.check) }
    )
  }

  /// Judges the assertion at a position of the set.
  ///
  /// - Complexity: O(runs of actions × policies in force) combinations of diagrams; equal ones are
  ///   made once.
  package mutating func judge(_ position: Int) -> Verdict {
    let assertion = set.assertions[position]
    let premise = premise(of: assertion, condition: conditions[position])
    switch assertion.claim {
    case .nobodyHolds(let policies):
      return separation(policies, in: set)
    case .can(let who, let actions):
      return judge(
        scenarios(who),
        Breach(actions: actions, isAllow: false, assertion: assertion),
        premise
      )
    case .cannot(let who, let actions):
      return judge(
        scenarios(who),
        Breach(actions: actions, isAllow: true, assertion: assertion),
        premise
      )
    case .only(let policies, let actions):
      let scenarios = others(than: Set(policies))
      return judge(
        scenarios,
        Breach(actions: actions, isAllow: true, assertion: assertion),
        premise
      )
    }
  }

  /// Whether no request of those that the assertion at a position speaks of makes its condition
  /// true, so that it holds whatever the policies say.
  package mutating func isVacuous(_ position: Int) -> Bool {
    let assertion = set.assertions[position]
    guard assertion.condition != nil else { return false }
    let premise = premise(of: assertion, condition: conditions[position])
    let spokenOf: [Scenario]
    switch assertion.claim {
    case .nobodyHolds: return false
    case .can(let who, _), .cannot(let who, _): spokenOf = scenarios(who)
    case .only(let policies, _): spokenOf = others(than: Set(policies))
    }
    var seen: Set<Scenario.Who> = []
    for who in spokenOf.map(\.who) where seen.insert(who).inserted {
      let principal = knowledge(of: who)
      let possible = diagrams.store.combine(.and, premise, principal)
      guard possible != .no else { continue }
      let ties = Ties(variables: diagrams.variables, isAnonymous: who == .anonymous)
        .diagram(of: diagrams.store.support(of: possible), &diagrams.store)
      if diagrams.store.combine(.and, possible, ties) != .no { return false }
    }
    return true
  }

  /// Whom an assertion speaks of, each to be judged.
  ///
  /// `anyone` holds any policies: one alone, or none, is enough to look at. More policies only add
  /// denies to what one of them allows, and only add allows to what none of them denies.
  private func scenarios(_ who: AssertionSubject) -> [Scenario] {
    switch who {
    case .policy(let policy): [.holding([policy], in: set)]
    case .subject(let subject): Scenario.of(subject, in: set)
    case .anyone: others(than: [])
    }
  }

  /// Holders of no policy, and of each one alone, but for some and those that include them.
  private func others(than excluded: Set<PolicyIndex>) -> [Scenario] {
    let policies = set.policies.indices.filter { index in
      !set.policies[index].closure.contains { excluded.contains($0) }
    }
    let scenarios =
      [.holding([], in: set), .anonymous(in: set, withTheirOwn: true)]
      + policies.map { Scenario.holding([$0], in: set) }
    return scenarios.map { scenario in
      var scenario = scenario
      scenario.excluded = excluded
      return scenario
    }
  }

  private mutating func judge(
    _ scenarios: [Scenario],
    _ breach: Breach,
    _ premise: Diagram
  ) -> Verdict {
    var gaveUp: String?
    for scenario in scenarios {
      let found = judge(scenario, breach, premise)
      if let counterexample = found.counterexample { return .refuted(counterexample) }
      gaveUp = gaveUp ?? found.undecided.map { set.catalogue.actions[$0].path }
    }
    guard let gaveUp else { return .proved(except: []) }
    return .notProved(
      "no request was found that breaks it for `\(gaveUp)`, and no proof either"
    )
  }

  private mutating func judge(
    _ scenario: Scenario,
    _ breach: Breach,
    _ premise: Diagram
  ) -> (counterexample: Counterexample?, undecided: ActionIndex?) {
    let principal = knowledge(of: scenario.who)
    let possible = diagrams.store.combine(.and, premise, principal)
    guard possible != .no else { return (nil, nil) }
    let grants = grants(scenario, denies: breach.isAllow)
    let spokenOf = diagrams.store.combine(.and, possible, grants.isSpokenOf)
    let search = BreachSearch(
      facts: facts,
      values: values,
      scenario: scenario,
      breach: breach,
      set: set,
      variables: diagrams.variables
    )
    var answers: [Diagram: Bool] = [:]
    var broken: [(request: RequestData, decision: Decision)] = []
    var brokenCount = 0
    var undecided: ActionIndex?
    for run in runs(of: breach.actions, grants) {
      let action = ActionIndex(run.lowerBound)
      let breaking = breaking(grants, action, breach, spokenOf)
      guard breaking != .no else { continue }
      if answers[breaking] == nil {
        let found = search.request(breaking, for: action, in: diagrams.store)
        answers[breaking] = found != nil
        if let found { broken.append(found) }
      }
      if answers[breaking] == true {
        brokenCount += run.count
      } else {
        undecided = undecided ?? action
      }
    }
    guard let first = broken.first else { return (nil, undecided) }
    return (
      Counterexample(
        request: first.request,
        decision: first.decision,
        who: scenario.words,
        actions: brokenCount
      ), undecided
    )
  }

  /// The runs of actions of which the policies in force say the same.
  ///
  /// - Complexity: O(n log n) in the runs of the policies.
  private func runs(of actions: ActionSet, _ grants: ScenarioGrants) -> [Range<Int>] {
    var bounds: Set<Int> = []
    for policy in Set((grants.own + grants.more).map(\.policy)) {
      for run in diagrams.cells[policy] {
        bounds.insert(run.actions.lowerBound)
        bounds.insert(run.actions.upperBound)
      }
    }
    return actions.runs(cutAt: bounds.sorted())
  }

  /// Yes for all classes in which the scenario's principal, and what is in force for it, break the
  /// claim for an action.
  private mutating func breaking(
    _ grants: ScenarioGrants,
    _ action: ActionIndex,
    _ breach: Breach,
    _ possible: Diagram
  ) -> Diagram {
    let own = decision(grants.own, action)
    let all = grants.more.isEmpty ? own : decision(grants.own + grants.more, action)
    var breaking = diagrams.store.map(breach.mapping, own)
    if all != own {
      breaking = diagrams.store.combine(.and, breaking, diagrams.store.map(breach.mapping, all))
    }
    breaking = diagrams.store.combine(.and, breaking, possible)
    guard breaking != .no else { return .no }
    let ties = Ties(variables: diagrams.variables, isAnonymous: grants.isAnonymous)
      .diagram(of: diagrams.store.support(of: breaking), &diagrams.store)
    return diagrams.store.combine(.and, breaking, ties)
  }

  /// What is decided about an action: deny over allow over nothing.
  private mutating func decision(
    _ grants: [(policy: PolicyIndex, force: Diagram)],
    _ action: ActionIndex
  ) -> Diagram {
    var result = Diagram.nothing
    for grant in grants {
      let cell = diagrams.cell(grant.policy, action)
      guard cell != .nothing else { continue }
      let part = diagrams.store.combine(.activate, grant.force, cell)
      result = diagrams.store.combine(.or, result, part)
    }
    return result
  }

  /// Where the condition of an assertion is true and its places have the resource.
  private mutating func premise(of assertion: Assertion, condition: Diagram) -> Diagram {
    let premise = diagrams.store.map(.certain, condition)
    guard !assertion.places.isEmpty else { return premise }
    let places = assertion.places.map { place in
      switch place {
      case .unit(let unit): diagrams.store.map(.certain, diagrams.place([unit]))
      case .outside: diagrams.store.classes([1], of: diagrams.unitVariable)
      }
    }
    return diagrams.store.combine(.and, premise, diagrams.store.reduce(.or, places))
  }

  private mutating func knowledge(of who: Scenario.Who) -> Diagram {
    if let known = known[who] { return known }
    let diagram = facts.diagram(of: who, in: set, &diagrams.store)
    known[who] = diagram
    return diagram
  }

  /// What gives policies to whom a scenario speaks of, and when.
  private mutating func grants(_ scenario: Scenario, denies: Bool) -> ScenarioGrants {
    var grants = ScenarioGrants(isAnonymous: scenario.who == .anonymous)
    var forces: [PolicyIndex: Diagram] = [:]
    for policy in scenario.held { forces[policy] = .yes }
    for index in scenario.assignments {
      let reach = diagrams.reach(of: index, in: set)
      for policy in set.assignments[index].policies {
        forces[policy] = diagrams.store.combine(.or, forces[policy] ?? .no, reach)
        guard set.policies[policy].closure.contains(where: { scenario.excluded.contains($0) })
        else { continue }
        let isGiven = diagrams.store.map(.certain, reach)
        let isNot = diagrams.store.map(.not, isGiven)
        grants.isSpokenOf = diagrams.store.combine(.and, grants.isSpokenOf, isNot)
      }
    }
    grants.own = forces.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    // Groups that a condition reads give policies too, whose denies keep a request from breaking a
    // claim that something is never allowed.
    guard denies, scenario.who == .anyone else { return grants }
    for index in set.assignments.indices {
      for case .group(let group) in set.assignments[index].subjects
      where facts.groups[group] != nil {
        let isMember = facts.member(group, true, &diagrams.store)
        let reach = diagrams.reach(of: index, in: set)
        let force = diagrams.store.combine(.and, isMember, reach)
        grants.more += set.assignments[index].policies.map { ($0, force) }
      }
    }
    return grants
  }
}

/// What gives policies to whom a scenario speaks of.
private struct ScenarioGrants {
  let isAnonymous: Bool
  /// The policies, each with when it is in force.
  var own: [(policy: PolicyIndex, force: Diagram)] = []
  /// Policies that come with groups that the principal happens to be in.
  var more: [(policy: PolicyIndex, force: Diagram)] = []
  /// Yes where the principal is given none of the policies whose holders are not spoken of.
  var isSpokenOf = Diagram.yes
}

extension Mapping {
  /// Yes stays, and what is unknown is not enough.
  static let certain = Mapping(no: 0, unknown: 0, yes: 2)
}
