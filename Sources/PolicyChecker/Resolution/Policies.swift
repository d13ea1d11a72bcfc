import PolicyEngine
import PolicyModel
import PolicySource
import PolicySyntax

extension Checker {
  mutating func resolvePolicies() {
    var declared: [(site: Site, heading: Heading)] = []
    for site in sites(.policy) {
      guard let heading = heading(site, on: .policy) else { continue }
      if let first = policyNames[heading.name] {
        report(
          DuplicateDeclaration.ofPolicy(
            heading,
            first: declared[first.position].heading.nameSpan,
            isBuiltIn: has(declared[first.position].site, .builtIn)
          )
        )
        continue
      }
      policyNames[heading.name] = PolicyIndex(declared.count)
      declared.append((site, heading))
    }
    // Names first: a policy may include one that is declared later.
    set.policies = Table(
      declared.map { site, heading in
        Policy(
          heading: heading,
          isBuiltIn: has(site, .builtIn),
          isRole: has(site, .role),
          includes: [],
          rules: [],
          closure: []
        )
      }
    )
    var includes: [[PolicyIndex]] = []
    var rules: [[RuleIndex]] = []
    for (position, (site, heading)) in declared.enumerated() {
      includes.append(self.includes(of: site))
      rules.append(self.rules(of: site, in: PolicyIndex(position), named: heading.name))
    }
    let found = cycles(count: declared.count) { includes[$0].map(\.position) }
    for cycle in found {
      report(IncludeCycle.of(cycle.map { declared[$0].heading }))
    }
    set.policies = Table(
      declared.indices.map { position in
        Policy(
          heading: declared[position].heading,
          isBuiltIn: set.policies[PolicyIndex(position)].isBuiltIn,
          isRole: set.policies[PolicyIndex(position)].isRole,
          includes: includes[position],
          rules: rules[position],
          closure: closure(of: position, includes)
        )
      }
    )
  }

  private mutating func includes(of site: Site) -> [PolicyIndex] {
    guard let list = first(site, .includes) else { return [] }
    var result: [PolicyIndex] = []
    for nameSite in nodes(list, .name) {
      guard let index = policy(nameSite) else { continue }
      if !result.contains(index) { result.append(index) }
    }
    return result
  }

  private func closure(of position: Int, _ includes: [[PolicyIndex]]) -> [PolicyIndex] {
    guard !includes[position].isEmpty else { return [PolicyIndex(position)] }
    var seen: Set<PolicyIndex> = [PolicyIndex(position)]
    var pending = includes[position]
    while let next = pending.popLast() {
      if seen.insert(next).inserted { pending.append(contentsOf: includes[next.position]) }
    }
    return seen.sorted()
  }

  /// The policy that a name stands for.
  mutating func policy(_ site: Site) -> PolicyIndex? {
    guard let index = policyNames[name(site)] else {
      report(UnknownPolicy.at(span(site), name: name(site), known: Array(policyNames.keys)))
      return nil
    }
    noteUse(of: set.policies[index].heading, as: "policy", at: span(site))
    return index
  }

  private mutating func rules(
    of site: Site,
    in policy: PolicyIndex,
    named name: String
  ) -> [RuleIndex] {
    var result: [RuleIndex] = []
    for (offset, ruleSite) in nodes(site, .rule).enumerated() {
      let rule = self.rule(ruleSite, in: policy, named: name, number: offset + 1)
      if let rule { result.append(set.rules.append(rule)) }
    }
    return result
  }

  private mutating func rule(
    _ site: Site,
    in policy: PolicyIndex,
    named policyName: String,
    number: Int
  ) -> Rule? {
    let effect: Effect = has(site, .deny) ? .deny : .allow
    let annotations = annotations(of: site, on: .rule)
    let id = ruleID(annotations, fallback: "\(policyName)#\(number)", at: span(site))
    guard let actionsSite = first(site, .actions) else { return nil }
    let matches = expand(actionsSite)
    if effect == .allow, matches.isComplete, !matches.matched.isEmpty, matches.reached.isEmpty {
      report(
        ExplicitNotNamed.at(
          span(actionsSite),
          actions: matches.matched.actions.map { set.catalogue.actions[$0].path }
        )
      )
    }
    let condition = first(site, .whenClause).flatMap { nodes($0).first }
      .flatMap { self.condition($0) }
    let exception = first(site, .unlessClause).flatMap { nodes($0).first }
      .flatMap { self.condition($0) }
    for part in [condition, exception].compactMap({ $0 }) {
      requireDeclared(part.terms, by: matches.matched)
    }
    if let condition {
      requireRestricting(condition.condition, effect: effect, negations: 0)
    }
    if let exception {
      requireRestricting(exception.condition, effect: effect, negations: 1)
    }
    return Rule(
      policy: policy,
      number: number,
      id: id,
      effect: effect,
      actions: effect == .allow ? matches.reached : matches.matched,
      condition: condition?.condition,
      exception: exception?.condition,
      because: first(site, .becauseClause).flatMap { first($0, .string) }.map { string($0) },
      documentation: trees[site.tree].documentation(before: site.node),
      annotations: annotations,
      span: span(site),
      actionsSpan: span(actionsSite)
    )
  }

  private mutating func ruleID(
    _ annotations: [Annotation],
    fallback: String,
    at place: SourceSpan
  ) -> String {
    let mark = annotations.first { $0.name == "id" && $0.arguments.count == 1 }
    let id = mark?.arguments[0] ?? fallback
    let idSpan = mark?.span ?? place
    if let first = ruleIDs[id] {
      report(DuplicateDeclaration.ofRuleID(id, at: idSpan, first: first))
    } else {
      ruleIDs[id] = idSpan
    }
    return id
  }

  /// Reports resource attributes that a service of the actions does not have.
  mutating func requireDeclared(_ terms: TermUses, by actions: ActionSet) {
    guard !terms.isEmpty else { return }
    var services: [ServiceIndex]?
    for (term, place) in terms {
      guard case .attribute(let index) = term,
        let declaring = set.catalogue.attributes[index].services
      else { continue }
      let touched = services ?? self.services(of: actions)
      services = touched
      let lacking = touched.filter { !declaring.contains($0) }
      guard !lacking.isEmpty else { continue }
      report(
        UndeclaredByService.at(
          place,
          attribute: set.catalogue.attributes[index],
          lacking: lacking.map { set.catalogue.services[$0].heading.name }
        )
      )
    }
  }

  private func services(of actions: ActionSet) -> [ServiceIndex] {
    set.catalogue.services.indices.filter { service in
      let range = set.catalogue.services[service].actions
      return !range.isEmpty && actions.ranges.contains { $0.overlaps(range) }
    }
  }

  /// Reports `has` where it would let the absence of something widen access.
  mutating func requireRestricting(_ condition: Condition, effect: Effect, negations: Int) {
    switch condition {
    case .constant: break
    case .not(let inner):
      requireRestricting(inner, effect: effect, negations: negations + 1)
    case .all(let parts), .any(let parts):
      for part in parts {
        requireRestricting(part, effect: effect, negations: negations)
      }
    case .check(.has(let term), let place):
      if (negations % 2 == 0) != (effect == .allow) {
        report(HasWidens.at(place, term: describe(term), effect: effect))
      }
    case .check: break
    }
  }
}
