import PolicyEngine
package import PolicyModel
import PolicySource

/// What a mutant does in words, such as "`a < 3` becomes `a <= 3`".
///
/// The patterns are those of the rules of the set, by position.
package func mutantText(
  _ mutant: Mutant,
  in set: PolicySet,
  _ patterns: [RulePatterns]
) -> String {
  let text = mutationText(mutant.mutation, in: set, patterns)
  return mutant.rule.map { "\(text) in `\(set.rules[$0].id)`" } ?? text
}

private func mutationText(
  _ mutation: Mutation,
  in set: PolicySet,
  _ patterns: [RulePatterns]
) -> String {
  switch mutation {
  case .ruleFlipped(let index):
    let verb = set.rules[index].effect == .allow ? "denies" : "allows"
    return "`\(set.rules[index].id)` \(verb) instead"
  case .ruleRemoved(let index): return "`\(set.rules[index].id)` is not there"
  case .patternDropped(let index, let part, let isException):
    let text = oneLine(set.sources.text(patterns[index.position].parts[part].span))
    return isException ? "`\(text)` is not excepted" : "`\(text)` is not there"
  case .clauseDropped(let index, let clause):
    let rule = set.rules[index]
    let condition = clause == .when ? rule.condition : rule.exception
    return "`\(clause.rawValue) \(condition.map { text($0, in: set) } ?? "")` is not there"
  case .conditionChanged(let change): return changeText(change, in: set)
  case .assignmentRemoved: return "nobody is assigned this"
  case .policyUnassigned(_, let policy): return "`\(describe(policy, in: set))` is not assigned"
  case .subjectDropped(_, let subject):
    return "it is not assigned to `\(describe(subject, in: set))`"
  case .placeMoved(_, let old, let new):
    return "it is assigned in `\(describe(new, in: set))` instead of `\(describe(old, in: set))`"
  case .placesDropped: return "it is assigned everywhere"
  case .premiseDropped(let index):
    let condition = set.assignments[index].condition
    return "`when \(condition.map { text($0, in: set) } ?? "")` is not there"
  case .includeRemoved(_, let included): return "`\(describe(included, in: set))` is not included"
  }
}

private func changeText(_ change: ConditionChange, in set: PolicySet) -> String {
  let target = text(change.target, in: set)
  switch change.kind {
  case .negated where !change.target.isLiteral: return "`\(target)` becomes its opposite"
  case .sideIgnored: return "`\(target)` is always the same where it is known"
  case .missingForgiven: return "what `\(target)` needs may be missing"
  case .negated, .moved: return "`\(target)` becomes `\(text(change.replacement, in: set))`"
  case .partDropped(let part):
    guard change.target.isLiteral else { return "`\(text(part, in: set))` is not there" }
    let written = change.target.onlyPlace.map { oneLine(set.sources.text($0)) }
    return "`\(element(part, in: set) ?? text(part, in: set))` is not in the list of "
      + "`\(written ?? target)`"
  }
}

/// What an element of a list is, without the term that is compared.
private func element(_ part: Condition, in set: PolicySet) -> String? {
  guard case .check(let check, _) = part else { return nil }
  switch check {
  case .equals(_, let value), .contains(_, let value): return describe(value)
  case .inBlock(_, let block): return describe(block)
  case .under(_, let path): return describe(string: path)
  default: return nil
  }
}

/// A condition as it would be written, cut where it is long.
private func text(_ condition: Condition, in set: PolicySet) -> String {
  let text = describe(condition, in: set)
  guard text.unicodeScalars.count > 100 else { return text }
  return String(String.UnicodeScalarView(text.unicodeScalars.prefix(99))) + "…"
}

private func oneLine(_ text: String) -> String {
  text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
}
