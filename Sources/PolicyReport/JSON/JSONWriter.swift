/// Writes JSON values as bytes.
package enum JSONWriter {
  /// The value on one line, without a line break: for streams of objects.
  ///
  /// - Complexity: O(size).
  package static func line(_ value: JSONValue) -> [UInt8] {
    var bytes: [UInt8] = []
    write(value, to: &bytes, indent: nil)
    return bytes
  }

  /// The value over several lines with a line break at the end: for documents.
  ///
  /// - Complexity: O(size × depth).
  package static func document(_ value: JSONValue) -> [UInt8] {
    var bytes: [UInt8] = []
    write(value, to: &bytes, indent: 0)
    bytes.append(UInt8(ascii: "\n"))
    return bytes
  }

  private static func write(_ value: JSONValue, to bytes: inout [UInt8], indent: Int?) {
    switch value {
    case .null: bytes += "null".utf8
    case .bool(let value): bytes += (value ? "true" : "false").utf8
    case .integer(let value): bytes += String(value).utf8
    case .number(let text): bytes += text.utf8
    case .string(let text): write(text, to: &bytes)
    case .array(let elements):
      list(elements, "[", "]", to: &bytes, indent: indent) { element, bytes, indent in
        write(element, to: &bytes, indent: indent)
      }
    case .object(let members):
      list(members, "{", "}", to: &bytes, indent: indent) { member, bytes, indent in
        write(member.key, to: &bytes)
        bytes += ": ".utf8
        write(member.value, to: &bytes, indent: indent)
      }
    }
  }

  private static func list<Element>(
    _ elements: [Element],
    _ opening: Unicode.Scalar,
    _ closing: Unicode.Scalar,
    to bytes: inout [UInt8],
    indent: Int?,
    write: (Element, inout [UInt8], Int?) -> Void
  ) {
    bytes.append(UInt8(ascii: opening))
    let inner = indent.map { $0 + 2 }
    for (index, element) in elements.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      if let inner { breakLine(&bytes, inner) } else if index > 0 { bytes.append(0x20) }
      write(element, &bytes, inner)
    }
    if let indent, !elements.isEmpty { breakLine(&bytes, indent) }
    bytes.append(UInt8(ascii: closing))
  }

  private static func breakLine(_ bytes: inout [UInt8], _ indent: Int) {
    bytes.append(UInt8(ascii: "\n"))
    bytes.append(contentsOf: repeatElement(0x20, count: indent))
  }

  /// A string with quotes; beyond ASCII it stays as it is, since JSON is UTF-8.
  private static func write(_ text: String, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""): bytes += #"\""#.utf8
      case UInt8(ascii: "\\"): bytes += #"\\"#.utf8
      case UInt8(ascii: "\n"): bytes += #"\n"#.utf8
      case UInt8(ascii: "\r"): bytes += #"\r"#.utf8
      case UInt8(ascii: "\t"): bytes += #"\t"#.utf8
      case 0..<0x20, 0x7F:
        let digits = String(byte, radix: 16)
        bytes += (#"\u"# + String(repeating: "0", count: 4 - digits.count) + digits).utf8
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }
}
