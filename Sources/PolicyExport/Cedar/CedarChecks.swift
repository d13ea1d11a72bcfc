import PolicyEngine
import PolicyModel

/// When a check is true and when it is false; for requests in which neither holds it is unknown.
struct CedarQuestion: Sendable {
  /// What both rest on: that what is compared is there.
  var guards: [CedarExpression] = []
  var yes: CedarExpression
  var no: CedarExpression

  /// A question that is always answered once the guards hold.
  init(_ operation: CedarExpression, guards: [CedarExpression] = []) {
    self.guards = guards
    yes = operation
    no = operation.negated
  }

  init(yes: CedarExpression, no: CedarExpression, guards: [CedarExpression] = []) {
    self.guards = guards
    self.yes = yes
    self.no = no
  }
}

/// Says checks in Cedar.
struct CedarChecks: Sendable {
  let set: PolicySet
  let groups: CedarGroups

  init(_ set: PolicySet) {
    self.set = set
    groups = CedarGroups(set)
  }

  func question(_ check: Check) -> CedarQuestion {
    switch check {
    case .has(let term): return CedarQuestion(presence(term))
    case .inGroup(let group): return groups.question(group)
    case .isKind(let kind): return CedarQuestion(Self.isKind(kind))
    case .isTrue(let term): return about(term, .call(text(term)))
    case .equals(let term, let value): return equals(term, value)
    case .compare(let term, let order, let value):
      return about(term, compare(text(term), order, value))
    case .inBlock(let term, let block):
      return about(term, .call("\(text(term)).isInRange(ip(\(describe(block))))"))
    case .like(let term, let pattern):
      return about(term, .relation(text(term), "like", describe(pattern)))
    case .under(let term, let path):
      return about(term, .call("\(text(term)).within.contains(\(describe(string: path)))"))
    case .contains(let term, let value): return about(term, contains(term, value))
    case .equalTerms(let left, let right): return equalTerms(left, right)
    case .compareTerms(let left, let order, let right):
      return about(left, right, compareTerms(left, order, right))
    case .underTerm(let left, let right):
      let isSet = type(right) == .paths
      let call = isSet ? "containsAny(\(text(right)).paths)" : "contains(\(text(right)).path)"
      return about(left, right, .call("\(text(left)).within.\(call)"))
    case .containsTerm(let left, let right): return containsTerm(left, right)
    case .containsAny(let left, let right):
      return about(left, right, .either(calls(left, "containsAny", right)))
    case .containsAll(let left, let right):
      return about(left, right, .every(calls(left, "containsAll", right)))
    }
  }

  // MARK: - Terms

  private func type(_ term: Term) -> AttributeType {
    switch term {
    case .attribute(let index): set.catalogue.attributes[index].type
    case .principal: .principal
    case .resource: .string
    }
  }

  /// What reads the term, once it is there.
  private func text(_ term: Term) -> String {
    switch term {
    case .attribute(let index):
      let attribute = set.catalogue.attributes[index]
      return CedarNames.access(attribute.space.rawValue, attribute.heading.name)
    case .principal: return "principal"
    case .resource: return #"resource.getTag("id")"#
    }
  }

  private func presence(_ term: Term) -> CedarExpression {
    switch term {
    case .attribute(let index):
      let attribute = set.catalogue.attributes[index]
      let name = CedarNames.attribute(attribute.heading.name)
      return .relation(attribute.space.rawValue, "has", name)
    case .principal:
      return .either(
        [CedarType.user, CedarType.serviceAccount].map { .head(.principal, "is \($0)") }
      )
    case .resource: return .call(#"resource.hasTag("id")"#)
    }
  }

  private func about(_ term: Term, _ operation: CedarExpression) -> CedarQuestion {
    CedarQuestion(operation, guards: [presence(term)])
  }

  private func about(
    _ left: Term,
    _ right: Term,
    _ operation: CedarExpression
  ) -> CedarQuestion {
    CedarQuestion(
      operation,
      guards: left == right ? [presence(left)] : [left, right].map(presence)
    )
  }

  static func isKind(_ kind: PrincipalKind) -> CedarExpression {
    switch kind {
    case .anonymous: .head(.principal, "is \(CedarType.anonymous)")
    case .user, .serviceAccount:
      .either(
        [CedarType.of(PrincipalID(kind: kind, id: "")), CedarType.unknown(kind)]
          .map { .head(.principal, "is \($0)") }
      )
    }
  }
}

// MARK: - Comparisons

extension CedarChecks {
  private func equals(_ term: Term, _ value: Value) -> CedarQuestion {
    let left = text(term)
    switch value {
    case .bool(let flag):
      let read = CedarExpression.call(left)
      return about(term, flag ? read : read.negated)
    case .int, .string, .ip: return about(term, .equality(left, CedarValues.literal(value)))
    case .path: return about(term, .equality("\(left).path", CedarValues.literal(value)))
    case .time:
      return about(term, .relation(left, "==", CedarValues.literal(value), opposite: "!="))
    case .principal(let id):
      guard term == .principal else { return about(term, isSame(left, id)) }
      let same = CedarExpression.head(.principal, "== \(CedarNames.entity(id))")
      return CedarQuestion(yes: same, no: .every([presence(.principal), same.negated]))
    case .strings, .paths, .principals:
      let parts = parts(of: term)
      let elements = CedarValues.sets(value)
      return about(
        term,
        .every(
          zip(parts, elements).map { part, elements in
            elements.isEmpty
              ? .call("\(part).isEmpty()")
              : .relation(part, "==", "[\(elements.joined(separator: ", "))]")
          }
        )
      )
    }
  }

  /// Whether a principal that was read is a certain one.
  private func isSame(_ left: String, _ id: PrincipalID) -> CedarExpression {
    let key = CedarValues.key(id.kind)
    return .every([
      .relation(left, "has", key), .equality("\(left).\(key)", CedarNames.entity(id)),
    ])
  }

  private func compare(_ left: String, _ order: Order, _ value: Value) -> CedarExpression {
    guard case .time(let time) = value else {
      return ordered(left, order, CedarValues.literal(value))
    }
    let (at, nanoseconds) = CedarValues.parts(of: time)
    // Nothing is before a whole millisecond within it.
    if order == .less, nanoseconds == 0 { return ordered("\(left).at", .less, at) }
    return times(left, order, (at, "\(nanoseconds)"))
  }

  private func compareTerms(_ left: Term, _ order: Order, _ right: Term) -> CedarExpression {
    let (left, other) = (text(left), text(right))
    guard type(right) == .time else { return ordered(left, order, other) }
    return times(left, order, ("\(other).at", "\(other).nanos"))
  }

  private func times(
    _ left: String,
    _ order: Order,
    _ right: (at: String, nanoseconds: String)
  ) -> CedarExpression {
    .either([
      ordered("\(left).at", .less, right.at),
      .every([
        .relation("\(left).at", "==", right.at, opposite: "!="),
        ordered("\(left).nanos", order, right.nanoseconds),
      ]),
    ])
  }

  private func ordered(_ left: String, _ order: Order, _ right: String) -> CedarExpression {
    switch order {
    case .less: .relation(left, "<", right, opposite: ">=")
    case .lessOrEqual: .relation(left, "<=", right, opposite: ">")
    }
  }

  private func equalTerms(_ left: Term, _ right: Term) -> CedarQuestion {
    guard left == .principal || right == .principal else {
      return about(left, right, .relation(text(left), "==", text(right), opposite: "!="))
    }
    let other = left == .principal ? right : left
    guard other != .principal else {
      return CedarQuestion(yes: presence(.principal), no: .constant(false))
    }
    let read = text(other)
    let same = CedarExpression.either(
      CedarValues.keys.map { key in
        .every([
          .relation(read, "has", key),
          .relation("\(read).\(key)", "==", "principal", opposite: "!="),
        ])
      }
    )
    // The types of principals without an id are never those of a value.
    return CedarQuestion(
      yes: same,
      no: .every([presence(.principal), same.negated]),
      guards: [presence(other)]
    )
  }
}

// MARK: - Sets

extension CedarChecks {
  /// The Cedar sets that a set attribute is kept as.
  private func parts(of term: Term) -> [String] {
    switch type(term) {
    case .paths: ["\(text(term)).paths"]
    case .principals: CedarValues.setKeys.map { "\(text(term)).\($0)" }
    default: [text(term)]
    }
  }

  private func contains(_ term: Term, _ value: Value) -> CedarExpression {
    let parts = parts(of: term)
    var index = 0
    if case .principal(let id) = value, id.kind == .serviceAccount { index = 1 }
    let literal =
      if case .path(let path) = value { describe(string: path) } else {
        CedarValues.literal(value)
      }
    return .call(
      "\(parts[index]).contains(\(literal))",
      CedarAtom.Shape(.contains, parts[index], literal)
    )
  }

  private func calls(_ left: Term, _ method: String, _ right: Term) -> [CedarExpression] {
    zip(parts(of: left), parts(of: right)).map { .call("\($0).\(method)(\($1))") }
  }

  private func containsTerm(_ left: Term, _ right: Term) -> CedarQuestion {
    let sets = parts(of: left)
    switch (type(right), right) {
    case (_, .principal):
      let has = CedarExpression.either(
        zip(sets, [CedarType.user, CedarType.serviceAccount]).map { set, type in
          .every([.head(.principal, "is \(type)"), .call("\(set).contains(principal)")])
        }
      )
      return CedarQuestion(
        yes: has,
        no: .every([presence(.principal), has.negated]),
        guards: [presence(left)]
      )
    case (.principal, _):
      let read = text(right)
      let has = CedarExpression.either(
        zip(sets, CedarValues.keys).map { set, key in
          .every([.relation(read, "has", key), .call("\(set).contains(\(read).\(key))")])
        }
      )
      return about(left, right, has)
    case (.path, _): return about(left, right, .call("\(sets[0]).contains(\(text(right)).path)"))
    default: return about(left, right, .call("\(sets[0]).contains(\(text(right)))"))
    }
  }
}
