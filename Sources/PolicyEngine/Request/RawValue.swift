/// A value as a caller has it, before the type of its attribute is known.
///
/// The forms are those of JSON: `IP`, `Time`, `Path` and one-of values are texts, a principal is a
/// text such as `user:ada` or an object with a type and an id, a set is an array.
public enum RawValue: Hashable, Sendable {
  /// `true` or `false`.
  case bool(Bool)
  /// A whole number.
  case int(Int64)
  /// A text: a string, an address, a time, a path, a word, or a principal such as `user:ada`.
  case string(String)
  /// The elements of a set.
  case array([RawValue])
  /// An object with exactly the keys `type` and `id`, both texts.
  case object(type: String, id: String)
  /// Refused for every attribute: what is not known is left out.
  case null
  /// Something that no attribute can be, such as a fraction; the text is what a message calls it.
  case other(String)

  /// What a message calls a value of this form.
  public var form: String {
    switch self {
    case .bool: "a truth value"
    case .int: "an integer"
    case .string: "a text"
    case .array: "an array"
    case .object: "an object"
    case .null: "null"
    case .other(let form): form
    }
  }
}

extension RawValue: ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByStringLiteral, ExpressibleByArrayLiteral
{
  /// A truth value.
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  /// An integer.
  public init(integerLiteral value: Int64) { self = .int(value) }
  /// A text.
  public init(stringLiteral value: String) { self = .string(value) }
  /// The elements of a set.
  public init(arrayLiteral elements: RawValue...) { self = .array(elements) }
}

/// Why a value does not fit the type of its attribute.
public enum ValueRefusal: Error, Hashable, Sendable {
  /// A null is refused, never taken for a missing value.
  case null
  /// The form is not one that the type has, such as a text for an `Int`.
  case wrongType
  /// The form is right and the text is not a value of the type, such as `10.0.0.256` for an `IP`.
  case malformed(String)
  /// A one-of type does not list the word.
  case notListed(String)
}

extension RawValue {
  /// The value as one of the given type.
  ///
  /// - Complexity: O(length of the value).
  /// - Throws: `ValueRefusal`, the first reason found.
  package func typed(as type: AttributeType) throws(ValueRefusal) -> Value {
    if case .null = self { throw .null }
    switch type {
    case .bool:
      guard case .bool(let flag) = self else { throw .wrongType }
      return .bool(flag)
    case .int:
      guard case .int(let number) = self else { throw .wrongType }
      return .int(number)
    case .principal:
      return .principal(try principal())
    case .principals:
      var found: [PrincipalID] = []
      for element in try elements() { found.append(try element.principal()) }
      return .principals(found)
    case .strings:
      var found: [String] = []
      for element in try elements() { found.append(try element.text()) }
      return .strings(found)
    case .paths:
      var found: [String] = []
      for element in try elements() { found.append(try element.path()) }
      return .paths(found)
    case .path:
      return .path(try path())
    case .string:
      return .string(try text())
    case .ip:
      let text = try text()
      guard let address = IPAddress(text) else { throw .malformed(text) }
      return .ip(address)
    case .time:
      let text = try text()
      guard let instant = Instant(text) else { throw .malformed(text) }
      return .time(instant)
    case .oneOf(let words):
      let text = try text()
      guard words.contains(where: { $0.utf8.elementsEqual(text.utf8) }) else {
        throw .notListed(text)
      }
      return .string(text)
    }
  }

  private func elements() throws(ValueRefusal) -> [RawValue] {
    guard case .array(let elements) = self else { throw .wrongType }
    return elements
  }

  private func text() throws(ValueRefusal) -> String {
    switch self {
    case .string(let text): return text
    case .null: throw .null
    default: throw .wrongType
    }
  }

  private func path() throws(ValueRefusal) -> String {
    let text = try text()
    guard PathText.isValid(text) else { throw .malformed(text) }
    return text
  }

  /// `user:ada`, `service-account:ingest`, or an object that says the same.
  private func principal() throws(ValueRefusal) -> PrincipalID {
    switch self {
    case .object(let type, let id):
      guard let kind = PrincipalKind(word: type), kind != .anonymous else {
        throw .malformed("\(type):\(id)")
      }
      return PrincipalID(kind: kind, id: id)
    case .string(let text):
      for kind in [PrincipalKind.user, .serviceAccount] {
        let prefix = kind.word + ":"
        guard text.utf8.starts(with: prefix.utf8) else { continue }
        let id = String(decoding: text.utf8.dropFirst(prefix.utf8.count), as: UTF8.self)
        return PrincipalID(kind: kind, id: id)
      }
      throw .malformed(text)
    case .null: throw .null
    default: throw .wrongType
    }
  }
}

extension PrincipalKind {
  /// The kind that a word names: `user`, `service-account` or `anonymous`.
  package init?(word: String) {
    for kind in PrincipalKind.allCases where kind.word.utf8.elementsEqual(word.utf8) {
      self = kind
      return
    }
    return nil
  }
}
