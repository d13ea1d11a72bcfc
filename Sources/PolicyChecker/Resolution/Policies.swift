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
            isBuiltIn: has(declared[first.position].site, .builtIn) || has(site, .builtIn)
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
    let traversal = traverse(count: declared.count) { includes[$0].map(\.position) }
    for cycle in traversal.cycles {
      report(IncludeCycle.of(cycle.map { declared[$0].heading }))
    }
    let depths = traversal.depths { includes[$0].map(\.position) }
    if traversal.cycles.isEmpty { reportDepth(declared, depths) }
    let closures = closures(includes, depths, order: traversal.order)
    set.policies = Table(
      declared.indices.map { position in
        Policy(
          heading: declared[position].heading,
          isBuiltIn: set.policies[PolicyIndex(position)].isBuiltIn,
          isRole: set.policies[PolicyIndex(position)].isRole,
          includes: includes[position],
          rules: rules[position],
          closure: closures[position]
        )
      }
    )
  }

  mutating func includes(of site: Site) -> [PolicyIndex] {
    guard let list = first(site, .includes) else { return [] }
    var result: [PolicyIndex] = []
    var seen: Set<PolicyIndex> = []
    for nameSite in nodes(list, .name) {
      guard let index = policy(nameSite) else { continue }
      if seen.insert(index).inserted { result.append(index) }
    }
    return result
  }

  /// Reports policies that go one level beyond the limit; what is above them goes there too.
  private mutating func reportDepth(_ declared: [(site: Site, heading: Heading)], _ depths: [Int]) {
    for (position, (site, heading)) in declared.enumerated()
    where depths[position] == inclusionLimit + 1 {
      guard let list = first(site, .includes) else { continue }
      let deep = nodes(list, .name).first { nameSite in
        policyNames[name(nameSite)].map { depths[$0.position] == inclusionLimit } ?? false
      }
      if let deep { report(IncludeTooDeep.at(span(deep), in: heading)) }
    }
  }

  /// Each policy with all that it includes; only itself beyond the limit, and of a cycle only a part.
  ///
  /// - Complexity: O(size of the result).
  private func closures(
    _ includes: [[PolicyIndex]],
    _ depths: [Int],
    order: [Int]
  ) -> [[PolicyIndex]] {
    var result = includes.indices.map { [PolicyIndex($0)] }
    for position in order where depths[position] <= inclusionLimit {
      let own = PolicyIndex(position)
      if includes[position].count == 1, let only = includes[position].first {
        // What a chain is made of: one element more than the next.
        var closure = result[only.position]
        closure.insert(own, at: closure.firstIndex { $0 >= own } ?? closure.count)
        result[position] = closure
      } else {
        var seen: Set<PolicyIndex> = [own]
        for included in includes[position] { seen.formUnion(result[included.position]) }
        result[position] = seen.sorted()
      }
    }
    return result
  }

  /// The policy that a name stands for; those that are named beside it are not what was meant.
  mutating func policy(_ site: Site, besides named: [PolicyIndex] = []) -> PolicyIndex? {
    guard let index = policyNames[name(site)] else {
      let known = policyNames.filter { !named.contains($0.value) }.map(\.key)
      report(UnknownPolicy.at(span(site), name: name(site), known: known))
      return nil
    }
    noteUse(.policy(index), of: set.policies[index].heading, as: "policy", at: span(site))
    return index
  }

  mutating func rules(
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
      requireDeclared(part.reads, by: matches)
    }
    if let condition { requireRestricting(condition.reads, effect: effect, isException: false) }
    if let exception { requireRestricting(exception.reads, effect: effect, isException: true) }
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

  /// Whether a place is in text that is being checked again.
  private func isReplaced(_ span: SourceSpan) -> Bool {
    guard let replaced, replaced.file == span.file else { return false }
    return replaced.lower <= span.lower && span.upper <= replaced.upper
  }

  private mutating func ruleID(
    _ annotations: [Annotation],
    fallback: String,
    at place: SourceSpan
  ) -> String {
    let mark = annotations.first { $0.name == "id" && $0.arguments.first?.isEmpty == false }
    let id = mark?.arguments[0] ?? fallback
    let idSpan = mark?.span ?? place
    let known = ruleIDs[TextKey(id)].flatMap { isReplaced($0.span) ? nil : $0 }
    switch (known, mark) {
    case (nil, _): ruleIDs[TextKey(id)] = (idSpan, mark != nil)
    case (let first?, .some) where first.isGiven:
      report(DuplicateDeclaration.ofRuleID(id, at: idSpan, first: first.span))
    case (let first?, .some):
      report(DuplicateDeclaration.ofRuleNumber(id, at: idSpan, rule: first.span))
    case (let first?, nil):
      report(DuplicateDeclaration.ofRuleNumber(id, at: first.span, rule: place))
    }
    return id
  }
}
