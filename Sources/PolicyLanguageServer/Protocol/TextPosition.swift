import PolicyReport

/// A place in a document as LSP counts it: lines from 0, and code units of the negotiated encoding.
package struct TextPosition: Hashable, Comparable, Sendable {
  package let line: Int
  package let character: Int

  package init(line: Int, character: Int) {
    self.line = line
    self.character = character
  }

  init(_ value: JSONValue?) throws(ResponseError) {
    guard let line = value?["line"]?.number, let character = value?["character"]?.number,
      line >= 0, character >= 0
    else { throw .missing("position") }
    self.init(line: line, character: character)
  }

  var json: JSONValue { ["line": .int(line), "character": .int(character)] }

  package static func < (left: TextPosition, right: TextPosition) -> Bool {
    (left.line, left.character) < (right.line, right.character)
  }
}

/// A run of text in a document.
package struct TextRange: Hashable, Sendable {
  package let start: TextPosition
  package let end: TextPosition

  package init(start: TextPosition, end: TextPosition) {
    self.start = start
    self.end = end
  }

  init(_ value: JSONValue?) throws(ResponseError) {
    self.init(start: try TextPosition(value?["start"]), end: try TextPosition(value?["end"]))
  }

  var json: JSONValue { ["start": start.json, "end": end.json] }
}

/// In what a client counts the characters of a line.
package enum PositionEncoding: String, Sendable {
  case utf8 = "utf-8"
  case utf16 = "utf-16"
  case utf32 = "utf-32"

  /// The encoding for a client: the cheapest that it offers, else what LSP requires of everybody.
  static func negotiated(_ offered: JSONValue?) -> PositionEncoding {
    let names = (offered?.elements ?? []).compactMap(\.text)
    return [PositionEncoding.utf8, .utf32].first { names.contains($0.rawValue) } ?? .utf16
  }

  /// How many code units the character of a UTF-8 sequence that begins so has.
  func units(ofSequence leadingByte: UInt8) -> Int {
    switch self {
    case .utf8: Self.length(leadingByte)
    case .utf16: leadingByte >= 0xF0 ? 2 : 1
    case .utf32: 1
    }
  }

  /// How many bytes a UTF-8 sequence has that begins so; 1 for a byte that begins none.
  static func length(_ leadingByte: UInt8) -> Int {
    switch leadingByte {
    case 0xC2..<0xE0: 2
    case 0xE0..<0xF0: 3
    case 0xF0..<0xF5: 4
    default: 1
    }
  }
}
