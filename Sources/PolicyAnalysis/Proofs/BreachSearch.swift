import PolicyCompiler
import PolicyEngine
import PolicyModel

/// What it would be to break a claim about allowing.
struct Breach {
  let actions: ActionSet
  /// Whether an allow breaks the claim, and not the lack of one.
  let isAllow: Bool
  let assertion: Assertion

  /// Yes for the decisions that break the claim.
  var mapping: Mapping {
    isAllow ? Mapping(no: 0, unknown: 2, yes: 0) : Mapping(no: 2, unknown: 0, yes: 2)
  }

  /// Whether a request is one that the assertion speaks of: its condition is true, and the resource
  /// is in one of its places.
  func speaks(of request: RequestData, in set: PolicySet) -> Bool {
    if let condition = assertion.condition, truth(of: condition, for: request, in: set) != .yes {
      return false
    }
    guard !assertion.places.isEmpty else { return true }
    return assertion.places.contains { place in
      switch (place, request.unit) {
      case (.outside, .outside): true
      case (.unit(let place), .unit(let unit)):
        set.units[place].subtree.contains(unit.position)
      default: false
      }
    }
  }
}

/// Looks for a request that breaks a claim, among those that a diagram leads to.
struct BreachSearch {
  /// How many requests are made before the search gives up.
  private static let budget = 3000
  /// How many ways through the diagram are tried.
  private static let mostWays = 500

  private let breach: Breach
  private let set: PolicySet
  private let restricted: PolicySet
  private let witness: Witness
  private let variables: [Variable]

  init(
    facts: PrincipalFacts,
    values: TiedValues,
    scenario: Scenario,
    breach: Breach,
    set: PolicySet,
    variables: [Variable]
  ) {
    self.breach = breach
    self.set = set
    restricted = scenario.restricted(set)
    witness = Witness(facts: facts, values: values, scenario: scenario, set: set)
    self.variables = variables
  }

  /// A request that takes one of the ways to yes and really breaks the claim, as small as can be.
  ///
  /// The interpreter sorts out what does not fit.
  func request(
    _ breaking: Diagram,
    for action: ActionIndex,
    in store: DiagramStore
  ) -> (request: RequestData, decision: Decision)? {
    var ways = Self.mostWays
    var budget = Self.budget
    var found: RequestData?
    store.forEachWay(to: breaking, variables) { way in
      ways -= 1
      for request in witness.requests(way, for: action) where budget > 0 && found == nil {
        budget -= 1
        if isBroken(by: request) { found = request }
      }
      return ways > 0 && budget > 0 && found == nil
    }
    guard let found else { return nil }
    let smallest = simplified(found)
    return (smallest, interpret(smallest, in: set))
  }

  /// Whether a request breaks the claim, by the policies of the scenario and by all there are.
  ///
  /// A principal may come by more policies than those that an assertion is about. A request that
  /// these alone decide otherwise says nothing of the assertion.
  private func isBroken(by request: RequestData) -> Bool {
    guard breach.speaks(of: request, in: set) else { return false }
    let isAllowed = interpret(request, in: restricted).effect == .allow
    guard isAllowed == breach.isAllow,
      (interpret(request, in: set).effect == .allow) == breach.isAllow
    else { return false }
    return !witness.scenario.excluded.contains { policy in
      bestGrant(of: policy, to: request, in: set)?.force == .yes
    }
  }

  /// The request without all that can be left out.
  private func simplified(_ request: RequestData) -> RequestData {
    var request = request
    func attempt(_ change: (inout RequestData) -> Void) {
      var simpler = request
      change(&simpler)
      if isBroken(by: simpler) { request = simpler }
    }
    for attribute in request.values.keys.sorted() { attempt { $0.values[attribute] = nil } }
    attempt { $0.resourceID = nil }
    attempt { $0.unit = .unknown }
    if request.kind != .anonymous, case .principal = witness.scenario.who {
      return request
    }
    if request.kind != .anonymous {
      attempt { $0.identity = .someone }
      attempt {
        $0.identity = .someone
        $0.kind = .user
      }
    }
    for group in (request.groups ?? []).sorted() where !isStated(group) {
      attempt { $0.groups?.remove(group) }
    }
    return request
  }

  /// Whether the assertion is about the members of a group.
  private func isStated(_ group: GroupIndex) -> Bool {
    if case .member(group, _) = witness.scenario.who { return true }
    return false
  }
}
