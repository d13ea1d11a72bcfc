import PolicyEngine
import PolicyModel
import PolicySource

/// What is known when conditions are asked about: values, and whom the question is about.
///
/// What is not known may be anything.
struct Specialization {
  let who: Scenario.Who
  let set: PolicySet
  /// What is known, as a request says it.
  private let known: RequestData

  init(_ values: [Term: Value], _ who: Scenario.Who, in set: PolicySet) {
    self.who = who
    self.set = set
    var known = RequestData(action: ActionIndex(0))
    for (term, value) in values { known.give(term, value) }
    switch who {
    case .principal(let id, let groups):
      known.kind = id.kind
      known.identity = .named(id.id)
      known.groups = groups
    case .anonymous: known.kind = .anonymous
    case .anyone, .member: break
    }
    self.known = known
  }

  /// The condition as far as it is open, its negations at the checks: true exactly of those requests
  /// of which the condition is, and that say what is known.
  ///
  /// - Complexity: O(size of the condition).
  func remainder(of condition: Condition, isNegated: Bool = false) -> Condition {
    switch condition {
    case .constant(let value): return .constant(value != isNegated)
    case .not(let inner): return remainder(of: inner, isNegated: !isNegated)
    case .all(let parts):
      let rest = parts.map { remainder(of: $0, isNegated: isNegated) }
      return isNegated ? .joined(any: rest) : .joined(all: rest)
    case .any(let parts):
      let rest = parts.map { remainder(of: $0, isNegated: isNegated) }
      return isNegated ? .joined(all: rest) : .joined(any: rest)
    case .check(let check, _):
      if let truth = truth(of: check) {
        // What is unknown for good is never true, and nor is its negation.
        return .constant(isNegated ? truth == .no : truth == .yes)
      }
      let rest = substituted(check)
      guard isNegated else { return rest }
      return rest.opposite
    }
  }

  /// The truth of a check that reads nothing but what is known.
  private func truth(of check: Check) -> Truth? {
    switch check {
    case .isKind(let kind):
      switch who {
      case .principal, .anonymous: return Truth(known.kind == kind)
      case .anyone, .member: return kind == .anonymous ? .no : nil
      }
    case .inGroup(let group):
      switch who {
      case .principal(_, let groups): return Truth(groups.contains(group))
      case .anonymous: return .no
      case .member(_, let groups): return groups.contains(group) ? .yes : nil
      case .anyone: return nil
      }
    default:
      let isMissing = who == .anonymous && check.terms.contains(.principal)
      guard isMissing || check.terms.allSatisfy({ known.value(of: $0) != nil }) else { return nil }
      return PolicyModel.truth(of: check, for: known, in: set)
    }
  }

  /// The check with the value of one of its two terms, where there is a way to write that.
  private func substituted(_ check: Check) -> Condition {
    func plain(_ check: Check) -> Condition { .check(check, Condition.nowhere) }
    func value(_ term: Term) -> Value? { known.value(of: term) }
    switch check {
    case .equalTerms(let left, let right):
      if let value = value(right) { return plain(.equals(left, value)) }
      if let value = value(left) { return plain(.equals(right, value)) }
    case .compareTerms(let left, let order, let right):
      if let value = value(right) { return plain(.compare(left, order, value)) }
      // `3 < x` is `not (x <= 3)`.
      if let value = value(left) {
        return .not(plain(.compare(right, order == .less ? .lessOrEqual : .less, value)))
      }
    case .underTerm(let left, let right):
      if case .path(let path)? = value(right) { return plain(.under(left, path)) }
    case .containsTerm(let left, let right):
      if let value = value(right) { return plain(.contains(left, value)) }
    case .containsAny(let left, let right):
      // Empty sets stay as they are: something is said of the other set all the same.
      if let elements = value(right)?.elements, !elements.isEmpty {
        return .joined(any: elements.map { plain(.contains(left, $0)) })
      }
    case .containsAll(let left, let right):
      if let elements = value(right)?.elements, !elements.isEmpty {
        return .joined(all: elements.map { plain(.contains(left, $0)) })
      }
    default: break
    }
    return plain(check)
  }
}

extension Condition {
  /// A place for conditions that stand nowhere.
  static let nowhere = SourceSpan(file: FileID(0), lower: 0, upper: 0)

  /// The condition with negations at the checks, of one that has them there.
  var opposite: Condition {
    switch self {
    case .constant(let value): .constant(!value)
    case .not(let inner): inner
    case .check: .not(self)
    case .all(let parts): .joined(any: parts.map(\.opposite))
    case .any(let parts): .joined(all: parts.map(\.opposite))
    }
  }

  /// All of some conditions, without what is true, nesting and repetition.
  static func joined(all parts: [Condition]) -> Condition {
    var found: [Condition] = []
    var seen: Set<Condition> = []
    for part in parts {
      if case .all(let inner) = part {
        for part in inner where seen.insert(part).inserted { found.append(part) }
      } else if part == .constant(false) {
        return part
      } else if part != .constant(true), seen.insert(part).inserted {
        found.append(part)
      }
    }
    return found.isEmpty ? .constant(true) : found.count == 1 ? found[0] : .all(found)
  }

  /// Any of some conditions, without what is false, nesting and repetition.
  static func joined(any parts: [Condition]) -> Condition {
    var found: [Condition] = []
    var seen: Set<Condition> = []
    for part in parts {
      if case .any(let inner) = part {
        for part in inner where seen.insert(part).inserted { found.append(part) }
      } else if part == .constant(true) {
        return part
      } else if part != .constant(false), seen.insert(part).inserted {
        found.append(part)
      }
    }
    return found.isEmpty ? .constant(false) : found.count == 1 ? found[0] : .any(found)
  }
}
