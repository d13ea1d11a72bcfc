import PolicyEngine
import PolicyModel
import PolicySource
import PolicySyntax

/// A condition together with the attributes that it reads, by place.
struct BuiltCondition {
  let condition: Condition
  /// Every attribute that is read, at the place where the text around names it.
  var terms: [(term: Term, span: SourceSpan)]

  /// The most checks that one condition may have after its `let`s are expanded.
  static let largest = 10_000
}

extension Checker {
  /// Builds a condition from its tree; nil when something in it was reported.
  mutating func condition(_ site: Site) -> BuiltCondition? {
    var terms: [(term: Term, span: SourceSpan)] = []
    guard let condition = build(site, &terms) else { return nil }
    if terms.count > BuiltCondition.largest {
      report(ConditionTooLarge.at(span(site), count: terms.count))
      return nil
    }
    return BuiltCondition(condition: condition, terms: terms)
  }

  private mutating func build(
    _ site: Site,
    _ terms: inout [(term: Term, span: SourceSpan)]
  ) -> Condition? {
    guard terms.count <= BuiltCondition.largest else { return .constant(false) }
    switch kind(site) {
    case .orCondition, .andCondition:
      let parts = nodes(site)
      var built: [Condition] = []
      for part in parts {
        if let condition = build(part, &terms) { built.append(condition) }
      }
      guard built.count == parts.count else { return nil }
      return kind(site) == .orCondition ? .any(built) : .all(built)
    case .notCondition:
      guard let inner = nodes(site).first else { return nil }
      return build(inner, &terms).map { .not($0) }
    case .parenthesised:
      guard let inner = nodes(site).first else { return nil }
      return build(inner, &terms)
    case .hasCheck:
      return hasCheck(site, &terms)
    case .groupCheck:
      return groupCheck(site)
    case .kindCheck:
      let kind: PrincipalKind =
        has(site, .anonymous) ? .anonymous : has(site, .serviceAccount) ? .serviceAccount : .user
      return .check(.isKind(kind), span(site))
    case .comparison:
      return comparison(site, &terms)
    case .inCheck:
      return inCheck(site, &terms)
    case .likeCheck:
      return likeCheck(site, &terms)
    case .underCheck:
      return underCheck(site, &terms)
    case .containsCheck:
      return containsCheck(site, &terms)
    case .attributeReference, .letReference, .boolean, .string, .integer, .principalLiteral, .list:
      return bareOperand(site, &terms)
    default:
      return nil
    }
  }

  /// An operand that stands alone: a Bool attribute, `true`, `false` or a condition's `let`.
  private mutating func bareOperand(
    _ site: Site,
    _ terms: inout [(term: Term, span: SourceSpan)]
  ) -> Condition? {
    guard let operand = operand(site) else { return nil }
    switch operand {
    case .term(let term, .bool, let place):
      terms.append((term, place))
      return .check(.isTrue(term), place)
    case .literal(.bool(let value, _), _):
      return .constant(value)
    case .condition(let index, let place):
      guard let built = condition(ofLet: index) else { return nil }
      terms.append(contentsOf: built.terms.map { ($0.term, place) })
      return built.condition
    case .term(let term, let type, let place):
      report(NotACondition.term(describe(term), type: type, at: place))
    case .literal(_, let place):
      report(NotACondition.value(at: place))
    case .list:
      report(NotACondition.value(at: span(site)))
    }
    return nil
  }

  private mutating func hasCheck(
    _ site: Site,
    _ terms: inout [(term: Term, span: SourceSpan)]
  ) -> Condition? {
    guard let reference = first(site, .attributeReference),
      case .term(let term, _, let place)? = operand(reference)
    else { return nil }
    if term == .principal {
      report(TypeMismatch.hasPrincipal(at: place))
      return nil
    }
    terms.append((term, place))
    return .check(.has(term), span(site))
  }

  private mutating func groupCheck(_ site: Site) -> Condition? {
    guard let nameSite = first(site, .name), let group = group(nameSite) else { return nil }
    let check = Condition.check(.inGroup(group), span(site))
    return has(site, .not) ? .not(check) : check
  }

  private mutating func likeCheck(
    _ site: Site,
    _ terms: inout [(term: Term, span: SourceSpan)]
  ) -> Condition? {
    let parts = nodes(site)
    guard parts.count == 2, let left = operand(parts[0]) else { return nil }
    guard case .term(let term, let type, let place) = left else {
      report(TypeMismatch.needsAttribute("like", at: span(parts[0])))
      return nil
    }
    guard type == .string else {
      report(TypeMismatch.operation("like", needs: "String", describe(term), type, at: place))
      return nil
    }
    terms.append((term, place))
    let pattern = LikePattern(runs: trees[parts[1].tree].patternRuns(parts[1].node))
    let check = Condition.check(.like(term, pattern), span(site))
    return has(site, .not) ? .not(check) : check
  }
}
