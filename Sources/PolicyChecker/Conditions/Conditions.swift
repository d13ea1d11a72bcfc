import PolicyEngine
import PolicyModel
import PolicySource
import PolicySyntax

extension Checker {
  /// Builds a condition from its tree; nil when something in it was reported.
  mutating func condition(_ site: Site) -> BuiltCondition? {
    var reads = ConditionReads()
    guard let condition = build(site, &reads) else { return nil }
    if let excess = reads.excess {
      report(ConditionTooLarge.at(span(site), excess))
      return nil
    }
    return BuiltCondition(condition: condition, reads: reads)
  }

  private mutating func build(_ site: Site, _ reads: inout ConditionReads) -> Condition? {
    guard reads.excess == nil else { return .constant(false) }
    switch kind(site) {
    case .orCondition, .andCondition:
      return reads.nested { reads in
        let parts = nodes(site)
        var built: [Condition] = []
        for part in parts {
          if let condition = build(part, &reads) { built.append(condition) }
        }
        guard built.count == parts.count else { return nil }
        return kind(site) == .orCondition ? .any(built) : .all(built)
      }
    case .notCondition:
      guard let inner = nodes(site).first else { return nil }
      return reads.nested(isNegation: true) { build(inner, &$0) }.map { .not($0) }
    case .parenthesised:
      guard let inner = nodes(site).first else { return nil }
      return build(inner, &reads)
    case .attributeReference, .letReference, .boolean, .string, .integer, .principalLiteral, .list:
      return bareOperand(site, &reads)
    default:
      reads.checks += 1
      return check(site, &reads)
    }
  }

  private mutating func check(_ site: Site, _ reads: inout ConditionReads) -> Condition? {
    switch kind(site) {
    case .hasCheck: return hasCheck(site, &reads)
    case .groupCheck: return groupCheck(site)
    case .kindCheck: return kindCheck(site)
    case .comparison: return comparison(site, &reads)
    case .inCheck: return inCheck(site, &reads)
    case .likeCheck: return likeCheck(site, &reads)
    case .underCheck: return underCheck(site, &reads)
    case .containsCheck: return containsCheck(site, &reads)
    default: return nil
    }
  }

  /// An operand that stands alone: a Bool attribute, `true`, `false` or a condition's `let`.
  private mutating func bareOperand(_ site: Site, _ reads: inout ConditionReads) -> Condition? {
    guard let operand = operand(site) else { return nil }
    switch operand {
    case .term(let term, .bool, let place):
      reads.checks += 1
      reads.note(term, at: place)
      return .check(.isTrue(term), place)
    case .literal(.bool(let value, _), _):
      reads.checks += 1
      return .constant(value)
    case .condition(let index, let place):
      guard let built = lets[index].condition else { return nil }
      reads.note(built.reads, usedAt: place)
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
    _ reads: inout ConditionReads
  ) -> Condition? {
    guard let reference = first(site, .attributeReference),
      case .term(let term, _, let place)? = operand(reference)
    else { return nil }
    if term == .principal {
      report(TypeMismatch.hasPrincipal(at: place))
      return nil
    }
    reads.note(term, at: place)
    reads.noteHas(term, at: span(site))
    return .check(.has(term), span(site))
  }

  /// `principal is anonymous`; nothing without the kind, which was reported.
  private func kindCheck(_ site: Site) -> Condition? {
    let kinds: [(Keyword, PrincipalKind)] = [
      (.user, .user), (.serviceAccount, .serviceAccount), (.anonymous, .anonymous),
    ]
    return kinds.first { has(site, $0.0) }.map { .check(.isKind($0.1), span(site)) }
  }

  private mutating func groupCheck(_ site: Site) -> Condition? {
    guard let nameSite = first(site, .name), let group = group(nameSite) else { return nil }
    let check = Condition.check(.inGroup(group), span(site))
    return has(site, .not) ? .not(check) : check
  }

  private mutating func likeCheck(
    _ site: Site,
    _ reads: inout ConditionReads
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
    reads.note(term, at: place)
    let pattern = LikePattern(runs: trees[parts[1].tree].patternRuns(parts[1].node))
    let check = Condition.check(.like(term, pattern), span(site))
    return has(site, .not) ? .not(check) : check
  }
}
