import PolicyEngine
import PolicyModel
import PolicyReport
import PolicySource

/// Conditions as JSON trees: `all`, `any`, `not`, `constant`, or a check of the request.
struct ConditionJSON {
  private let set: PolicySet
  private let places: PlaceJSON
  private(set) var findings: [Diagnostic] = []

  init(_ set: PolicySet) {
    self.set = set
    places = PlaceJSON(set.sources)
  }

  /// - Complexity: O(size of the condition).
  mutating func tree(_ condition: Condition) -> JSONValue {
    switch condition {
    case .constant(let value): return ["constant": .bool(value)]
    case .not(let inner): return ["not": tree(inner)]
    case .all(let parts): return ["all": .array(parts.map { tree($0) })]
    case .any(let parts): return ["any": .array(parts.map { tree($0) })]
    case .check(let check, let span):
      var members = [JSONMember("check", .string(check.word))]
      members += check.terms.prefix(1).map { JSONMember("of", term($0)) }
      members += operands(check, at: span)
      return .object(members + [JSONMember("place", places.place(span))])
    }
  }

  private func term(_ term: Term) -> JSONValue {
    switch term {
    case .attribute(let index): .string(set.catalogue.attributes[index].path)
    case .principal: "principal"
    case .resource: "resource"
    }
  }

  /// What a check compares its first term with.
  private mutating func operands(_ check: Check, at span: SourceSpan) -> [JSONMember] {
    switch check {
    case .has, .isTrue: return []
    case .inGroup(let group): return [JSONMember("group", .string(set.groups[group].heading.name))]
    case .isKind(let kind): return [JSONMember("kind", .string(kind.word))]
    case .equals(_, let value), .compare(_, _, let value), .contains(_, let value):
      return [JSONMember("value", self.value(value, at: span))]
    case .inBlock(_, let block):
      return [
        JSONMember("first", .string("\(block.first)")),
        JSONMember("last", .string("\(block.last)")),
      ]
    case .like(_, let pattern):
      return [
        JSONMember("runs", .strings(pattern.runs.map { String(decoding: $0, as: UTF8.self) }))
      ]
    case .under(_, let path): return [JSONMember("value", .string(path))]
    case .equalTerms(_, let other), .compareTerms(_, _, let other), .underTerm(_, let other),
      .containsTerm(_, let other), .containsAny(_, let other), .containsAll(_, let other):
      return [JSONMember("with", term(other))]
    }
  }

  private mutating func value(_ value: Value, at span: SourceSpan) -> JSONValue {
    switch value {
    case .bool(let flag): return .bool(flag)
    case .int(let number): return .integer(number)
    case .string(let text), .path(let text): return .string(text)
    case .ip(let address): return .string("\(address)")
    case .time(let time):
      if !time.hasText { findings.append(NotExpressible.time(time, in: "JSON", at: span)) }
      return .string("\(time)")
    case .principal(let id): return id.json
    case .strings(let texts), .paths(let texts): return .strings(texts)
    case .principals(let ids): return .array(ids.map(\.json))
    }
  }
}

extension Instant {
  /// Whether RFC 3339 has a text for it: years are 0000 to 9999.
  var hasText: Bool { Instant("\(self)") == self }
}

extension PrincipalID {
  /// A user or service account as JSON.
  var json: JSONValue { ["kind": .string(kind.word), "id": .string(id)] }
}

extension Check {
  /// How documents name the question.
  fileprivate var word: String {
    switch self {
    case .has: "has"
    case .inGroup: "in-group"
    case .isKind: "is"
    case .isTrue: "is-true"
    case .equals, .equalTerms: "equals"
    case .compare(_, .less, _), .compareTerms(_, .less, _): "less"
    case .compare(_, .lessOrEqual, _), .compareTerms(_, .lessOrEqual, _): "less-or-equal"
    case .inBlock: "in-block"
    case .like: "like"
    case .under, .underTerm: "under"
    case .contains, .containsTerm: "contains"
    case .containsAny: "contains-any"
    case .containsAll: "contains-all"
    }
  }
}

/// Places in the source, for documents.
struct PlaceJSON {
  private let sources: SourceMap

  init(_ sources: SourceMap) { self.sources = sources }

  /// - Complexity: O(log lines + length of the line).
  func place(_ span: SourceSpan) -> JSONValue {
    let place = sources.place(span)
    return [
      "file": .string(sources[span.file].path), "line": .int(place.line),
      "column": .int(place.column),
    ]
  }
}
