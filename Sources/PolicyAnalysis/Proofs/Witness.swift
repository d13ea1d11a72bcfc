import PolicyCompiler
import PolicyEngine
import PolicyModel

/// Makes a request from classes of variables.
///
/// The classes may contradict each other where variables are tied together (two questions about one
/// set, two attributes compared with each other and with constants). The request is then another
/// one; whoever uses it asks the interpreter what it shows.
struct Witness {
  private var values: [Term: Value] = [:]
  private var elements: [Term: Set<Value>] = [:]
  private var request: RequestData

  /// - Parameters:
  ///   - classes: The class of each variable that matters; the others are missing.
  ///   - scenario: Whom the request is about.
  static func request(
    _ classes: [(Variable, Int)],
    for action: ActionIndex,
    _ scenario: Scenario,
    in set: PolicySet
  ) -> RequestData {
    var witness = Witness(action, scenario)
    for (variable, number) in classes { witness.take(variable, number, in: set) }
    for (variable, number) in classes { witness.relate(variable, number, in: set) }
    return witness.finished(in: set)
  }

  private init(_ action: ActionIndex, _ scenario: Scenario) {
    request = RequestData(
      kind: scenario.kinds[0],
      identity: scenario.identity ?? .someone,
      groups: scenario.groups,
      held: scenario.held.map { Holding($0) },
      action: action
    )
  }

  /// Takes over what one variable says by itself.
  private mutating func take(_ variable: Variable, _ number: Int, in set: PolicySet) {
    switch (variable.subject, variable.witnesses[number]) {
    case (.value(let term), .value(let value)):
      values[term] = value
    case (.presence(let term), .present):
      elements[term, default: []].formUnion([])
    case (.element(let term, _), .element(let value, let isThere)):
      if isThere {
        elements[term, default: []].insert(value)
      } else {
        elements[term, default: []].formUnion([])
      }
    case (.elementUnder(let term, _), .elementUnder(let path, let isThere)):
      if isThere {
        elements[term, default: []].insert(.path(path))
      } else {
        elements[term, default: []].formUnion([])
      }
    case (.group(let group), .member(let isMember)):
      if isMember { request.groups?.insert(group) }
    case (.group, .missing):
      if request.groups?.isEmpty == true { request.groups = nil }
    case (.kind, .kind(let kind)):
      request.kind = kind
    case (.unit, .unit(let unit)):
      request.unit = unit
    case (.matches(let term, let pattern), .matches(_, true)) where values[term] == nil:
      values[term] = .string(
        String(decoding: pattern.runs.flatMap { $0 }, as: UTF8.self)
      )
    default:
      break
    }
  }

  /// Gives two terms values that stand to each other as a variable says.
  private mutating func relate(_ variable: Variable, _ number: Int, in set: PolicySet) {
    guard case .relation(let relation, let left, let right) = variable.subject else { return }
    switch (relation, variable.witnesses[number]) {
    case (.equal, .related(let isEqual)):
      let known = values[left] ?? values[right] ?? sample(left, in: set)
      values[left] = values[left] ?? known
      values[right] = values[right] ?? (isEqual ? known : other(known, of: right, in: set))
    case (.order, .ordered(let order)):
      relate(left, right, by: order)
    case (.under, .related(let isUnder)):
      let ancestor = values[right] ?? .path(isUnder ? "a" : "b")
      values[right] = ancestor
      if case .path(let path) = ancestor, isUnder {
        if type(left, in: set).element != nil {
          elements[left, default: []].insert(.path(path))
        } else if values[left] == nil {
          values[left] = .path(path)
        }
      } else if type(left, in: set).element != nil {
        elements[left, default: []].formUnion([])
      } else if values[left] == nil {
        values[left] = .path("a")
      }
    case (.contains, .related(let isThere)):
      let element = values[right] ?? sample(right, in: set)
      values[right] = element
      elements[left, default: []].formUnion(isThere ? [element] : [])
    case (.containsAny, .related(let meets)), (.containsAll, .related(let meets)):
      let element = elements[right]?.first ?? sample(of: type(right, in: set).element ?? .string)
      let needs = relation == .containsAny ? meets : true
      elements[right, default: []].formUnion(needs ? [element] : [])
      elements[left, default: []].formUnion(
        meets ? elements[right] ?? [] : []
      )
    default:
      break
    }
  }

  private mutating func relate(_ left: Term, _ right: Term, by order: Int) {
    switch (values[left], values[right]) {
    case (.int(let value)?, nil):
      values[right] = .int(value &- Int64(order))
    case (nil, .int(let value)?):
      values[left] = .int(value &+ Int64(order))
    case (.time(let value)?, nil):
      values[right] = .time(Instant(seconds: value.seconds - Int64(order)))
    case (nil, .time(let value)?):
      values[left] = .time(Instant(seconds: value.seconds + Int64(order)))
    default:
      break
    }
    if values[left] == nil, values[right] == nil {
      // As numbers, whatever the type: `put` makes instants of them where they are wanted.
      values[left] = .int(Int64(order))
      values[right] = .int(0)
    }
  }

  private func type(_ term: Term, in set: PolicySet) -> AttributeType {
    switch term {
    case .attribute(let index): set.catalogue.attributes[index].type
    case .principal: .principal
    case .resource: .string
    }
  }

  private func sample(_ term: Term, in set: PolicySet) -> Value {
    sample(of: type(term, in: set))
  }

  private func sample(of type: AttributeType) -> Value {
    switch type {
    case .bool: .bool(true)
    case .int: .int(0)
    case .ip: .ip(IPAddress(version4: 0x0a00_0001))
    case .time: .time(Instant(seconds: 0))
    case .path: .path("a")
    case .principal: .principal(.user("a"))
    case .oneOf(let words): .string(words.first ?? "")
    case .string, .strings, .paths, .principals: .string("a")
    }
  }

  /// A value of the term's type that is not the given one.
  private func other(_ value: Value, of term: Term, in set: PolicySet) -> Value {
    switch value {
    case .bool(let value): .bool(!value)
    case .int(let value): .int(value == 0 ? 1 : 0)
    case .ip(let value): .ip(IPAddress(version4: value.low == 1 ? 2 : 1))
    case .time(let value): .time(Instant(seconds: value.seconds + 1))
    case .path(let value): .path(value + "x")
    case .principal(let value): .principal(PrincipalID(kind: value.kind, id: value.id + "x"))
    case .string(let value):
      if case .oneOf(let words) = type(term, in: set) {
        .string(words.first { $0 != value } ?? value)
      } else {
        .string(value + "x")
      }
    case .strings, .paths, .principals: value
    }
  }

  private func finished(in set: PolicySet) -> RequestData {
    var request = request
    for (term, value) in values { put(value, at: term, &request, set) }
    for (term, members) in elements {
      guard case .attribute(let index) = term else { continue }
      switch set.catalogue.attributes[index].type {
      case .paths:
        request.values[index] = .paths(
          members.compactMap { if case .path(let path) = $0 { path } else { nil } }.sorted()
        )
      case .principals:
        request.values[index] = .principals(
          members.compactMap { if case .principal(let id) = $0 { id } else { nil } }
            .sorted { $0.id < $1.id }
        )
      default:
        request.values[index] = .strings(
          members.compactMap { if case .string(let text) = $0 { text } else { nil } }.sorted()
        )
      }
    }
    return request
  }

  private func put(
    _ value: Value,
    at term: Term,
    _ request: inout RequestData,
    _ set: PolicySet
  ) {
    switch (term, value) {
    case (.resource, .string(let id)):
      request.resourceID = id
    case (.principal, .principal(let id)):
      guard case .someone = request.identity else { return }
      request.kind = id.kind
      request.identity = .named(id.id)
    case (.attribute(let index), _):
      let attribute = set.catalogue.attributes[index]
      let service = set.catalogue.actions[request.action].service
      guard attribute.services?.contains(service) ?? true else { return }
      if attribute.type == .time, case .int(let seconds) = value {
        request.values[index] = .time(Instant(seconds: seconds))
      } else {
        request.values[index] = value
      }
    default:
      break
    }
  }
}
