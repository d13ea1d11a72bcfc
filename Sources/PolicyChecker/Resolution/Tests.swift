import PolicyEngine
import PolicyModel
import PolicySource
import PolicySyntax

extension Checker {
  mutating func resolveTests() {
    var titles: [TextKey: SourceSpan] = [:]
    for site in sites(.test) {
      guard let titleSite = first(site, .string) else { continue }
      let title = string(titleSite)
      if let first = titles[TextKey(title)] {
        report(DuplicateDeclaration.ofTest(title, at: span(titleSite), first: first))
      } else {
        titles[TextKey(title)] = span(titleSite)
      }
      set.tests.append(test(site, title: title, at: span(titleSite)))
    }
  }

  private mutating func test(_ site: Site, title: String, at titleSpan: SourceSpan) -> TestCase {
    let who = first(site, .asClause).map { principal($0) } ?? TestPrincipal()
    let unit = unit(first(site, .placeList)) ?? .unknown
    let bindings = first(site, .withClause).map { self.bindings($0, for: nil) } ?? []
    var expectations: [Expectation] = []
    for expectation in nodes(site, .expectation) {
      if let built = self.expectation(expectation) { expectations.append(built) }
    }
    return TestCase(
      title: title,
      titleSpan: titleSpan,
      span: span(site),
      annotations: annotations(of: site, on: .test),
      kind: who.kind,
      identity: who.identity,
      groups: who.groups,
      held: who.held,
      unit: unit,
      bindings: bindings,
      expectations: expectations
    )
  }

  private struct TestPrincipal {
    var kind = PrincipalKind.user
    var identity = PrincipalIdentity.someone
    var groups: Set<GroupIndex> = []
    var held: [PolicyIndex] = []
    var named: SourceSpan?
  }

  private mutating func principal(_ clause: Site) -> TestPrincipal {
    var who = TestPrincipal()
    for site in nodes(clause) {
      if kind(site) == .name {
        if let index = policy(site) { who.held.append(index) }
        continue
      }
      guard let subject = subject(site) else { continue }
      switch subject {
      case .everyone: break
      case .group(let group): who.groups.insert(group)
      case .principal, .anonymous:
        if let first = who.named {
          report(ConflictingPrincipal.two(at: span(site), first: first))
          continue
        }
        who.named = span(site)
        if case .principal(let id) = subject {
          who.kind = id.kind
          who.identity = .named(id.id)
        } else {
          who.kind = .anonymous
          who.identity = .unknown
        }
      }
    }
    if who.kind == .anonymous, !who.held.isEmpty || !who.groups.isEmpty, let place = who.named {
      report(ConflictingPrincipal.anonymousHolds(at: place))
    }
    return who
  }

  private mutating func unit(_ list: Site?) -> ResourceUnit? {
    guard let list, let place = places(list, outsideAllowed: true)?.first else { return nil }
    switch place {
    case .outside: return .outside
    case .unit(let unit): return .unit(unit)
    }
  }

  private mutating func expectation(_ site: Site) -> Expectation? {
    guard let actionsSite = first(site, .actions) else { return nil }
    let matches = expand(actionsSite)
    return Expectation(
      effect: has(site, .deny) ? .deny : .allow,
      actions: matches.matched,
      unit: unit(first(site, .placeList)),
      bindings: first(site, .withClause).map { bindings($0, for: matches) } ?? [],
      because: first(site, .becauseClause).flatMap { first($0, .string) }.map { string($0) },
      span: span(site)
    )
  }

  /// The values of a `with`; those of an expectation must be of the services of its actions.
  private mutating func bindings(_ clause: Site, for matches: PatternMatches?) -> [Binding] {
    var result: [Binding] = []
    for site in nodes(clause, .binding) {
      let parts = nodes(site)
      guard parts.count == 2 else { continue }
      guard case .term(let term, let type, let place)? = operand(parts[0]) else {
        resolveNames(in: parts[1])
        continue
      }
      if term == .principal {
        report(ConflictingPrincipal.bound(at: place))
        continue
      }
      if let first = result.first(where: { $0.term == term }) {
        report(DuplicateDeclaration.ofBinding(describe(term), at: place, first: first.span))
        continue
      }
      if let matches {
        var reads = ConditionReads()
        reads.note(term, at: place)
        requireDeclared(reads, by: matches)
      }
      guard let value = using(parts[1], { $0.boundValue(parts[1], as: type, of: term) }) else {
        continue
      }
      result.append(Binding(term: term, value: value, span: span(site)))
    }
    return result
  }

  private mutating func boundValue(
    _ site: Site,
    as type: AttributeType,
    of term: Term
  ) -> Value? {
    guard let operand = operand(site) else { return nil }
    switch operand {
    case .literal(let literal, _):
      return value(literal, as: type, of: quoted(term))
    case .list(let list):
      guard let element = type.element else {
        report(TypeMismatch.listGiven(to: describe(term), type, at: span(site)))
        return nil
      }
      return setValue(list, of: element, for: term)
    case .term(_, _, let place), .condition(_, let place):
      report(TypeMismatch.needsLiteral(describe(term), at: place))
      return nil
    }
  }

  private mutating func setValue(
    _ list: Site,
    of element: AttributeType,
    for term: Term
  ) -> Value? {
    var values: [Value] = []
    let sites = nodes(list)
    for site in sites {
      guard let operand = operand(site) else { continue }
      guard case .literal(let literal, _) = operand else {
        report(TypeMismatch.needsLiteral(describe(term), at: span(site)))
        continue
      }
      if let value = using(
        site,
        { $0.value(literal, as: element, of: "an element of \($0.quoted(term))") }
      ) {
        values.append(value)
      }
    }
    guard values.count == sites.count else { return nil }
    switch element {
    case .path:
      return .paths(values.compactMap { if case .path(let text) = $0 { text } else { nil } })
    case .principal:
      return .principals(values.compactMap { if case .principal(let id) = $0 { id } else { nil } })
    default:
      return .strings(values.compactMap { if case .string(let text) = $0 { text } else { nil } })
    }
  }
}
