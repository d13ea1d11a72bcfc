import PolicyEngine
import PolicyModel

/// A request as a service without an engine would have it: names and values by name.
struct ByHandRequest {
  var principal: PrincipalID?
  var kind: PrincipalKind
  var roles: [(role: String, unit: String?)]
  var action: String
  var unit: String?
  var resourceID: String?
  var attributes: [String: Value]
}

/// What a service team writes first: who has which role, which role may do what, in dictionaries of
/// sets with names as keys, conditions as closures.
///
/// Unknown is nil: a deny counts unless its condition is false, an allow only where it is true.
struct ByHandEvaluator {
  typealias Condition = @Sendable (ByHandRequest) -> Bool?

  private struct Grant {
    let role: String
    /// Nil for everywhere.
    let units: Set<String>?
    let condition: Condition?
  }

  private struct Conditional {
    let isDeny: Bool
    let condition: Condition
  }

  private var allowed: [String: Set<String>] = [:]
  private var denied: [String: Set<String>] = [:]
  private var conditional: [String: [String: [Conditional]]] = [:]
  private var grants: [PrincipalID: [Grant]] = [:]
  private var everyone: [Grant] = []
  private var unitsBelow: [String: Set<String>] = [:]

  /// Fills the dictionaries from a policy set, for some of its policies.
  ///
  /// - Complexity: O(actions × rules of these policies).
  init(_ set: PolicySet, policies: Set<PolicyIndex>) {
    for index in set.units.indices {
      let subtree = set.units[index].subtree
      unitsBelow[set.units[index].path] = Set(subtree.map { set.units[UnitIndex($0)].path })
    }
    for policy in policies.sorted() { add(policy, of: set) }
    for index in set.assignments.indices { add(set.assignments[index], of: set) }
  }

  private mutating func add(_ policy: PolicyIndex, of set: PolicySet) {
    let role = set.policies[policy].heading.name
    for rule in set.policies[policy].closure.flatMap({ set.policies[$0].rules }) {
      let rule = set.rules[rule]
      let condition = rule.guardCondition.map { byHand($0, in: set) }
      for action in rule.actions.actions {
        let name = set.catalogue.actions[action].path
        switch (condition, rule.effect) {
        case (nil, .allow): allowed[role, default: []].insert(name)
        case (nil, .deny): denied[role, default: []].insert(name)
        case (let condition?, let effect):
          let entry = Conditional(isDeny: effect == .deny, condition: condition)
          conditional[role, default: [:]][name, default: []].append(entry)
        }
      }
    }
  }

  private mutating func add(_ assignment: Assignment, of set: PolicySet) {
    let places = assignment.places.map { unitsBelow[set.units[$0].path] ?? [] }
    let units = places.isEmpty ? nil : places.reduce(Set<String>()) { $0.union($1) }
    let condition = assignment.condition.map { byHand($0, in: set) }
    for policy in assignment.policies {
      let grant = Grant(
        role: set.policies[policy].heading.name,
        units: units,
        condition: condition
      )
      for subject in assignment.subjects {
        switch subject {
        case .everyone: everyone.append(grant)
        case .principal(let id): grants[id, default: []].append(grant)
        case .group(let group):
          for id in set.members(of: group) { grants[id, default: []].append(grant) }
        case .anonymous: break
        }
      }
    }
  }

  /// Whether a request is allowed.
  func isAllowed(_ request: ByHandRequest) -> Bool {
    var isAllowed = false
    for grant in request.principal.flatMap({ grants[$0] }) ?? [] {
      switch answer(grant, request) {
      case false?: return false
      case true?: isAllowed = true
      case nil: break
      }
    }
    for grant in everyone {
      switch answer(grant, request) {
      case false?: return false
      case true?: isAllowed = true
      case nil: break
      }
    }
    for held in request.roles {
      let grant = Grant(
        role: held.role,
        units: held.unit.flatMap { unitsBelow[$0] },
        condition: nil
      )
      switch answer(grant, request) {
      case false?: return false
      case true?: isAllowed = true
      case nil: break
      }
    }
    return isAllowed
  }

  /// What a role that is granted says: true allows, false denies, nil says nothing.
  private func answer(_ grant: Grant, _ request: ByHandRequest) -> Bool? {
    if let units = grant.units {
      guard let unit = request.unit, units.contains(unit) else { return nil }
    }
    var isInForce: Bool? = true
    if let condition = grant.condition {
      isInForce = condition(request)
      if isInForce == false { return nil }
    }
    if denied[grant.role]?.contains(request.action) == true { return false }
    var isAllowed = allowed[grant.role]?.contains(request.action) == true
    for entry in conditional[grant.role]?[request.action] ?? [] {
      let truth = entry.condition(request)
      if entry.isDeny, truth != false { return false }
      if !entry.isDeny, truth == true { isAllowed = true }
    }
    return isAllowed && isInForce == true ? true : nil
  }
}

extension PolicySet {
  /// The declared members of a group, those of groups in it included; each once.
  fileprivate func members(of group: GroupIndex) -> [PrincipalID] {
    var seen: Set<GroupIndex> = []
    var found: [PrincipalID] = []
    var waiting = [group]
    while let next = waiting.popLast() {
      guard seen.insert(next).inserted else { continue }
      found += groups[next].members
      waiting += groups[next].groups
    }
    var once: Set<PrincipalID> = []
    return found.filter { once.insert($0).inserted }
  }
}
