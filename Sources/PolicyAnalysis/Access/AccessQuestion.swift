package import PolicyEngine
package import PolicyModel

/// What is given when it is asked who can do something; everything else may be anything.
package struct AccessGivens: Sendable {
  /// Values of attributes, or the id of the resource.
  package var values: [Term: Value]
  /// Where the resource is; unknown for anywhere.
  package var unit: ResourceUnit

  package init(values: [Term: Value] = [:], unit: ResourceUnit = .unknown) {
    self.values = values
    self.unit = unit
  }
}

/// In which places somebody can do something, and on what condition.
package struct AccessGrant: Sendable {
  package let places: AccessPlaces
  /// What has to be true of a request besides; nil for always.
  package let condition: Condition?
  /// A request that is allowed, as the interpreter decided; nil where none was found, which does not
  /// say that there is none.
  package let example: RequestData?
}

/// Condition by condition, what somebody may do: the rules of what they are given, with the places.
struct AccessFormulas {
  private let set: PolicySet
  private let party: AccessParty
  private let specialization: Specialization
  private let givens: AccessGivens
  private var remainders: [RuleIndex: Condition] = [:]

  init(_ party: AccessParty, _ givens: AccessGivens, in set: PolicySet) {
    self.set = set
    self.party = party
    self.givens = givens
    specialization = Specialization(givens.values, party.scenario.who, in: set)
  }

  /// When rules of some policies allow, where some places have the resource: true exactly of the
  /// requests that are allowed.
  ///
  /// Kleene's logic is a lattice, so that "some allow is true, and every deny false" is one
  /// condition.
  /// The rules stand by the policy that declares them, and are all for one action.
  mutating func condition(
    _ rules: [(policy: PolicyIndex, rules: [RuleIndex])],
    where covering: Set<UnitIndex>
  ) -> Condition {
    var allows: [Condition] = []
    var denies: [Condition] = []
    for (policy, rules) in rules {
      let force = force(of: policy, where: covering)
      guard force.isGiven != .constant(false) || force.isNot != .constant(true) else { continue }
      for rule in rules {
        let guardCondition = remainder(of: rule)
        if set.rules[rule].effect == .allow {
          allows.append(.joined(all: [force.isGiven, guardCondition]))
        } else {
          denies.append(.joined(any: [force.isNot, guardCondition]))
        }
      }
    }
    return .joined(all: [.joined(any: allows)] + denies)
  }

  /// The guard of an allow, or the negation of that of a deny.
  private mutating func remainder(of rule: RuleIndex) -> Condition {
    if let known = remainders[rule] { return known }
    let isDeny = set.rules[rule].effect == .deny
    let result = specialization.remainder(
      of: set.rules[rule].guardCondition ?? .constant(true),
      isNegated: isDeny
    )
    remainders[rule] = result
    return result
  }

  /// When a policy is given, and when it is certain that it is not.
  private func force(
    of policy: PolicyIndex,
    where covering: Set<UnitIndex>
  ) -> (isGiven: Condition, isNot: Condition) {
    var isGiven: [Condition] = []
    var isNot: [Condition] = []
    for given in party.given where set.policies[given.policy].closure.contains(policy) {
      guard given.places.isEmpty || given.places.contains(where: { covering.contains($0) }) else {
        continue
      }
      let condition = given.condition ?? .constant(true)
      isGiven.append(specialization.remainder(of: condition))
      isNot.append(specialization.remainder(of: condition, isNegated: true))
    }
    return (.joined(any: isGiven), .joined(all: isNot))
  }

  /// When rules of some policies allow, in each part of the unit tree that is asked about.
  mutating func question(
    _ rules: [(policy: PolicyIndex, rules: [RuleIndex])]
  ) -> AccessQuestion {
    let speaking = Set(rules.map(\.policy))
    let giving = party.given.filter { given in
      set.policies[given.policy].closure.contains { speaking.contains($0) }
    }
    let regions = AccessRegions(Set(giving.flatMap(\.places)), in: set)
    var conditions: [Condition?] = []
    let asked: Int? =
      switch givens.unit {
      case .unknown: nil
      case .outside: 0
      case .unit(let unit): regions.regionOfUnit[unit.position]
      }
    for (region, covering) in regions.covering.enumerated() {
      guard asked == nil || asked == region else {
        conditions.append(nil)
        continue
      }
      conditions.append(condition(rules, where: covering))
    }
    return AccessQuestion(
      party: party,
      regions: RegionConditions(regions: regions, conditions: conditions),
      policies: rules.filter { part in
        part.rules.contains {
          set.rules[$0].effect == .allow && remainder(of: $0) != .constant(false)
        }
          && giving.contains { set.policies[$0.policy].closure.contains(part.policy) }
      }.map(\.policy)
    )
  }
}

/// What is true where, for each part of the unit tree that was asked for.
struct RegionConditions {
  let regions: AccessRegions
  var conditions: [Condition?]

  /// The parts in which the same condition is left, each with its places; never is left out.
  func parts(in set: PolicySet, _ givens: AccessGivens) -> [AccessPart] {
    var order: [Condition] = []
    for case let condition? in conditions
    where condition != .constant(false) && !order.contains(condition) {
      order.append(condition)
    }
    return order.map { condition in
      // Where the unit is given, it is not said again.
      let isGiven = givens.unit != .unknown
      let isThere = regions.regionOfUnit.map { isGiven || conditions[$0] == condition }
      let isOutside = isGiven || conditions[0] == condition
      return AccessPart(
        places: AccessPlaces(isThere, isOutside: isOutside, in: set),
        condition: condition
      )
    }
  }
}
