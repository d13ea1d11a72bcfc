import PolicyEngine
import PolicyModel
import PolicySource
import PolicySyntax

extension Checker {
  /// `==`, `!=`, `<`, `<=`, `>`, `>=`.
  mutating func comparison(_ site: Site, _ reads: inout ConditionReads) -> Condition? {
    let parts = nodes(site)
    guard let (left, right) = operands(parts), let relation = relation(of: site) else { return nil }
    switch (left, right) {
    case (.term(let term, let type, let place), .literal(let literal, _)):
      guard isComparable(term, type, relation, at: place),
        let value = using(parts[1], { $0.value(literal, as: type, of: $0.quoted(term)) })
      else { return nil }
      reads.note(term, at: place)
      return compare(term, relation, value, at: span(site))
    case (.literal(let literal, _), .term(let term, let type, let place)):
      guard isComparable(term, type, relation, at: place),
        let value = using(parts[0], { $0.value(literal, as: type, of: $0.quoted(term)) })
      else { return nil }
      reads.note(term, at: place)
      return compare(term, relation.mirrored, value, at: span(site))
    case (.term(let first, let type, let place), .term(let second, let other, let otherPlace)):
      guard isComparable(first, type, relation, at: place) else { return nil }
      guard same(type, other) else {
        report(
          TypeMismatch.terms(describe(first), type, describe(second), other, at: otherPlace)
        )
        return nil
      }
      reads.note(first, at: place)
      reads.note(second, at: otherPlace)
      return compare(first, relation, second, at: span(site))
    case (.literal(let left, _), .literal(let right, _)):
      return fold(left, relation, right, at: span(site))
    case (.list, _):
      report(TypeMismatch.listCompared(at: span(parts[0])))
    case (_, .list):
      report(TypeMismatch.listCompared(at: span(parts[1])))
    case (.condition(_, let place), _), (_, .condition(_, let place)):
      report(TypeMismatch.conditionCompared(at: place))
    }
    return nil
  }

  private func relation(of site: Site) -> Relation? {
    let tree = trees[site.tree]
    for token in tree.childTokens(site.node) {
      switch tree.tokens.kind(token) {
      case .equalEqual, .equal: return .equal
      case .notEqual: return .notEqual
      case .less: return .less
      case .lessOrEqual: return .lessOrEqual
      case .greater: return .greater
      case .greaterOrEqual: return .greaterOrEqual
      default: continue
      }
    }
    return nil
  }

  private mutating func isComparable(
    _ term: Term,
    _ type: AttributeType,
    _ relation: Relation,
    at place: SourceSpan
  ) -> Bool {
    if type.element != nil {
      report(TypeMismatch.setCompared(describe(term), at: place))
      return false
    }
    if relation.isOrder, type != .int, type != .time {
      report(
        TypeMismatch.operation(
          relation.rawValue,
          needs: "Int or Time",
          describe(term),
          type,
          at: place
        )
      )
      return false
    }
    return true
  }

  private func compare(
    _ term: Term,
    _ relation: Relation,
    _ value: Value,
    at place: SourceSpan
  ) -> Condition {
    switch relation {
    case .equal, .notEqual:
      let check: Condition
      if case .bool(let flag) = value {
        let plain = Condition.check(.isTrue(term), place)
        check = flag ? plain : .not(plain)
      } else {
        check = .check(.equals(term, value), place)
      }
      return relation == .equal ? check : .not(check)
    case .less: return .check(.compare(term, .less, value), place)
    case .lessOrEqual: return .check(.compare(term, .lessOrEqual, value), place)
    case .greater: return .not(.check(.compare(term, .lessOrEqual, value), place))
    case .greaterOrEqual: return .not(.check(.compare(term, .less, value), place))
    }
  }

  private func compare(
    _ left: Term,
    _ relation: Relation,
    _ right: Term,
    at place: SourceSpan
  ) -> Condition {
    switch relation {
    case .equal: .check(.equalTerms(left, right), place)
    case .notEqual: .not(.check(.equalTerms(left, right), place))
    case .less: .check(.compareTerms(left, .less, right), place)
    case .lessOrEqual: .check(.compareTerms(left, .lessOrEqual, right), place)
    case .greater: .check(.compareTerms(right, .less, left), place)
    case .greaterOrEqual: .check(.compareTerms(right, .lessOrEqual, left), place)
    }
  }

  /// Two literals: the answer is known here.
  private mutating func fold(
    _ left: Literal,
    _ relation: Relation,
    _ right: Literal,
    at place: SourceSpan
  ) -> Condition? {
    let order: Int
    switch (left, right) {
    case (.integer(let left, _), .integer(let right, _)):
      order = left < right ? -1 : left == right ? 0 : 1
    case (.string(let left), .string(let right)) where !relation.isOrder:
      order = string(left).utf8.elementsEqual(string(right).utf8) ? 0 : 1
    case (.bool(let left, _), .bool(let right, _)) where !relation.isOrder:
      order = left == right ? 0 : 1
    case (.principal(let left, _), .principal(let right, _)) where !relation.isOrder:
      order = left == right ? 0 : 1
    case (.string, .string), (.bool, .bool), (.principal, .principal):
      report(TypeMismatch.notOrdered(relation.rawValue, at: place))
      return nil
    default:
      report(TypeMismatch.literals(at: place))
      return nil
    }
    return .constant(relation.holds(for: order))
  }
}

/// The comparison operators.
enum Relation: String {
  case equal = "=="
  case notEqual = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="

  var isOrder: Bool { self != .equal && self != .notEqual }

  /// The relation when the sides change places.
  var mirrored: Relation {
    switch self {
    case .equal, .notEqual: self
    case .less: .greater
    case .lessOrEqual: .greaterOrEqual
    case .greater: .less
    case .greaterOrEqual: .lessOrEqual
    }
  }

  /// Whether it holds when the left side is less (-1), equal (0) or greater (1).
  func holds(for order: Int) -> Bool {
    switch self {
    case .equal: order == 0
    case .notEqual: order != 0
    case .less: order < 0
    case .lessOrEqual: order <= 0
    case .greater: order > 0
    case .greaterOrEqual: order >= 0
    }
  }
}
