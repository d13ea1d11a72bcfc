import PolicyEngine
import PolicyModel
import PolicySource

/// Conditions as SQL: what is unknown in Kleene's logic is NULL, which `AND`, `OR` and `NOT` take alike.
///
/// A comparison with NULL is NULL, with two exceptions that each engine has its own of: a search in a
/// set (PostgreSQL finds nothing in an empty set, whatever is searched for; DuckDB finds nothing in
/// NULL). So searches in sets are asked only where both sides are there. Sets are never compared as one
/// value: the checker lets only their elements be asked for.
struct SQLConditions {
  private let set: PolicySet
  var text = SQLText()
  /// The attributes that were read.
  private(set) var attributes: Set<AttributeIndex> = []

  init(_ set: PolicySet) { self.set = set }

  /// - Complexity: O(size of the condition, groups flattened).
  mutating func expression(_ condition: Condition) -> String {
    switch condition {
    case .constant(let value): return SQLText.literal(value)
    case .not(let inner): return "NOT \(expression(inner))"
    case .all(let parts): return joined(parts.map { expression($0) }, "AND", empty: true)
    case .any(let parts):
      if let list = equalsAny(parts) { return list }
      return joined(parts.map { expression($0) }, "OR", empty: false)
    case .check(let check, let span): return "(\(expression(check, at: span)))"
    }
  }

  private func joined(_ parts: [String], _ word: String, empty: Bool) -> String {
    guard let first = parts.first else { return SQLText.literal(empty) }
    return parts.count == 1 ? first : "(\(parts.joined(separator: " \(word) ")))"
  }

  /// `x IN (…)` for several values of one term.
  private mutating func equalsAny(_ parts: [Condition]) -> String? {
    guard parts.count > 1, case .check(.equals(let term, _), _) = parts[0] else { return nil }
    var literals: [String] = []
    for part in parts {
      guard case .check(.equals(let other, let value), let span) = part, other == term,
        !value.isFinerThanMicroseconds
      else { return nil }
      literals.append(literal(value, at: span))
    }
    return "(\(column(term)) IN (\(literals.joined(separator: ", "))))"
  }

  private mutating func column(_ term: Term) -> String {
    switch term {
    case .attribute(let index):
      attributes.insert(index)
      return SQLText.name(set.catalogue.attributes[index].path)
    case .principal: return SQLText.name("principal")
    case .resource: return SQLText.name("resource")
    }
  }

  private func isSet(_ term: Term) -> Bool {
    guard case .attribute(let index) = term else { return false }
    return set.catalogue.attributes[index].type.element != nil
  }

  private mutating func expression(_ check: Check, at span: SourceSpan) -> String {
    switch check {
    case .has(let term): return "\(column(term)) IS NOT NULL"
    case .inGroup(let group): return membership(group)
    case .isKind(let kind): return "kind = '\(kind.word)'"
    case .isTrue(let term): return column(term)
    case .equals(let term, let value): return equals(term, value, at: span)
    case .compare(let term, let order, let value): return compare(term, order, value, at: span)
    case .inBlock(let term, let block): return inBlock(column(term), block)
    case .like(let term, let pattern): return like(column(term), pattern, at: span)
    case .under(let term, let path):
      let below = text.literal("\(isSet(term) ? "//" : "")\(path)/", at: span)
      return isSet(term)
        ? "strpos(\(slashed(column(term))), \(below)) > 0"
        : "starts_with(\(column(term)) || '/', \(below))"
    case .contains(let term, let value):
      return whereThere([term], "\(literal(value, at: span)) = ANY(\(column(term)))")
    case .equalTerms(let left, let right): return "\(column(left)) = \(column(right))"
    case .compareTerms(let left, let order, let right):
      return "\(column(left)) \(order.sign) \(column(right))"
    case .underTerm(let left, let right): return underTerm(left, right)
    case .containsTerm(let left, let right):
      return whereThere([left, right], "\(column(right)) = ANY(\(column(left)))")
    case .containsAny(let left, let right):
      return whereThere([left, right], "\(column(left)) && \(column(right))")
    case .containsAll(let left, let right):
      return whereThere([left, right], "\(column(left)) @> \(column(right))")
    }
  }

  /// A question that is NULL where one of the terms is.
  private mutating func whereThere(_ terms: [Term], _ question: String) -> String {
    let there = terms.map { "\(column($0)) IS NOT NULL" }.joined(separator: " AND ")
    return "CASE WHEN \(there) THEN \(question) END"
  }
}

// MARK: - Values

extension SQLConditions {
  private mutating func literal(_ value: Value, at span: SourceSpan) -> String {
    switch value {
    case .bool(let flag): SQLText.literal(flag)
    case .int(let number): SQLText.literal(number)
    case .string(let string), .path(let string): text.literal(string, at: span)
    case .ip(let address): "'\(SQLText.digits(address))'"
    case .time(let time): text.literal(time, at: span)
    case .principal(let id): text.literal(SQLText.token(id), at: span)
    case .strings(let texts), .paths(let texts):
      SQLText.array(texts.map { text.literal($0, at: span) })
    case .principals(let ids):
      SQLText.array(ids.map { text.literal(SQLText.token($0), at: span) })
    }
  }

  private mutating func equals(_ term: Term, _ value: Value, at span: SourceSpan) -> String {
    let literal = literal(value, at: span)
    // No time of the tables is between two microseconds.
    return value.isFinerThanMicroseconds
      ? "\(column(term)) <> \(column(term))" : "\(column(term)) = \(literal)"
  }

  private mutating func compare(
    _ term: Term,
    _ order: Order,
    _ value: Value,
    at span: SourceSpan
  ) -> String {
    // What is before a point between two microseconds is not after the first of them.
    let sign = value.isFinerThanMicroseconds ? Order.lessOrEqual.sign : order.sign
    return "\(column(term)) \(sign) \(literal(value, at: span))"
  }

  /// Digits are compared by their bytes, whatever the language of the database.
  private func inBlock(_ column: String, _ block: IPBlock) -> String {
    let (first, last) = (SQLText.digits(block.first), SQLText.digits(block.last))
    let range = "\(column) COLLATE \"C\" BETWEEN '\(first)' AND '\(last)'"
    let mapped = SQLText.version4 + "00000000"
    let hasMapped = !block.first.isVersion4 && first < mapped && last > mapped
    return hasMapped ? "\(range) AND NOT starts_with(\(column), '\(SQLText.version4)')" : range
  }

  private mutating func like(
    _ column: String,
    _ pattern: LikePattern,
    at span: SourceSpan
  ) -> String {
    var isEscaped = false
    let runs = pattern.runs.map { run in
      var text = ""
      for scalar in String(decoding: run, as: UTF8.self).unicodeScalars {
        if scalar == "%" || scalar == "_" || scalar == "\\" {
          isEscaped = true
          text += "\\"
        }
        text.unicodeScalars.append(scalar)
      }
      return text
    }
    let whole = text.literal(runs.joined(separator: "%"), at: span)
    return "\(column) LIKE \(whole)" + (isEscaped ? " ESCAPE '\\'" : "")
  }

  /// The paths of a set, each between two slashes on either side: within a path there is one.
  private func slashed(_ column: String) -> String {
    "'//' || array_to_string(\(column), '//') || '//'"
  }

  private mutating func underTerm(_ left: Term, _ right: Term) -> String {
    let (path, ancestor) = (column(left), column(right))
    guard isSet(left) else { return "starts_with(\(path) || '/', \(ancestor) || '/')" }
    return whereThere([left, right], "strpos(\(slashed(path)), '//' || \(ancestor) || '/') > 0")
  }
}

// MARK: - Groups

extension SQLConditions {
  private mutating func membership(_ group: GroupIndex) -> String {
    let flat = FlatGroup(group, in: set)
    let span = set.groups[group].heading.nameSpan
    var parts: [String] = []
    for kind in [PrincipalKind.user, .serviceAccount] {
      let ids = flat.members.filter { $0.kind == kind }.map { text.literal($0.id, at: span) }
      guard !ids.isEmpty else { continue }
      parts.append("(kind = '\(kind.word)' AND id IN (\(ids.joined(separator: ", "))))")
    }
    for open in flat.openGroups {
      let heading = set.groups[open].heading
      let name = text.literal(heading.name, at: heading.nameSpan)
      parts.append("CASE WHEN open_groups IS NOT NULL THEN \(name) = ANY(open_groups) END")
    }
    return "kind <> 'anonymous' AND \(joined(parts, "OR", empty: false))"
  }
}

extension Value {
  /// Whether it is a point in time that the tables cannot have.
  fileprivate var isFinerThanMicroseconds: Bool {
    if case .time(let time) = self { time.nanoseconds % 1000 != 0 } else { false }
  }
}

extension Order {
  fileprivate var sign: String { self == .less ? "<" : "<=" }
}
