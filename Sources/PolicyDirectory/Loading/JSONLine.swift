/// Reads one line of JSON (RFC 8259) that has to be an object whose members are texts.
struct JSONLine {
  private let bytes: ArraySlice<UInt8>
  private var position: Int

  /// The row that a line says.
  ///
  /// - Complexity: O(length of the line).
  static func row(_ bytes: ArraySlice<UInt8>) throws(RowProblem) -> GrantRow {
    guard String(validating: bytes, as: UTF8.self) != nil else {
      throw RowProblem("the line is not UTF-8", "write the file in UTF-8")
    }
    var line = JSONLine(bytes: bytes, position: bytes.startIndex)
    return try line.object()
  }

  private var byte: UInt8? { position < bytes.endIndex ? bytes[position] : nil }

  private mutating func passSpace() {
    while let byte, byte == 0x20 || byte == 0x09 || byte == 0x0d { position += 1 }
  }

  /// Passes a byte, with the spaces before it.
  private mutating func pass(_ wanted: Character) -> Bool {
    passSpace()
    guard byte == wanted.asciiValue else { return false }
    position += 1
    return true
  }

  private mutating func object() throws(RowProblem) -> GrantRow {
    guard pass("{") else {
      throw RowProblem("the line is no JSON object", "write one object a line: `{\"subject\": …}`")
    }
    var row = GrantRow()
    if !pass("}") {
      repeat { try member(of: &row) } while pass(",")
      guard pass("}") else {
        throw RowProblem("the object does not end here", "put `,` between members, `}` behind them")
      }
    }
    passSpace()
    guard byte == nil else {
      throw RowProblem("text follows the object", "write one object a line")
    }
    return row
  }

  private mutating func member(of row: inout GrantRow) throws(RowProblem) {
    guard pass("\"") else {
      throw RowProblem("a member has no name", "write names of members in double quotes")
    }
    let name = try text()
    guard let field = GrantField(named: name) else {
      throw RowProblem("there is no member `\(name)`", "the members are \(GrantField.list)")
    }
    guard pass(":") else {
      throw RowProblem("`\(name)` has no value", "write `\"\(name)\": \"…\"`")
    }
    guard pass("\"") else {
      throw RowProblem("`\(name)` is no text", "write it in double quotes, or leave it out")
    }
    guard row[field] == nil else {
      throw RowProblem("`\(name)` stands twice", "leave one of them")
    }
    row[field] = try text()
  }

  /// The rest of a text whose quote is passed.
  private mutating func text() throws(RowProblem) -> String {
    var content: [UInt8] = []
    while let next = byte {
      position += 1
      switch next {
      case UInt8(ascii: "\""):
        guard let text = String(validating: content, as: UTF8.self) else { throw malformed }
        return text
      case UInt8(ascii: "\\"): content += Array(String(try escape()).utf8)
      case 0..<0x20: throw malformed
      default: content.append(next)
      }
    }
    throw RowProblem("a text does not end", "end it with a quote")
  }

  private var malformed: RowProblem {
    RowProblem("a text has a malformed escape", "escape as JSON does: `\\\"`, `\\n`, `\\u00e9`")
  }

  private mutating func escape() throws(RowProblem) -> Character {
    guard let kind = byte else { throw malformed }
    position += 1
    switch kind {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"):
      return Character(Unicode.Scalar(kind))
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{c}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"): return Character(try scalar())
    default: throw malformed
    }
  }

  private mutating func scalar() throws(RowProblem) -> Unicode.Scalar {
    var code = try hexadecimal()
    if code & 0xfc00 == 0xd800, byte == UInt8(ascii: "\\") {
      position += 1
      guard byte == UInt8(ascii: "u") else { throw malformed }
      position += 1
      let low = try hexadecimal()
      guard low & 0xfc00 == 0xdc00 else { throw malformed }
      code = 0x10000 + (code & 0x3ff) << 10 + low & 0x3ff
    }
    guard let scalar = Unicode.Scalar(code) else { throw malformed }
    return scalar
  }

  private mutating func hexadecimal() throws(RowProblem) -> UInt32 {
    var code: UInt32 = 0
    for _ in 0..<4 {
      guard let digit = byte.flatMap({ Character(Unicode.Scalar($0)).hexDigitValue }) else {
        throw malformed
      }
      code = code << 4 | UInt32(digit)
      position += 1
    }
    return code
  }
}
