import PolicyCompiler
import PolicyEngine
import PolicyModel

/// Values for the terms of a request that is being made up.
struct WitnessDraft {
  private let catalogue: Catalogue
  private(set) var values: [Term: Value] = [:]

  init(_ catalogue: Catalogue) { self.catalogue = catalogue }

  subscript(term: Term) -> Value? { values[term] }

  func type(_ term: Term) -> AttributeType { catalogue.type(of: term) }

  mutating func set(_ term: Term, _ value: Value?) { values[term] = value }

  /// Gives a set that has no value yet an empty one.
  mutating func makePresent(_ term: Term) {
    if values[term] == nil { setElements(term, []) }
  }

  mutating func insert(_ element: Value, into term: Term) {
    let elements = values[term]?.elements ?? []
    if !elements.contains(element) { setElements(term, elements + [element]) }
  }

  mutating func setElements(_ term: Term, _ elements: [Value]) {
    values[term] = WitnessDraft.collection(elements, type(term))
  }

  /// A set of a type, with those elements that it can have.
  static func collection(_ elements: [Value], _ type: AttributeType) -> Value {
    switch type {
    case .paths:
      .paths(elements.compactMap { if case .path(let path) = $0 { path } else { nil } })
    case .principals:
      .principals(elements.compactMap { if case .principal(let id) = $0 { id } else { nil } })
    default:
      .strings(elements.compactMap { if case .string(let text) = $0 { text } else { nil } })
    }
  }

  /// Takes over what one variable says of a term by itself.
  mutating func take(_ subject: VariableSubject, _ witness: ClassWitness) {
    switch (subject, witness) {
    case (.value(.principal), _): break
    case (.value(let term), .value(let value)): set(term, value)
    case (.presence(let term), .present): makePresent(term)
    case (.element(let term, _), .element(let value, let isThere)):
      makePresent(term)
      if isThere { insert(value, into: term) }
    case (.elementUnder(let term, _), .elementUnder(let path, let isThere)):
      makePresent(term)
      // Below it, so that the path itself need not be an element.
      if isThere { insert(.path(path + "/inside"), into: term) }
    case (.matches(let term, let pattern), .matches(_, true)):
      set(term, .string(String(decoding: pattern.runs.flatMap { $0 }, as: UTF8.self)))
    case (.matches(let term, _), .matches(_, false)):
      if self[term] == nil { set(term, WitnessDraft.sample(.string)) }
    default: break
    }
  }

  /// Some value of a type that is no set.
  static func sample(_ type: AttributeType) -> Value {
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

  /// A value of a type that is not the given one.
  static func other(than value: Value, _ type: AttributeType) -> Value {
    switch value {
    case .bool(let value): return .bool(!value)
    case .int(let value): return .int(value == .max ? .min : value + 1)
    case .ip(let value): return .ip(IPAddress(version4: value.low == 1 ? 2 : 1))
    case .time(let value): return .time(Instant(seconds: value.seconds + 1))
    case .path(let value): return .path(value + "-2")
    case .principal(let value):
      return .principal(PrincipalID(kind: value.kind, id: value.id + "-2"))
    case .string(let value):
      guard case .oneOf(let words) = type else { return .string(value + "-2") }
      return .string(words.first { !$0.utf8.elementsEqual(value.utf8) } ?? value)
    case .strings, .paths, .principals: return value
    }
  }

  /// A value that is so much more than another: less, equal or more by the smallest step.
  static func moved(_ value: Value, by steps: Int) -> Value? {
    switch value {
    case .int(let value):
      let (moved, overflows) = value.addingReportingOverflow(Int64(steps))
      return overflows ? nil : .int(moved)
    case .time(let value):
      let nanoseconds = Int64(value.nanoseconds) + Int64(steps)
      guard nanoseconds >= 0 else {
        return .time(Instant(seconds: value.seconds - 1, nanoseconds: 999_999_999))
      }
      return nanoseconds < 1_000_000_000
        ? .time(Instant(seconds: value.seconds, nanoseconds: UInt32(nanoseconds)))
        : .time(Instant(seconds: value.seconds + 1))
    default: return nil
    }
  }
}
