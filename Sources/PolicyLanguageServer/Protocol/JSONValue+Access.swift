package import PolicyReport

// Reading members of messages: what is absent or of another type is nothing.
extension JSONValue {
  package subscript(_ key: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.key.utf8.elementsEqual(key.utf8) }?.value
  }

  package subscript(_ position: Int) -> JSONValue? {
    guard case .array(let elements) = self, elements.indices.contains(position) else { return nil }
    return elements[position]
  }

  /// The member at a path of keys.
  func at(_ keys: String...) -> JSONValue? {
    keys.reduce(Optional(self)) { $0?[$1] }
  }

  package var text: String? { if case .string(let text) = self { text } else { nil } }
  package var bool: Bool? { if case .bool(let value) = self { value } else { nil } }
  package var number: Int? { if case .integer(let number) = self { Int(number) } else { nil } }
  package var elements: [JSONValue]? { if case .array(let list) = self { list } else { nil } }
  package var isNull: Bool { if case .null = self { true } else { false } }

  func requiredText(_ key: String) throws(ResponseError) -> String {
    guard let text = self[key]?.text else { throw .missing(key) }
    return text
  }

  func required(_ key: String) throws(ResponseError) -> JSONValue {
    guard let value = self[key], !value.isNull else { throw .missing(key) }
    return value
  }
}

extension JSONValue: ExpressibleByIntegerLiteral {
  package init(integerLiteral value: Int64) { self = .integer(value) }
}

/// An object of those members that are there.
func compact(_ members: [(String, JSONValue?)]) -> JSONValue {
  .object(members.compactMap { key, value in value.map { JSONMember(key, $0) } })
}
