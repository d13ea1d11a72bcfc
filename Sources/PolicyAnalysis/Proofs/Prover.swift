import PolicyCompiler
import PolicyEngine
package import PolicyModel

/// Proves the assertions of a policy set on its diagrams, or finds requests that break them.
///
/// A claim is a diagram that is *yes* exactly for the classes that would break it. If it is *no* all
/// over, the claim is proved: reduced diagrams are canonical, so that this is no search. Otherwise
/// each way to *yes* is turned into a request, which the interpreter decides; only one that really
/// breaks the claim is reported. Ways that no request can take (variables tied together) are passed
/// over, and if only such were found within the budget, the assertion is not proved.
package struct Prover {
  private var diagrams: PolicyDiagrams
  private let set: PolicySet
  private let conditions: [Diagram]

  /// How many ways to break a claim are tried before the prover gives up.
  static let budget = 2_000

  /// - Parameter set: A policy set that checks.
  package init(_ set: PolicySet) {
    self.set = set
    let conditions = set.assertions.compactMap(\.condition)
    let places = set.assertions.flatMap { assertion in
      assertion.places.compactMap { if case .unit(let unit) = $0 { unit } else { nil } }
    }
    diagrams = PolicyDiagrams(set, extras: DiagramExtras(conditions: conditions, places: places))
    var all: [Diagram] = []
    var next = 0
    for assertion in set.assertions {
      if assertion.condition == nil {
        all.append(.yes)
      } else {
        all.append(diagrams.extraConditions[next])
        next += 1
      }
    }
    self.conditions = all
  }

  /// Judges the assertion at a position of the set.
  ///
  /// - Complexity: O(actions × policies in force) combinations of diagrams; equal ones are made once.
  package mutating func judge(_ position: Int) -> Verdict {
    let assertion = set.assertions[position]
    let premise = premise(of: assertion, condition: conditions[position])
    switch assertion.claim {
    case .nobodyHolds(let policies):
      return separation(policies, in: set)
    case .can(let who, let actions):
      return judge(scenarios(who), actions, premise, breaksWhenAllowed: false, assertion)
    case .cannot(let who, let actions):
      return judge(scenarios(who), actions, premise, breaksWhenAllowed: true, assertion)
    case .only(let policies, let actions):
      let named = Set(policies)
      let others = set.policies.indices.filter { index in
        !set.policies[index].closure.contains { named.contains($0) }
      }
      let scenarios =
        [Scenario.holding([], besides: named, in: set)]
        + others.map { Scenario.holding([$0], besides: named, in: set) }
      return judge(scenarios, actions, premise, breaksWhenAllowed: true, assertion)
    }
  }

  /// Whom an assertion speaks of, each to be judged.
  ///
  /// `anyone` holds any policies: one alone, or none, is enough to look at. More policies only add
  /// denies to what one of them allows, and only add allows to what none of them denies.
  private func scenarios(_ who: AssertionSubject) -> [Scenario] {
    switch who {
    case .policy(let policy): [.holding([policy], in: set)]
    case .subject(let subject): [.of(subject, in: set)]
    case .anyone:
      [.of(.everyone, in: set)] + set.policies.indices.map { .holding([$0], in: set) }
    }
  }

  /// Where the condition of an assertion is true and its places have the resource.
  private mutating func premise(of assertion: Assertion, condition: Diagram) -> Diagram {
    let isTrue = Mapping(no: 0, unknown: 0, yes: 2)
    var premise = diagrams.store.map(isTrue, condition)
    guard !assertion.places.isEmpty else { return premise }
    var places = Diagram.no
    for place in assertion.places {
      let one: Diagram
      switch place {
      case .unit(let unit):
        one = diagrams.store.map(isTrue, diagrams.place([unit]))
      case .outside:
        one = classes([1], of: diagrams.unitVariable)
      }
      places = diagrams.store.combine(.or, places, one)
    }
    premise = diagrams.store.combine(.and, premise, places)
    return premise
  }

  /// Yes for some classes of a variable, no for its others.
  private mutating func classes(_ chosen: Set<Int>, of variable: VariableIndex) -> Diagram {
    let count = Int(diagrams.store.classCounts[variable.position])
    var runs: [(firstClass: UInt32, value: UInt8)] = []
    for number in 0..<count {
      let value: UInt8 = chosen.contains(number) ? 2 : 0
      if runs.last?.value != value { runs.append((UInt32(number), value)) }
    }
    return diagrams.store.literal(variable, runs)
  }

  private mutating func judge(
    _ scenarios: [Scenario],
    _ actions: ActionSet,
    _ premise: Diagram,
    breaksWhenAllowed: Bool,
    _ assertion: Assertion
  ) -> Verdict {
    var gaveUp: String?
    for scenario in scenarios {
      let possible = diagrams.store.combine(.and, premise, constraints(scenario))
      guard possible != .no else { continue }
      let activations = activations(scenario)
      var known: [[Diagram]: Diagram] = [:]
      var broken = 0
      var first: (RequestData, Decision)?
      var tried: [Diagram: Bool] = [:]
      for action in actions.actions {
        let cells = activations.map { diagrams.cell($0.policy, action) }
        let decision = known[cells] ?? decide(activations.map(\.force), cells)
        known[cells] = decision
        let wrong = Mapping(
          no: breaksWhenAllowed ? 0 : 2,
          unknown: breaksWhenAllowed ? 2 : 0,
          yes: breaksWhenAllowed ? 0 : 2
        )
        let breaking = diagrams.store.combine(
          .and,
          possible,
          diagrams.store.map(wrong, decision)
        )
        guard breaking != .no else { continue }
        if tried[breaking] == true {
          broken += 1
          continue
        }
        if let found = request(
          breaking,
          action,
          scenario,
          assertion,
          breaksWhenAllowed: breaksWhenAllowed
        ) {
          broken += 1
          tried[breaking] = true
          if first == nil { first = found }
        } else {
          gaveUp = set.catalogue.actions[action].path
        }
      }
      if let (request, decision) = first {
        return .refuted(
          Counterexample(
            request: request,
            decision: decision,
            who: scenario.words,
            actions: broken
          )
        )
      }
    }
    if let gaveUp {
      return .notProved("no request was found that breaks it for `\(gaveUp)`, and no proof either")
    }
    return .proved
  }

  /// The policies in force, each with when.
  private mutating func activations(
    _ scenario: Scenario
  ) -> [(policy: PolicyIndex, force: Diagram)] {
    var forces: [PolicyIndex: Diagram] = [:]
    for policy in scenario.held { forces[policy] = .yes }
    for index in scenario.assignments {
      let reach = diagrams.reach(of: index, in: set)
      for policy in set.assignments[index].policies {
        forces[policy] = diagrams.store.combine(.or, forces[policy] ?? .no, reach)
      }
    }
    return forces.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  private mutating func decide(_ forces: [Diagram], _ cells: [Diagram]) -> Diagram {
    var result = Diagram.nothing
    for (force, cell) in zip(forces, cells) where cell != .nothing {
      result = diagrams.store.combine(
        .or,
        result,
        diagrams.store.combine(.activate, force, cell)
      )
    }
    return result
  }

  /// What is known of the principal, as a diagram.
  private mutating func constraints(_ scenario: Scenario) -> Diagram {
    var result = Diagram.yes
    for (position, variable) in diagrams.variables.enumerated() {
      let allowed: Set<Int>?
      switch variable.subject {
      case .kind:
        allowed = Set(
          variable.witnesses.indices.filter { number in
            guard case .kind(let kind) = variable.witnesses[number] else { return false }
            return scenario.kinds.contains(kind)
          }
        )
      case .group(let group):
        if scenario.groups.contains(group) {
          allowed = [2]
        } else {
          allowed = scenario.isInNoOtherGroup ? [1] : nil
        }
      case .value(.principal):
        allowed = principalClasses(variable, scenario)
      default:
        allowed = nil
      }
      if let allowed {
        let part = classes(allowed, of: VariableIndex(position))
        result = diagrams.store.combine(.and, result, part)
      }
    }
    return result
  }

  /// The classes that a named principal may be in: its own, or that of all who are not named.
  private func principalClasses(_ variable: Variable, _ scenario: Scenario) -> Set<Int>? {
    if scenario.kinds == [.anonymous] { return [0] }
    guard case .named(let name)? = scenario.identity, let kind = scenario.kinds.first else {
      return nil
    }
    let id = PrincipalID(kind: kind, id: name)
    let named = namedPrincipals
    let numbers = variable.witnesses.indices.filter { number in
      guard case .value(.principal(let witness)) = variable.witnesses[number] else { return false }
      return named.contains(id) ? witness == id : !named.contains(witness)
    }
    return Set(numbers)
  }

  /// The principals that conditions name.
  private var namedPrincipals: Set<PrincipalID> {
    var found: Set<PrincipalID> = []
    let conditions =
      set.rules.elements.compactMap(\.guardCondition)
      + set.assignments.elements.compactMap(\.condition) + set.assertions.compactMap(\.condition)
    for condition in conditions {
      for (check, _) in condition.checks {
        if case .equals(.principal, .principal(let id)) = check { found.insert(id) }
      }
    }
    return found
  }

  /// A request that takes one of the ways to yes, and really breaks the claim.
  private func request(
    _ breaking: Diagram,
    _ action: ActionIndex,
    _ scenario: Scenario,
    _ assertion: Assertion,
    breaksWhenAllowed: Bool
  ) -> (RequestData, Decision)? {
    let restricted = scenario.restricted(set)
    var left = Self.budget
    var found: (RequestData, Decision)?
    func walk(_ node: Diagram, _ path: [(Variable, Int)]) {
      guard left > 0, found == nil, node != .no else { return }
      guard let variable = diagrams.store.variable(of: node) else {
        guard node == .yes else { return }
        left -= 1
        let request = Witness.request(path, for: action, scenario, in: set)
        let decision = interpret(request, in: restricted)
        let holds = assertion.condition.map { truth(of: $0, for: request, in: set) } ?? .yes
        let isIn = assertion.places.isEmpty || isPlaced(request.unit, assertion.places)
        if (decision.effect == .allow) == breaksWhenAllowed, holds == .yes, isIn {
          found = (request, decision)
        }
        return
      }
      for edge in diagrams.store.edges(of: node).reversed() {
        guard variable.position < diagrams.variables.count else {
          walk(edge.child, path)
          continue
        }
        walk(
          edge.child,
          path + [(diagrams.variables[variable.position], Int(edge.firstClass))]
        )
      }
    }
    walk(breaking, [])
    return found
  }

  private func isPlaced(_ unit: ResourceUnit, _ places: [AssertionPlace]) -> Bool {
    places.contains { place in
      switch (place, unit) {
      case (.outside, .outside): true
      case (.unit(let place), .unit(let unit)): set.units[place].subtree.contains(unit.position)
      default: false
      }
    }
  }
}
