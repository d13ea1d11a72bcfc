import PolicyEngine
import PolicyModel
import PolicySource

// What a condition has to fulfil because of where it stands.
extension Checker {
  /// Reports resource attributes that a service of the actions does not have.
  mutating func requireDeclared(_ reads: ConditionReads, by matches: PatternMatches) {
    // An `except` with a mistake in it may be what keeps a service out.
    guard matches.isBounded else { return }
    var services: [ServiceIndex]?
    for use in reads.uses {
      guard case .attribute(let index) = use.term,
        let declaring = set.catalogue.attributes[index].services
      else { continue }
      let touched = services ?? self.services(of: matches.matched)
      services = touched
      let lacking = touched.filter { !declaring.contains($0) }
      guard !lacking.isEmpty else { continue }
      report(
        UndeclaredByService.at(
          use.span,
          attribute: set.catalogue.attributes[index],
          lacking: lacking.map { set.catalogue.services[$0].heading.name }
        )
      )
    }
  }

  /// The services of some actions, each once.
  ///
  /// - Complexity: O(services + ranges).
  private func services(of actions: ActionSet) -> [ServiceIndex] {
    var result: [ServiceIndex] = []
    for range in actions.ranges {
      var position = range.lowerBound
      while position < range.upperBound {
        let service = set.catalogue.actions[ActionIndex(position)].service
        if result.last != service { result.append(service) }
        position = set.catalogue.services[service].actions.upperBound
      }
    }
    return result
  }

  /// Reports `has` where it would let the absence of something widen access.
  mutating func requireRestricting(_ reads: ConditionReads, effect: Effect, isException: Bool) {
    for presence in reads.presences {
      let isNegated = presence.isNegated != isException
      guard isNegated == (effect == .allow) else { continue }
      report(HasWidens.at(presence, term: describe(presence.term), effect: effect))
    }
  }
}
