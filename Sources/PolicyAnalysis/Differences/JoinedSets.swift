package import PolicyEngine
package import PolicyModel
import PolicySource

/// Two policy sets as one, so that the conditions of both fall into the same classes.
///
/// Policies, rules and assignments of both stand side by side, the old ones first. Everything else
/// is shared where it has the same name and meaning. What one set does not declare, a service, an
/// attribute, a unit, is nothing to it: requests are compared as if both sets knew the names of both.
package struct JoinedSets: Sendable {
  package let sets: SidePair<PolicySet>
  /// Both sets; it has no sources, and its rules' places are those of their own set.
  package let set: PolicySet
  /// The first policy, rule and assignment of the new set.
  let firstNew: (policy: Int, rule: Int, assignment: Int)
  /// The actions that both sets have.
  package let common: ActionSet
  private let actionOf: SidePair<[ActionIndex?]>
  private let attributeOf: SidePair<[AttributeIndex?]>
  private let groupOf: SidePair<[GroupIndex?]>
  private let unitOf: SidePair<[UnitIndex?]>
  /// Empty where both sides have the same.
  private let joinedActions: SidePair<[Int]>

  /// - Complexity: O(size of both sets).
  package init(old: PolicySet, new: PolicySet) {
    sets = SidePair(old, new)
    let catalogue = JoinedCatalogue(sets)
    let units = JoinedUnits(sets)
    let groups = JoinedGroups(sets)
    var joined = PolicySet(sources: SourceMap([]))
    joined.catalogue = catalogue.catalogue
    joined.units = units.units
    joined.groups = groups.groups
    firstNew = (old.policies.count, old.rules.count, old.assignments.count)
    for side in Side.allCases {
      let mapping = SideMapping(
        actions: ActionRuns(catalogue.actions[side]),
        attributes: catalogue.attributes[side],
        units: units.own[side],
        groups: groups.own[side],
        firstPolicy: joined.policies.count,
        firstRule: joined.rules.count
      )
      let set = sets[side]
      for policy in set.policies.elements { _ = joined.policies.append(mapping.map(policy)) }
      for rule in set.rules.elements { _ = joined.rules.append(mapping.map(rule)) }
      for assignment in set.assignments.elements {
        _ = joined.assignments.append(mapping.map(assignment))
      }
    }
    set = joined
    joinedActions = catalogue.actions
    func inverse<Index: TypedIndex>(_ positions: [Int], _ count: Int) -> [Index?] {
      var result = [Index?](repeating: nil, count: count)
      for (own, joined) in positions.enumerated() { result[joined] = Index(own) }
      return result
    }
    let actionCount = joined.catalogue.actions.count
    actionOf = SidePair(
      inverse(catalogue.actions.old, actionCount),
      inverse(catalogue.actions.new, actionCount)
    )
    attributeOf = SidePair(
      inverse(catalogue.attributes.old.map(\.position), joined.catalogue.attributes.count),
      inverse(catalogue.attributes.new.map(\.position), joined.catalogue.attributes.count)
    )
    groupOf = SidePair(
      inverse(groups.own.old.map(\.position), joined.groups.count),
      inverse(groups.own.new.map(\.position), joined.groups.count)
    )
    unitOf = SidePair(
      inverse(units.own.old.map(\.position), joined.units.count),
      inverse(units.own.new.map(\.position), joined.units.count)
    )
    let both = (0..<actionCount).filter { [actionOf] in
      actionOf.old[$0] != nil && actionOf.new[$0] != nil
    }
    common = ActionSet(both.map { $0..<$0 + 1 })
  }

  /// Two versions of one set, which have all but policies, rules and assignments in common.
  ///
  /// - Complexity: O(policies, rules, assignments and actions).
  init(versions old: PolicySet, _ new: PolicySet) {
    sets = SidePair(old, new)
    firstNew = (old.policies.count, old.rules.count, old.assignments.count)
    let count = new.catalogue.actions.count
    var joined = old
    let mapping = SideMapping(
      actions: ActionRuns(Array(0..<count)),
      attributes: new.catalogue.attributes.indices,
      units: new.units.indices,
      groups: new.groups.indices,
      firstPolicy: old.policies.count,
      firstRule: old.rules.count
    )
    for policy in new.policies.elements { _ = joined.policies.append(mapping.map(policy)) }
    for rule in new.rules.elements { _ = joined.rules.append(mapping.map(rule)) }
    for assignment in new.assignments.elements {
      _ = joined.assignments.append(mapping.map(assignment))
    }
    set = joined
    common = ActionSet([0..<count])
    func same<Index: TypedIndex>(_ indices: [Index]) -> SidePair<[Index?]> {
      SidePair(indices.map { $0 }, indices.map { $0 })
    }
    actionOf = same(new.catalogue.actions.indices)
    attributeOf = same(new.catalogue.attributes.indices)
    groupOf = same(new.groups.indices)
    unitOf = same(new.units.indices)
    joinedActions = SidePair([], [])
  }

  /// The actions that only one side has.
  package func own(_ side: Side) -> ActionSet {
    ActionSet(joinedActions[side].map { $0..<$0 + 1 }).subtracting(common)
  }

  /// An action as its own set knows it.
  package func action(_ action: ActionIndex, _ side: Side) -> ActionIndex? {
    actionOf[side][action.position]
  }

  /// The side of a policy, and the policy as its own set knows it.
  package func own(_ policy: PolicyIndex) -> (side: Side, policy: PolicyIndex) {
    policy.position < firstNew.policy
      ? (.old, policy) : (.new, PolicyIndex(policy.position - firstNew.policy))
  }

  /// A policy of one side, as the joined set knows it.
  package func joined(_ policy: PolicyIndex, _ side: Side) -> PolicyIndex {
    side == .old ? policy : PolicyIndex(policy.position + firstNew.policy)
  }

  func side(_ assignment: AssignmentIndex) -> Side {
    assignment.position < firstNew.assignment ? .old : .new
  }

  /// A request as one side is asked it; nil when that set does not have the action.
  ///
  /// Of policies that are held only those of that side are told, of values, units and groups only
  /// what it declares.
  package func request(_ request: RequestData, _ side: Side) -> RequestData? {
    guard let action = actionOf[side][request.action.position] else { return nil }
    var result = RequestData(
      kind: request.kind,
      identity: request.identity,
      groups: request.groups.map { Set($0.compactMap { groupOf[side][$0.position] }) },
      held: request.held.compactMap { holding in
        let own = own(holding.policy)
        guard own.side == side else { return nil }
        guard let unit = holding.unit else { return Holding(own.policy) }
        return unitOf[side][unit.position].map { Holding(own.policy, in: $0) }
      },
      action: action,
      unit: unit(request.unit, side),
      resourceID: request.resourceID
    )
    for (attribute, value) in request.values {
      if let own = attributeOf[side][attribute.position] { result.values[own] = value }
    }
    return result
  }

  /// The unit, or else the nearest one above it that the side declares.
  private func unit(_ unit: ResourceUnit, _ side: Side) -> ResourceUnit {
    guard case .unit(let joined) = unit else { return unit }
    var next: UnitIndex? = joined
    while let index = next {
      if let own = unitOf[side][index.position] { return .unit(own) }
      next = set.units[index].parent
    }
    return .outside
  }
}
