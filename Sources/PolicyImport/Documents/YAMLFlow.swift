import PolicySource

extension YAMLReader {
  /// A flow collection or scalar inside one, from a place to behind it.
  mutating func flow(_ index: inout Int) throws(YAMLError) -> DataNode {
    let start = index
    switch byte(index) {
    case UInt8(ascii: "["):
      return try nested(at: start..<start + 1) { (reader) throws(YAMLError) in
        try reader.flowList(&index)
      }
    case UInt8(ascii: "{"):
      return try nested(at: start..<start + 1) { (reader) throws(YAMLError) in
        try reader.flowObject(&index)
      }
    default: return try flowScalar(&index)
    }
  }

  private var limit: Int { lines[lines.count - 1].end }

  /// Goes over spaces, line breaks and comments.
  private func skip(_ index: inout Int) throws(YAMLError) {
    while index < limit {
      switch bytes[index] {
      case 0x20, 0x09, 0x0A, 0x0D: index += 1
      case UInt8(ascii: "#") where [0x20, 0x09, 0x0A].contains(bytes[index - 1]):
        while index < limit, bytes[index] != 0x0A { index += 1 }
      default: return
      }
    }
    throw YAMLError("a bracket is not closed", at: limit..<limit)
  }

  private mutating func flowList(_ index: inout Int) throws(YAMLError) -> DataNode {
    let start = index
    index += 1
    var elements: [DataNode] = []
    while true {
      try skip(&index)
      if bytes[index] == UInt8(ascii: "]") { break }
      elements.append(try flow(&index))
      try skip(&index)
      if bytes[index] == UInt8(ascii: ",") {
        index += 1
      } else if bytes[index] != UInt8(ascii: "]") {
        throw YAMLError("`,` or `]` is expected here", at: index..<index + 1)
      }
    }
    index += 1
    return DataNode(value: .list(elements), span: span(start..<index))
  }

  private mutating func flowObject(_ index: inout Int) throws(YAMLError) -> DataNode {
    let start = index
    index += 1
    var members: [DataMember] = []
    var keys: Set<Name> = []
    while true {
      try skip(&index)
      if bytes[index] == UInt8(ascii: "}") { break }
      let key = try flowScalar(&index)
      guard let name = key.string, name != "<<" else {
        throw YAMLError("the key is no text", at: Int(key.span.lower)..<Int(key.span.upper))
      }
      guard keys.insert(Name(name)).inserted else {
        throw YAMLError(
          "the key `\(name)` occurs twice",
          at: Int(key.span.lower)..<Int(key.span.upper)
        )
      }
      try skip(&index)
      guard bytes[index] == UInt8(ascii: ":") else {
        throw YAMLError("`:` is expected here", at: index..<index + 1)
      }
      index += 1
      try skip(&index)
      let value: DataNode
      if [UInt8(ascii: ","), UInt8(ascii: "}")].contains(bytes[index]) {
        value = DataNode(value: .null, span: span(index..<index))
      } else {
        value = try flow(&index)
      }
      members.append(DataMember(key: Name(name), keySpan: key.span, value: value))
      try skip(&index)
      if bytes[index] == UInt8(ascii: ",") {
        index += 1
      } else if bytes[index] != UInt8(ascii: "}") {
        throw YAMLError("`,` or `}` is expected here", at: index..<index + 1)
      }
    }
    index += 1
    return DataNode(value: .object(members), span: span(start..<index))
  }

  private static let brackets = Set("[]{},".utf8)

  /// A scalar in a flow collection; a plain one ends with its line.
  private func flowScalar(_ index: inout Int) throws(YAMLError) -> DataNode {
    let start = index
    let first = bytes[index]
    if first == UInt8(ascii: "\"") || first == UInt8(ascii: "'") {
      guard let quoted = try quoted(at: index, end: limit, isKey: false) else {
        throw YAMLError("the text does not end", at: start..<start + 1)
      }
      index = quoted.end
      return DataNode(value: .string(quoted.text), span: span(start..<index))
    }
    guard !Self.indicators.contains(first) else {
      throw YAMLError(
        "no text begins with this character: anchors, aliases and tags are not read",
        at: start..<start + 1
      )
    }
    while index < limit {
      let byte = bytes[index]
      if byte == 0x0A || byte == 0x0D || Self.brackets.contains(byte) { break }
      if byte == UInt8(ascii: "#"), index > start, bytes[index - 1] == 0x20 { break }
      if byte == UInt8(ascii: ":") {
        let next = index + 1 < limit ? bytes[index + 1] : 0x20
        if [0x20, 0x09, 0x0A, 0x0D].contains(next) || Self.brackets.contains(next) { break }
      }
      index += 1
    }
    let end = trimmedEnd(start, index)
    guard end > start else {
      throw YAMLError("a value is expected here", at: start..<start + 1)
    }
    return DataNode(value: YAMLPlain.value(text(start..<end)), span: span(start..<end))
  }
}

/// What a plain scalar is.
enum YAMLPlain {
  private static let nulls = ["", "~", "null", "Null", "NULL"]
  private static let truths = ["true", "True", "TRUE", "false", "False", "FALSE"]
  /// Booleans of YAML 1.1, texts of YAML 1.2: which one it is depends on the reader.
  private static let words = [
    "y", "Y", "yes", "Yes", "YES", "n", "N", "no", "No", "NO", "on", "On", "ON", "off", "Off",
    "OFF", "=",
  ]

  /// A text, unless some version of YAML takes it for something else.
  static func value(_ text: String) -> DataNode.Value {
    func isOne(_ list: [String]) -> Bool { list.contains { $0.utf8.elementsEqual(text.utf8) } }
    if isOne(nulls) { return .null }
    if isOne(truths) { return .bool(text.utf8.first.map { $0 | 0x20 } == UInt8(ascii: "t")) }
    if isOne(words) || isNumber(text) { return .number(text) }
    return .string(text)
  }

  /// Whether a text could be a number, a time of day or a date.
  private static func isNumber(_ text: String) -> Bool {
    var bytes = Array(text.utf8)[...]
    if let first = bytes.first, first == UInt8(ascii: "-") || first == UInt8(ascii: "+") {
      bytes.removeFirst()
    }
    func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
    guard let first = bytes.first else { return false }
    if first == UInt8(ascii: ".") {
      let rest = bytes.dropFirst().map { $0 | 0x20 }
      return rest.elementsEqual("inf".utf8) || rest.elementsEqual("nan".utf8)
        || rest.first.map { isDigit($0) } ?? false
    }
    guard isDigit(first) else { return false }
    let marks = Set("xXoObBeEtTzZaAcCdDfF_.:+- ".utf8)
    return bytes.allSatisfy { isDigit($0) || marks.contains($0) }
  }
}
