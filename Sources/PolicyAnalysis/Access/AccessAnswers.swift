import PolicyCompiler
import PolicyEngine
import PolicyModel

/// Somebody, and when they can do something in each part of the unit tree.
struct AccessQuestion {
  let party: AccessParty
  let regions: RegionConditions
  /// The policies that allow it somewhere.
  let policies: [PolicyIndex]
}

/// Where and when something is allowed, as it is told.
struct AccessPart: Hashable {
  let places: AccessPlaces
  let condition: Condition
}

/// Turns questions into answers: reduces their conditions, and finds requests that show them.
struct AccessAnswers {
  private let set: PolicySet
  private let givens: AccessGivens
  private var reducer: ConditionReducer

  /// The questions are all that is going to be answered.
  init(_ questions: [AccessQuestion], _ givens: AccessGivens, in set: PolicySet) {
    self.set = set
    self.givens = givens
    var seen: Set<Condition> = []
    var conditions: [Condition] = []
    for question in questions {
      for case let condition? in question.regions.conditions
      where seen.insert(condition).inserted {
        conditions.append(condition)
      }
    }
    reducer = ConditionReducer(conditions, in: set)
  }

  /// Where and when it is allowed, by place; empty for never.
  mutating func parts(of question: AccessQuestion) -> [AccessPart] {
    var regions = question.regions
    var reduced: [Condition: Condition] = [:]
    for case let condition? in regions.conditions where reduced[condition] == nil {
      reduced[condition] = reducer.reduced(condition, for: question.party.scenario.who)
    }
    regions.conditions = regions.conditions.map { $0.flatMap { reduced[$0] } }
    return regions.parts(in: set, givens)
  }

  /// A request of somebody that is allowed where and when a part says, by the interpreter.
  ///
  /// The set is narrowed to the rules for the action.
  mutating func example(
    of part: AccessPart,
    _ party: AccessParty,
    _ action: ActionIndex,
    in narrowed: PolicySet
  ) -> RequestData? {
    let requests = reducer.requests(meeting: part.condition, party.scenario, for: action)
    for made in requests {
      var request = made
      request.held = party.held
      switch party.scenario.who {
      case .principal(_, let groups): request.groups = party.stated.union(groups.filter(isOpen))
      case .member: request.groups = (request.groups ?? []).union(party.stated)
      case .anyone, .anonymous: break
      }
      for (term, value) in givens.values { request.give(term, value) }
      request.unit = unit(of: part.places)
      if interpret(request, in: narrowed).effect == .allow { return request }
    }
    return nil
  }

  private func isOpen(_ group: GroupIndex) -> Bool { set.groups[group].isOpen }

  /// Some place of those that are told.
  private func unit(of places: AccessPlaces) -> ResourceUnit {
    if givens.unit != .unknown { return givens.unit }
    return places.isOutside ? .outside : places.units.first.map { .unit($0) } ?? .unknown
  }
}
