import PolicyEngine
import PolicyModel
import PolicySource
import PolicySyntax

extension Checker {
  /// `x in list`, `x in set`, `ip in block`.
  mutating func inCheck(_ site: Site, _ terms: inout TermUses) -> Condition? {
    let parts = nodes(site)
    guard parts.count == 2, let left = using(parts[0], { $0.operand(parts[0]) }),
      let right = using(parts[1], { $0.operand(parts[1]) })
    else { return nil }
    let condition: Condition?
    switch right {
    case .list(let list):
      condition = using(parts[1]) { $0.membership(of: left, parts[0], in: list, site, &terms) }
    case .term(let container, let type, let place):
      guard let element = type.element else {
        report(TypeMismatch.notASet(describe(container), type, after: "in", at: place))
        return nil
      }
      condition = contains(container, element, left, parts[0], at: span(site), &terms)
      if condition != nil { terms.append((container, place)) }
    case .literal(let literal, let place):
      guard case .term(let term, .ip, let termPlace) = left else {
        report(TypeMismatch.needsList("in", at: place))
        return nil
      }
      guard let block = using(parts[1], { $0.block(literal, of: $0.describe(term)) }) else {
        return nil
      }
      terms.append((term, termPlace))
      condition = .check(.inBlock(term, block), span(site))
    case .condition(_, let place):
      report(TypeMismatch.conditionCompared(at: place))
      return nil
    }
    return has(site, .not) ? condition.map { .not($0) } : condition
  }

  /// `x in [a, b]` is `x == a or x == b`.
  private mutating func membership(
    of left: Operand,
    _ leftSite: Site,
    in list: Site,
    _ site: Site,
    _ terms: inout TermUses
  ) -> Condition? {
    guard case .term(let term, let type, let place) = left else {
      report(TypeMismatch.needsAttribute("in", at: span(leftSite)))
      return nil
    }
    guard type.element == nil else {
      report(TypeMismatch.setInList(describe(term), at: place))
      return nil
    }
    terms.append((term, place))
    return elements(of: list) { checker, element, elementSite in
      switch element {
      case .literal(let literal, _):
        if type == .ip {
          return checker.block(literal, of: checker.describe(term))
            .map { .check(.inBlock(term, $0), checker.span(site)) }
        }
        return checker.value(literal, as: type, of: checker.describe(term))
          .map { .check(.equals(term, $0), checker.span(site)) }
      case .term(let other, let otherType, let otherPlace):
        guard checker.same(type, otherType) else {
          checker.report(
            TypeMismatch.terms(
              checker.describe(term),
              type,
              checker.describe(other),
              otherType,
              at: otherPlace
            )
          )
          return nil
        }
        terms.append((other, otherPlace))
        return .check(.equalTerms(term, other), checker.span(site))
      case .list, .condition:
        checker.report(TypeMismatch.nestedList(at: checker.span(elementSite)))
        return nil
      }
    }.map { .any($0) }
  }

  /// `p under path`, `p under [a, b]`, `p under q`.
  mutating func underCheck(_ site: Site, _ terms: inout TermUses) -> Condition? {
    let parts = nodes(site)
    guard parts.count == 2, let left = using(parts[0], { $0.operand(parts[0]) }),
      let right = using(parts[1], { $0.operand(parts[1]) })
    else { return nil }
    guard case .term(let term, let type, let place) = left else {
      report(TypeMismatch.needsAttribute("under", at: span(parts[0])))
      return nil
    }
    guard type == .path || type == .paths else {
      report(
        TypeMismatch.operation("under", needs: "Path or Set<Path>", describe(term), type, at: place)
      )
      return nil
    }
    terms.append((term, place))
    let whole = span(site)
    func one(_ checker: inout Checker, _ element: Operand, _ elementSite: Site) -> Condition? {
      switch element {
      case .literal(let literal, _):
        guard
          case .path(let path)? = checker.value(
            literal,
            as: .path,
            of: checker.describe(term)
          )
        else { return nil }
        return .check(.under(term, path), whole)
      case .term(let other, .path, let otherPlace):
        terms.append((other, otherPlace))
        return .check(.underTerm(term, other), whole)
      case .term(let other, let otherType, let otherPlace):
        checker.report(
          TypeMismatch.operation(
            "under",
            needs: "Path",
            checker.describe(other),
            otherType,
            at: otherPlace
          )
        )
        return nil
      case .list, .condition:
        checker.report(TypeMismatch.nestedList(at: checker.span(elementSite)))
        return nil
      }
    }
    let condition: Condition?
    if case .list(let list) = right {
      condition = using(parts[1]) { $0.elements(of: list, one) }.map { .any($0) }
    } else {
      condition = using(parts[1]) { one(&$0, right, parts[1]) }
    }
    return has(site, .not) ? condition.map { .not($0) } : condition
  }

  /// `s contains x`, `s contains any list`, `s contains all set`.
  mutating func containsCheck(_ site: Site, _ terms: inout TermUses) -> Condition? {
    let parts = nodes(site)
    guard parts.count == 2, let left = using(parts[0], { $0.operand(parts[0]) }),
      let right = using(parts[1], { $0.operand(parts[1]) })
    else { return nil }
    guard case .term(let container, let type, let place) = left, let element = type.element else {
      if case .term(let term, let type, let place) = left {
        report(TypeMismatch.notASet(describe(term), type, before: "contains", at: place))
      } else {
        report(TypeMismatch.needsAttribute("contains", at: span(parts[0])))
      }
      return nil
    }
    terms.append((container, place))
    let wantsAll = has(site, .all)
    let condition: Condition?
    if wantsAll || has(site, .any) {
      switch right {
      case .list(let list):
        condition = using(parts[1]) { checker in
          checker.elements(of: list) { checker, operand, elementSite in
            checker.contains(
              container,
              element,
              operand,
              elementSite,
              at: checker.span(site),
              &terms
            )
          }
        }.map { wantsAll ? .all($0) : .any($0) }
      case .term(let other, let otherType, let otherPlace) where otherType == type:
        terms.append((other, otherPlace))
        condition = .check(
          wantsAll ? .containsAll(container, other) : .containsAny(container, other),
          span(site)
        )
      case .term(let other, let otherType, let otherPlace):
        report(
          TypeMismatch.terms(describe(container), type, describe(other), otherType, at: otherPlace)
        )
        return nil
      case .literal, .condition:
        report(
          TypeMismatch.needsList("contains \(wantsAll ? "all" : "any")", at: span(parts[1]))
        )
        return nil
      }
    } else {
      if case .list = right {
        report(TypeMismatch.containsList(at: span(parts[1])))
        return nil
      }
      condition = using(parts[1]) {
        $0.contains(container, element, right, parts[1], at: $0.span(site), &terms)
      }
    }
    return has(site, .not) ? condition.map { .not($0) } : condition
  }

  /// Whether a set has an element.
  private mutating func contains(
    _ container: Term,
    _ element: AttributeType,
    _ operand: Operand,
    _ operandSite: Site,
    at place: SourceSpan,
    _ terms: inout TermUses
  ) -> Condition? {
    switch operand {
    case .literal(let literal, _):
      return value(literal, as: element, of: "an element of \(describe(container))")
        .map { .check(.contains(container, $0), place) }
    case .term(let term, let type, let termPlace):
      guard type == element else {
        report(
          TypeMismatch.element(
            describe(term),
            type,
            of: describe(container),
            element,
            at: termPlace
          )
        )
        return nil
      }
      terms.append((term, termPlace))
      return .check(.containsTerm(container, term), place)
    case .list, .condition:
      report(TypeMismatch.nestedList(at: span(operandSite)))
      return nil
    }
  }

  /// Builds a condition for each element of a list; nil when the list is empty or one is wrong.
  private mutating func elements(
    of list: Site,
    _ build: (inout Checker, Operand, Site) -> Condition?
  ) -> [Condition]? {
    let sites = nodes(list)
    guard !sites.isEmpty else {
      report(EmptyList.at(span(list)))
      return nil
    }
    var built: [Condition] = []
    for site in sites {
      guard let operand = using(site, { $0.operand(site) }) else { continue }
      if let condition = using(site, { build(&$0, operand, site) }) { built.append(condition) }
    }
    return built.count == sites.count ? built : nil
  }
}
