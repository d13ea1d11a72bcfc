import PolicyEngine
import PolicyModel
import PolicySource
import PolicySyntax

extension Checker {
  mutating func resolveAssertions() {
    for site in sites([.canAssertion, .onlyAssertion, .holdsAssertion]) {
      let annotations = annotations(of: site, on: .assertion)
      let matches = first(site, .actions).map { expand($0) } ?? PatternMatches()
      let places = places(first(site, .placeList), outsideAllowed: true) ?? []
      let condition = first(site, .whenClause).flatMap { nodes($0).first }
        .flatMap { self.condition($0) }
      if let condition {
        requireDeclared(condition.reads, by: matches)
      }
      guard let claim = claim(site, matches.matched) else { continue }
      set.assertions.append(
        Assertion(
          claim: claim,
          places: places,
          condition: condition?.condition,
          annotations: annotations,
          span: span(site)
        )
      )
    }
  }

  private mutating func claim(_ site: Site, _ actions: ActionSet) -> Claim? {
    var policies: [PolicyIndex] = []
    var isComplete = true
    for nameSite in nodes(site, .name) {
      if let index = policy(nameSite, besides: policies) {
        policies.append(index)
      } else {
        isComplete = false
      }
    }
    guard isComplete else { return nil }
    switch kind(site) {
    case .onlyAssertion: return .only(policies, actions)
    case .holdsAssertion: return .nobodyHolds(policies)
    default: break
    }
    let who: AssertionSubject
    if let policy = policies.first {
      who = .policy(policy)
    } else if let subjectSite = first(site, .subject) {
      guard let subject = subject(subjectSite) else { return nil }
      who = .subject(subject)
    } else {
      who = .anyone
    }
    return has(site, .cannot) ? .cannot(who, actions) : .can(who, actions)
  }
}
