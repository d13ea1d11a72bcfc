import PolicyEngine
import PolicyModel
import PolicySource
import PolicySyntax

extension Checker {
  /// `x in list`, `x in set`, `ip in block`.
  mutating func inCheck(_ site: Site, _ reads: inout ConditionReads) -> Condition? {
    let parts = nodes(site)
    guard let (left, right) = operands(parts) else { return nil }
    let condition: Condition?
    switch right {
    case .list(let list):
      condition = membership(of: left, parts, in: list, at: span(site), &reads)
    case .term(let container, let type, let place):
      guard let element = type.element else {
        report(TypeMismatch.notASet(describe(container), type, after: "in", at: place))
        return nil
      }
      condition = contains(container, element, left, parts[0], at: span(site), &reads)
      if condition != nil { reads.note(container, at: place) }
    case .literal(let literal, let place):
      guard case .term(let term, .ip, let termPlace) = left else {
        report(TypeMismatch.needsList("in", at: place))
        return nil
      }
      guard let block = using(parts[1], { $0.block(literal, of: $0.quoted(term)) }) else {
        return nil
      }
      reads.note(term, at: termPlace)
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
    _ parts: [Site],
    in list: Site,
    at place: SourceSpan,
    _ reads: inout ConditionReads
  ) -> Condition? {
    guard case .term(let term, let type, let termPlace) = left else {
      report(TypeMismatch.needsAttribute("in", at: span(parts[0])))
      return nil
    }
    guard type.element == nil else {
      report(TypeMismatch.setInList(describe(term), at: termPlace))
      return nil
    }
    reads.note(term, at: termPlace)
    return elements(of: list, usedAt: parts[1], &reads) { checker, element, elementSite, reads in
      switch element {
      case .literal(let literal, _):
        if type == .ip {
          return checker.block(literal, of: checker.quoted(term))
            .map { .check(.inBlock(term, $0), place) }
        }
        return checker.value(literal, as: type, of: checker.quoted(term))
          .map { .check(.equals(term, $0), place) }
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
        reads.note(other, at: checker.letUse ?? otherPlace)
        return .check(.equalTerms(term, other), place)
      case .list, .condition:
        checker.report(TypeMismatch.nestedList(at: checker.span(elementSite)))
        return nil
      }
    }.map { .any($0) }
  }

  /// `p under path`, `p under [a, b]`, `p under q`.
  mutating func underCheck(_ site: Site, _ reads: inout ConditionReads) -> Condition? {
    let parts = nodes(site)
    guard let (left, right) = operands(parts) else { return nil }
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
    reads.note(term, at: place)
    let whole = span(site)
    func one(
      _ checker: inout Checker,
      _ element: Operand,
      _ elementSite: Site,
      _ reads: inout ConditionReads
    ) -> Condition? {
      switch element {
      case .literal(let literal, _):
        guard
          case .path(let path)? = checker.value(
            literal,
            as: .path,
            of: checker.quoted(term)
          )
        else { return nil }
        return .check(.under(term, path), whole)
      case .term(let other, .path, let otherPlace):
        reads.note(other, at: checker.letUse ?? otherPlace)
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
      condition = elements(of: list, usedAt: parts[1], &reads, one).map { .any($0) }
    } else {
      condition = using(parts[1]) { one(&$0, right, parts[1], &reads) }
    }
    return has(site, .not) ? condition.map { .not($0) } : condition
  }

  /// `s contains x`, `s contains any list`, `s contains all set`.
  mutating func containsCheck(_ site: Site, _ reads: inout ConditionReads) -> Condition? {
    let parts = nodes(site)
    guard let (left, right) = operands(parts) else { return nil }
    guard case .term(let container, let type, let place) = left, let element = type.element else {
      if case .term(let term, let type, let place) = left {
        report(TypeMismatch.notASet(describe(term), type, before: "contains", at: place))
      } else {
        report(TypeMismatch.needsAttribute("contains", at: span(parts[0])))
      }
      return nil
    }
    reads.note(container, at: place)
    let wantsAll = has(site, .all)
    let condition: Condition?
    if wantsAll || has(site, .any) {
      switch right {
      case .list(let list):
        let place = span(site)
        condition = elements(of: list, usedAt: parts[1], &reads) { checker, one, oneSite, reads in
          checker.contains(container, element, one, oneSite, at: place, &reads)
        }.map { wantsAll ? .all($0) : .any($0) }
      case .term(let other, let otherType, let otherPlace) where otherType == type:
        reads.note(other, at: otherPlace)
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
        $0.contains(container, element, right, parts[1], at: $0.span(site), &reads)
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
    _ reads: inout ConditionReads
  ) -> Condition? {
    switch operand {
    case .literal(let literal, _):
      return value(literal, as: element, of: "an element of \(quoted(container))")
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
      reads.note(term, at: letUse ?? termPlace)
      return .check(.containsTerm(container, term), place)
    case .list, .condition:
      report(TypeMismatch.nestedList(at: span(operandSite)))
      return nil
    }
  }

  /// Builds a condition for each element of a list; nil when the list is empty or one is wrong.
  ///
  /// `use` is the list itself, or the reference to a `let` that stands for it.
  private mutating func elements(
    of list: Site,
    usedAt use: Site,
    _ reads: inout ConditionReads,
    _ build: (inout Checker, Operand, Site, inout ConditionReads) -> Condition?
  ) -> [Condition]? {
    let sites = nodes(list)
    reads.elements += sites.count
    return using(use) { checker in
      guard !sites.isEmpty else {
        checker.report(EmptyList.at(checker.span(list)))
        return nil
      }
      var built: [Condition] = []
      for site in sites {
        let condition = checker.using(site) { checker in
          checker.operand(site).flatMap { build(&checker, $0, site, &reads) }
        }
        if let condition { built.append(condition) }
      }
      return built.count == sites.count ? built : nil
    }
  }
}
