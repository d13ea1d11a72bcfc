/// Reads one JSON text (RFC 8259), strictly: no comments, no trailing commas, no key twice, no
/// lone surrogates, UTF-8 only, nothing after the value.
package struct JSONParser {
  /// Arrays and objects inside one another; deeper texts are refused, never followed.
  package static let deepest = 64

  private static let digits = UInt8(ascii: "0")...UInt8(ascii: "9")

  private let bytes: ArraySlice<UInt8>
  private var index: Int
  private var depth = 0

  private init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    index = bytes.startIndex
  }

  /// The value of a text; offsets of errors count from the start of the slice.
  ///
  /// - Complexity: O(bytes).
  package static func parse(_ bytes: ArraySlice<UInt8>) throws(JSONError) -> JSONValue {
    var parser = JSONParser(bytes)
    parser.skipSpace()
    let value = try parser.value()
    parser.skipSpace()
    if parser.peek != nil { throw parser.unexpected("the end") }
    return value
  }

  package static func parse(_ bytes: [UInt8]) throws(JSONError) -> JSONValue {
    try parse(bytes[...])
  }

  private var peek: UInt8? { index < bytes.endIndex ? bytes[index] : nil }

  private mutating func skipSpace() {
    while let byte = peek, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
      index += 1
    }
  }

  private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard peek == UInt8(ascii: scalar) else { return false }
    index += 1
    return true
  }

  private func error(_ message: String, at place: Int? = nil) -> JSONError {
    JSONError(message, at: (place ?? index) - bytes.startIndex)
  }

  private func unexpected(_ expected: String) -> JSONError {
    guard let byte = peek else { return error("the text ends where \(expected) is expected") }
    let found = (0x21..<0x7F).contains(byte) ? "`\(Unicode.Scalar(byte))`" : "an unexpected byte"
    return error("\(found) stands where \(expected) is expected")
  }

  private mutating func value() throws(JSONError) -> JSONValue {
    switch peek {
    case UInt8(ascii: "{"): return try nested { (parser) throws(JSONError) in try parser.object() }
    case UInt8(ascii: "["): return try nested { (parser) throws(JSONError) in try parser.array() }
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case let byte? where byte == UInt8(ascii: "-") || Self.digits.contains(byte):
      return try number()
    default: throw unexpected("a value")
    }
  }

  private mutating func word(_ word: String, _ value: JSONValue) throws(JSONError) -> JSONValue {
    guard bytes[index...].starts(with: word.utf8) else { throw unexpected("a value") }
    index += word.utf8.count
    return value
  }

  private mutating func nested(
    _ body: (inout JSONParser) throws(JSONError) -> JSONValue
  ) throws(JSONError) -> JSONValue {
    guard depth < Self.deepest else {
      throw error("arrays and objects are nested more than \(Self.deepest) levels deep")
    }
    depth += 1
    index += 1
    skipSpace()
    let value = try body(&self)
    depth -= 1
    return value
  }

  private mutating func array() throws(JSONError) -> JSONValue {
    var elements: [JSONValue] = []
    if take("]") { return .array(elements) }
    while true {
      elements.append(try value())
      skipSpace()
      if take("]") { return .array(elements) }
      guard take(",") else { throw unexpected("`,` or `]`") }
      skipSpace()
    }
  }

  private mutating func object() throws(JSONError) -> JSONValue {
    var members: [JSONMember] = []
    var keys = KeySet()
    if take("}") { return .object(members) }
    while true {
      let place = index
      guard peek == UInt8(ascii: "\"") else { throw unexpected("a key") }
      let key = try string()
      guard keys.insert(key) else { throw error("the key `\(key)` occurs twice", at: place) }
      skipSpace()
      guard take(":") else { throw unexpected("`:`") }
      skipSpace()
      members.append(JSONMember(key, try value()))
      skipSpace()
      if take("}") { return .object(members) }
      guard take(",") else { throw unexpected("`,` or `}`") }
      skipSpace()
    }
  }
}

extension JSONParser {
  private mutating func number() throws(JSONError) -> JSONValue {
    let start = index
    var isInteger = true
    _ = take("-")
    if !take("0") { try digits() }
    if take(".") {
      isInteger = false
      try digits()
    }
    if take("e") || take("E") {
      isInteger = false
      if !take("+") { _ = take("-") }
      try digits()
    }
    let text = String(decoding: bytes[start..<index], as: UTF8.self)
    if isInteger, let integer = Int64(text) { return .integer(integer) }
    return .number(text)
  }

  private mutating func digits() throws(JSONError) {
    let start = index
    while let byte = peek, Self.digits.contains(byte) { index += 1 }
    if index == start { throw unexpected("a digit") }
  }

  /// A string, the index at its opening quote.
  private mutating func string() throws(JSONError) -> String {
    let start = index
    index += 1
    if let plain = plainString() { return plain }
    var text: [UInt8] = []
    while let byte = peek {
      index += 1
      switch byte {
      case UInt8(ascii: "\""):
        guard let string = String(validating: text, as: UTF8.self) else {
          throw error("the string is not UTF-8", at: start)
        }
        return string
      case UInt8(ascii: "\\"): try escape(into: &text)
      case 0..<0x20: throw error("a control character stands unescaped in a string", at: index - 1)
      default: text.append(byte)
      }
    }
    throw error("the string does not end", at: start)
  }

  /// The rest of a string of ASCII characters without an escape, which most are; nil for others.
  private mutating func plainString() -> String? {
    var end = index
    while end < bytes.endIndex {
      let byte = bytes[end]
      if byte == UInt8(ascii: "\"") {
        defer { index = end + 1 }
        return String(decoding: bytes[index..<end], as: UTF8.self)
      }
      guard (0x20..<0x80).contains(byte), byte != UInt8(ascii: "\\") else { return nil }
      end += 1
    }
    return nil
  }

  /// What follows a backslash.
  private mutating func escape(into text: inout [UInt8]) throws(JSONError) {
    let place = index - 1
    guard let byte = peek else { throw unexpected("an escape") }
    index += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "f"): text.append(0x0C)
    case UInt8(ascii: "n"): text.append(0x0A)
    case UInt8(ascii: "r"): text.append(0x0D)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "u"): text += try scalar(from: place).utf8
    default: throw error("the escape is none of JSON's", at: place)
    }
  }

  /// The scalar after `\u`, which two escapes together may spell (RFC 8259, section 7).
  private mutating func scalar(from place: Int) throws(JSONError) -> String {
    var value = try fourDigits(from: place)
    if (0xD800..<0xDC00).contains(value), take("\\"), take("u") {
      let low = try fourDigits(from: place)
      guard (0xDC00..<0xE000).contains(low) else {
        throw error("the escape is half of a surrogate pair", at: place)
      }
      value = 0x10000 + (value - 0xD800) << 10 + (low - 0xDC00)
    }
    guard let scalar = Unicode.Scalar(value) else {
      throw error("the escape is half of a surrogate pair", at: place)
    }
    return String(scalar)
  }

  private mutating func fourDigits(from place: Int) throws(JSONError) -> UInt32 {
    guard bytes.endIndex - index >= 4 else { throw error("the escape is cut off", at: place) }
    var value: UInt32 = 0
    for byte in bytes[index..<index + 4] {
      guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue, byte < 0x80 else {
        throw error("the escape has something else than hexadecimal digits", at: place)
      }
      value = value << 4 | UInt32(digit)
    }
    index += 4
    return value
  }
}

/// The keys of one object so far, compared by their bytes.
private struct KeySet {
  /// Few keys are compared one by one.
  private static let few = 16

  private var list: [String] = []
  private var table: Set<[UInt8]> = []

  /// Whether the key is new.
  mutating func insert(_ key: String) -> Bool {
    if list.count < Self.few {
      guard !list.contains(where: { $0.utf8.elementsEqual(key.utf8) }) else { return false }
      list.append(key)
      return true
    }
    if table.isEmpty { table = Set(list.map { Array($0.utf8) }) }
    return table.insert(Array(key.utf8)).inserted
  }
}
