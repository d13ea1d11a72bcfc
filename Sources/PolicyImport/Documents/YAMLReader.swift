import PolicySource

/// Why a text is not read as YAML, and where.
struct YAMLError: Error, Hashable, Sendable {
  /// One phrase in lower case.
  let message: String
  let place: Range<Int>

  init(_ message: String, at place: Range<Int>) {
    self.message = message
    self.place = place
  }
}

/// Reads the YAML that manifests are written in: documents of block and flow collections, plain,
/// quoted and block scalars, and comments (YAML 1.2, chapters 6 to 9).
///
/// Anchors, aliases, tags, directives and complex keys are refused, and so is a key that stands twice.
/// A plain scalar that some version of YAML takes for something else than a text is none.
struct YAMLReader {
  /// Collections inside one another; deeper texts are refused.
  static let deepest = 64

  struct Line {
    /// The columns before what is on it.
    var indent: Int
    /// The first byte that is no space.
    var start: Int
    /// The end of what is on it, without its break.
    let end: Int
  }

  let bytes: [UInt8]
  let file: FileID
  /// The lines of one document.
  var lines: [Line]
  /// The line that is read next.
  var current = 0
  var depth = 0

  /// The documents of a file that have something in them.
  ///
  /// - Complexity: O(bytes).
  static func documents(_ file: SourceFile, as id: FileID) throws(YAMLError) -> [DataNode] {
    guard String(validating: file.bytes, as: UTF8.self) != nil else {
      throw YAMLError("the file is not UTF-8", at: 0..<0)
    }
    var documents: [DataNode] = []
    var lines: [Line] = []
    func finish() throws(YAMLError) {
      var reader = YAMLReader(bytes: file.bytes, file: id, lines: lines)
      lines = []
      if let document = try reader.document() { documents.append(document) }
    }
    for index in file.lineStarts.indices {
      let line = file.lineBytes(index)
      if line.starts(with: "---".utf8) || line.starts(with: "...".utf8) {
        let rest = line.dropFirst(3)
        if rest.first.map({ $0 == 0x20 || $0 == 0x09 }) ?? true {
          let content = rest.first { $0 != 0x20 && $0 != 0x09 }
          guard content == nil || content == UInt8(ascii: "#") else {
            throw YAMLError(
              "a document begins beside its `---`",
              at: line.startIndex..<line.endIndex
            )
          }
          try finish()
          continue
        }
      }
      // A mark of the byte order may begin the file.
      let mark = index == 0 && line.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
      let begin = line.startIndex + mark
      let start = line[begin...].firstIndex { $0 != 0x20 } ?? line.endIndex
      // Behind the last break there is no line.
      if begin == file.bytes.count, index == file.lineStarts.count - 1 { continue }
      lines.append(Line(indent: start - begin, start: start, end: line.endIndex))
    }
    try finish()
    return documents
  }

  func byte(_ index: Int) -> UInt8? { index < bytes.count ? bytes[index] : nil }

  func span(_ range: Range<Int>) -> SourceSpan {
    SourceSpan(file: file, lower: UInt32(range.lowerBound), upper: UInt32(range.upperBound))
  }

  func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  /// Whether nothing but spaces and a comment stands from a place to the end of the line.
  func isBlank(_ start: Int, _ end: Int) -> Bool {
    let first = bytes[start..<end].first { $0 != 0x20 && $0 != 0x09 }
    return first == nil || first == UInt8(ascii: "#")
  }

  /// The line of what comes next; nil at the end of the document.
  mutating func next() throws(YAMLError) -> Line? {
    while current < lines.count {
      let line = lines[current]
      if !isBlank(line.start, line.end) {
        guard byte(line.start) != 0x09 else {
          throw YAMLError("a tab stands where spaces are to", at: line.start..<line.start + 1)
        }
        return line
      }
      current += 1
    }
    return nil
  }

  private mutating func document() throws(YAMLError) -> DataNode? {
    guard let first = try next() else { return nil }
    if byte(first.start) == UInt8(ascii: "%"), first.indent == 0 {
      throw YAMLError("directives are not read", at: first.start..<first.end)
    }
    let node = try node(inside: -1)
    if let rest = try next() {
      throw YAMLError(
        "this line does not belong to what is before it",
        at: rest.start..<rest.end
      )
    }
    return node
  }

  mutating func nested<Value>(
    at place: Range<Int>,
    _ body: (inout YAMLReader) throws(YAMLError) -> Value
  ) throws(YAMLError) -> Value {
    guard depth < Self.deepest else {
      throw YAMLError(
        "lists and objects are nested more than \(Self.deepest) levels deep",
        at: place
      )
    }
    depth += 1
    let value = try body(&self)
    depth -= 1
    return value
  }

  /// What begins on the line that is next, inside something that is indented less.
  private mutating func node(inside parent: Int) throws(YAMLError) -> DataNode {
    let line = lines[current]
    if isEntry(line) {
      return try nested(at: line.start..<line.end) { (reader) throws(YAMLError) in
        try reader.list(indent: line.indent)
      }
    }
    if try key(line) != nil {
      return try nested(at: line.start..<line.end) { (reader) throws(YAMLError) in
        try reader.object(indent: line.indent)
      }
    }
    return try scalarOrFlow(at: line.start, inside: parent)
  }

  private func isEntry(_ line: Line) -> Bool {
    byte(line.start) == UInt8(ascii: "-")
      && (line.start + 1 == line.end || byte(line.start + 1) == 0x20
        || byte(line.start + 1) == 0x09)
  }

  private mutating func list(indent: Int) throws(YAMLError) -> DataNode {
    var elements: [DataNode] = []
    let start = lines[current].start
    var end = start
    while let line = try next(), line.indent == indent, isEntry(line) {
      let content = bytes[(line.start + 1)..<line.end].firstIndex { $0 != 0x20 } ?? line.end
      if isBlank(content, line.end) {
        current += 1
        elements.append(
          try valueBelow(indent, at: line.start + 1, allowsEntries: false)
        )
      } else {
        // What stands beside the dash is a line of its own, indented so far.
        lines[current].indent += content - line.start
        lines[current].start = content
        guard byte(content) != 0x09 else {
          throw YAMLError("a tab stands where spaces are to", at: content..<content + 1)
        }
        elements.append(try node(inside: indent))
      }
      end = Int(elements[elements.count - 1].span.upper)
    }
    return DataNode(value: .list(elements), span: span(start..<max(start, end)))
  }

  private mutating func object(indent: Int) throws(YAMLError) -> DataNode {
    var members: [DataMember] = []
    var keys: Set<Name> = []
    let start = lines[current].start
    var end = start
    while let line = try next(), line.indent == indent, let key = try key(line) {
      guard keys.insert(key.name).inserted else {
        throw YAMLError("the key `\(key.name.text)` occurs twice", at: key.place)
      }
      let content = bytes[key.end..<line.end].firstIndex { $0 != 0x20 && $0 != 0x09 } ?? line.end
      let value: DataNode
      if isBlank(content, line.end) {
        current += 1
        value = try valueBelow(indent, at: key.end, allowsEntries: true)
      } else {
        value = try scalarOrFlow(at: content, inside: indent)
      }
      members.append(DataMember(key: key.name, keySpan: span(key.place), value: value))
      end = max(key.end, Int(value.span.upper))
    }
    return DataNode(value: .object(members), span: span(start..<max(start, end)))
  }

  /// The value on the lines below a key or a dash; nothing where they are indented no more.
  private mutating func valueBelow(
    _ indent: Int,
    at place: Int,
    allowsEntries: Bool
  ) throws(YAMLError) -> DataNode {
    if let line = try next() {
      if line.indent > indent { return try node(inside: indent) }
      // The entries of a list may be indented as its key is.
      if allowsEntries, line.indent == indent, isEntry(line) { return try node(inside: indent) }
    }
    return DataNode(value: .null, span: span(place..<place))
  }

  /// The key that a line begins with, and the end of its colon; nil where it begins with none.
  private func key(_ line: Line) throws(YAMLError) -> (name: Name, place: Range<Int>, end: Int)? {
    var index = line.start
    let first = byte(index)
    if first == UInt8(ascii: "?"), byte(index + 1) == 0x20 || index + 1 == line.end {
      throw YAMLError("keys between `?` and `:` are not read", at: line.start..<line.end)
    }
    let name: String
    if first == UInt8(ascii: "\"") || first == UInt8(ascii: "'") {
      guard let quoted = try quoted(at: index, end: line.end, isKey: true) else { return nil }
      name = quoted.text
      index = quoted.end
      while byte(index) == 0x20, index < line.end { index += 1 }
      guard index < line.end, byte(index) == UInt8(ascii: ":"), isColon(index, line.end) else {
        return nil
      }
    } else {
      guard let first, !Self.indicators.contains(first) else { return nil }
      while index < line.end, !isColon(index, line.end) {
        if byte(index) == UInt8(ascii: "#"), byte(index - 1) == 0x20 { return nil }
        index += 1
      }
      guard index < line.end else { return nil }
      name = text(line.start..<trimmedEnd(line.start, index))
      guard case .string = YAMLPlain.value(name) else {
        throw YAMLError("the key `\(name)` is no text", at: line.start..<index)
      }
      guard name != "<<" else { throw YAMLError("`<<` is not read", at: line.start..<index) }
    }
    return (Name(name), line.start..<index, index + 1)
  }

  /// What begins something else than a plain scalar.
  static let indicators = Set("[]{}|>&*!%@`,#".utf8)

  /// Whether a colon stands there that ends a key.
  func isColon(_ index: Int, _ end: Int) -> Bool {
    byte(index) == UInt8(ascii: ":")
      && (index + 1 >= end || byte(index + 1) == 0x20 || byte(index + 1) == 0x09)
  }

  /// The end of a text without the spaces behind it.
  func trimmedEnd(_ start: Int, _ end: Int) -> Int {
    var end = end
    while end > start, bytes[end - 1] == 0x20 || bytes[end - 1] == 0x09 { end -= 1 }
    return end
  }
}
