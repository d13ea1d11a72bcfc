import PolicyEngine
import PolicyModel
import PolicyTestSupport
import Testing

@testable import PolicyAnalysis

/// Who can do what, against the interpreter over random sets: allowed exactly where it is told.
@Suite struct AccessPropertyTests {
  private struct Count {
    var allowed = 0
    var denied = 0
    var conditional = 0
    var examples = 0
    var missing = 0
  }

  @Test func `a request is allowed exactly where it is told, and the text says the same`() {
    var count = Count()
    let failure = RandomCases(40).firstFailure { random in
      let text = RandomPolicies.text(&random)
      guard let set = try? policySet(RandomPolicies.catalogue + text) else { return text }
      let action = ActionIndex(random.below(3))
      let givens = self.givens(&random, in: set)
      let directory = AccessDirectory(set)
      let rows = whoCan(action, given: givens, in: set)
      if let problem = unread(rows, in: set, RandomPolicies.catalogue + text) { return problem }
      for row in rows {
        for grant in row.grants {
          count.conditional += grant.condition == nil ? 0 : 1
          guard let example = grant.example else {
            count.missing += 1
            continue
          }
          count.examples += 1
          if interpret(example, in: set).effect == .deny {
            return "the example of \(row.subject) is denied:\n\(text)"
          }
        }
        let party = directory.party(row.subject)
        let problem = self.problem(row.grants, party, action, givens, set, &random, &count)
        if let problem { return "\(row.subject): \(problem)\n\(text)" }
      }
      return nil
    }
    #expect(failure == nil)
    #expect(count.allowed > 500 && count.denied > 500 && count.conditional > 50, "\(count)")
    #expect(count.missing * 20 <= count.examples, "\(count)")
  }

  @Test func `all that somebody can do is told`() {
    var count = Count()
    let failure = RandomCases(40).firstFailure { random in
      let text = RandomPolicies.text(&random)
      guard let set = try? policySet(RandomPolicies.catalogue + text) else { return text }
      let subject = random.element(of: AccessDirectory.subjects(of: set))
      let extras = AccessExtras(
        held: random.oneIn(2)
          ? [] : [Holding(PolicyIndex(random.below(3)), in: random.oneIn(2) ? nil : UnitIndex(0))],
        groups: random.oneIn(2) ? [] : [GroupIndex(0)]
      )
      let givens = self.givens(&random, in: set)
      let all = ActionSet([0..<set.catalogue.actions.count])
      let found = whatCan(subject, extras, given: givens, within: all, in: set)
      let party = AccessDirectory(set).party(subject, extras)
      for action in all.actions where set.catalogue.actions[action].service == ServiceIndex(0) {
        let grants = found.filter { $0.actions.contains(action) }.map(\.grant)
        let problem = self.problem(grants, party, action, givens, set, &random, &count)
        if let problem { return "\(subject), \(action): \(problem)\n\(text)" }
      }
      return nil
    }
    #expect(failure == nil)
    #expect(count.allowed > 200 && count.denied > 200, "\(count)")
  }

  private func givens(_ random: inout RandomSource, in set: PolicySet) -> AccessGivens {
    guard random.oneIn(2) else { return AccessGivens() }
    let request = RandomPolicies.request(&random, in: set)
    var values: [Term: Value] = [:]
    for (index, value) in request.values.sorted(by: { $0.key < $1.key }) where random.oneIn(3) {
      values[.attribute(index)] = value
    }
    return AccessGivens(values: values, unit: random.oneIn(2) ? .unknown : request.unit)
  }

  /// What is wrong with grants, tried on random requests of somebody.
  private func problem(
    _ grants: [AccessGrant],
    _ party: AccessParty,
    _ action: ActionIndex,
    _ givens: AccessGivens,
    _ set: PolicySet,
    _ random: inout RandomSource,
    _ count: inout Count
  ) -> String? {
    let restricted = party.scenario.restricted(set)
    for _ in 0..<25 {
      var request = RandomPolicies.request(&random, in: set)
      request.action = action
      request.held = party.held
      switch party.scenario.who {
      case .anonymous:
        request.kind = .anonymous
        request.identity = .unknown
        request.groups = nil
      case .principal(let id, let groups):
        request.kind = id.kind
        request.identity = .named(id.id)
        request.groups = party.stated.union(groups.filter { set.groups[$0].isOpen })
      case .anyone, .member:
        request.kind = random.oneIn(2) ? .user : .serviceAccount
        request.identity = .named(random.element(of: ["ada", "bob"]))
        request.groups = (request.groups ?? []).union(party.stated)
      }
      for (term, value) in givens.values { request.give(term, value) }
      if givens.unit != .unknown { request.unit = givens.unit }
      let isTold = grants.contains { grant in
        grant.places.contain(request.unit, in: set) || givens.unit != .unknown
          ? grant.condition.map { truth(of: $0, for: request, in: set) == .yes } ?? true : false
      }
      let isAllowed = interpret(request, in: restricted).effect == .allow
      if isAllowed { count.allowed += 1 } else { count.denied += 1 }
      if isTold != isAllowed {
        let conditions = grants.map { grant in
          grant.places.words(in: set) + ": "
            + (grant.condition.map { conditionText($0, in: set) } ?? "always")
        }
        return "\(isAllowed ? "allowed" : "denied") and told \(conditions) of "
          + requestText(request, in: set)
      }
    }
    return nil
  }

  /// What the text of the conditions says otherwise when it is read again.
  private func unread(_ rows: [AccessRow], in set: PolicySet, _ text: String) -> String? {
    let conditions = rows.flatMap { $0.grants.compactMap(\.condition) }
    let action = "device.list"
    let rules = conditions.map { "allow \(action) when \(conditionText($0, in: set))" }
    let again = text + "\nrole Z { \(rules.joined(separator: "\n")) }"
    guard let read = try? policySet(again) else { return "does not check: \(again)" }
    let own = read.policies.elements.last?.rules ?? []
    var random = RandomSource(seed: 7)
    for (rule, condition) in zip(own, conditions) {
      for _ in 0..<5 {
        let request = RandomPolicies.request(&random, in: set)
        let meant = truth(of: condition, for: request, in: set)
        guard let written = read.rules[rule].condition else { return "no condition" }
        if truth(of: written, for: request, in: read) != meant {
          return "`\(conditionText(condition, in: set))` says something else"
        }
      }
    }
    return nil
  }
}

extension AccessPlaces {
  fileprivate func contain(_ unit: ResourceUnit, in set: PolicySet) -> Bool {
    guard case .unit(var index) = unit else { return isOutside }
    while true {
      if units.contains(index) { return true }
      if exceptions.contains(index) { return false }
      guard let parent = set.units[index].parent else { return isOutside }
      index = parent
    }
  }
}
