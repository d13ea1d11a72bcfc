import PolicySource

extension YAMLReader {
  /// A scalar or flow collection that begins at a place of the current line.
  mutating func scalarOrFlow(at start: Int, inside parent: Int) throws(YAMLError) -> DataNode {
    let line = lines[current]
    switch byte(start) {
    case UInt8(ascii: "["), UInt8(ascii: "{"):
      var index = start
      let node = try flow(&index)
      try leave(at: index)
      return node
    case UInt8(ascii: "\""), UInt8(ascii: "'"):
      let limit = lines[lines.count - 1].end
      guard let quoted = try quoted(at: start, end: limit, isKey: false) else {
        throw YAMLError("the text does not end", at: start..<line.end)
      }
      try leave(at: quoted.end)
      return DataNode(value: .string(quoted.text), span: span(start..<quoted.end))
    case UInt8(ascii: "|"), UInt8(ascii: ">"): return try blockScalar(at: start, inside: parent)
    case UInt8(ascii: "&"):
      throw YAMLError(
        "anchors are not read: write the value where it is used",
        at: start..<line.end
      )
    case UInt8(ascii: "*"):
      throw YAMLError(
        "aliases are not read: write the value, or a star in quotes",
        at: start..<line.end
      )
    case UInt8(ascii: "!"): throw YAMLError("tags are not read", at: start..<line.end)
    case let first? where Self.indicators.contains(first):
      throw YAMLError("no text begins with this character", at: start..<start + 1)
    case UInt8(ascii: "-") where start + 1 == line.end || byte(start + 1) == 0x20:
      throw YAMLError("a list begins beside its key", at: start..<line.end)
    default: return try plain(at: start, inside: parent)
    }
  }

  /// Goes on after something that ended at a place, on a line with nothing behind it.
  private mutating func leave(at end: Int) throws(YAMLError) {
    while current < lines.count, lines[current].end < end { current += 1 }
    guard current < lines.count, isBlank(end, lines[current].end) else {
      let stop = current < lines.count ? lines[current].end : end
      throw YAMLError("something follows that does not belong here", at: end..<max(end, stop))
    }
    current += 1
  }

  /// A plain scalar, which goes on over lines that are indented more than what it is in.
  private mutating func plain(at start: Int, inside parent: Int) throws(YAMLError) -> DataNode {
    var result = ""
    var end = start
    var blank = 0
    var from = start
    while true {
      let line = lines[current]
      let piece = try plainPiece(from, line.end)
      if from != start { result += blank > 0 ? String(repeating: "\n", count: blank) : " " }
      result += text(from..<piece.end)
      end = piece.end
      blank = 0
      current += 1
      guard !piece.hasComment else { break }
      var ahead = current
      while ahead < lines.count, lines[ahead].start == lines[ahead].end {
        blank += 1
        ahead += 1
      }
      guard ahead < lines.count, lines[ahead].indent > parent,
        byte(lines[ahead].start) != UInt8(ascii: "#")
      else { break }
      current = ahead
      from = lines[ahead].start
    }
    return DataNode(value: YAMLPlain.value(result), span: span(start..<end))
  }

  private func plainPiece(
    _ start: Int,
    _ end: Int
  ) throws(YAMLError) -> (end: Int, hasComment: Bool) {
    var index = start
    while index < end {
      if isColon(index, end) {
        throw YAMLError("a colon stands in a text: write the text in quotes", at: start..<end)
      }
      if byte(index) == UInt8(ascii: "#"), index > start,
        byte(index - 1) == 0x20 || byte(index - 1) == 0x09
      {
        return (trimmedEnd(start, index), true)
      }
      index += 1
    }
    return (trimmedEnd(start, end), false)
  }

  /// A text in quotes; nil where it does not end before a place.
  ///
  /// Lines fold: a break is a space, and of several the first goes.
  func quoted(
    at start: Int,
    end: Int,
    isKey: Bool
  ) throws(YAMLError) -> (text: String, end: Int)? {
    let quote = bytes[start]
    let isDouble = quote == UInt8(ascii: "\"")
    var result: [UInt8] = []
    // What a fold must not take away, since it was escaped.
    var kept = 0
    var index = start + 1
    while index < end {
      let byte = bytes[index]
      switch byte {
      case quote:
        if !isDouble, index + 1 < end, bytes[index + 1] == quote {
          result.append(quote)
          index += 2
          continue
        }
        guard let text = String(validating: result, as: UTF8.self) else {
          throw YAMLError("the text is not UTF-8", at: start..<index + 1)
        }
        return (text, index + 1)
      case UInt8(ascii: "\\") where isDouble:
        try escape(&index, end, into: &result)
        kept = result.count
      case 0x0A:
        fold(&index, end, into: &result, keeping: kept)
      default:
        result.append(byte)
        index += 1
      }
    }
    return nil
  }

  /// Goes over line breaks in a quoted text, and the spaces around them.
  private func fold(_ index: inout Int, _ end: Int, into result: inout [UInt8], keeping kept: Int) {
    while result.count > kept, let last = result.last, last == 0x20 || last == 0x09 || last == 0x0D
    {
      result.removeLast()
    }
    var breaks = 0
    while index < end, [0x20, 0x09, 0x0D, 0x0A].contains(bytes[index]) {
      if bytes[index] == 0x0A { breaks += 1 }
      index += 1
    }
    result += breaks == 1 ? [0x20] : Array(repeating: 0x0A, count: breaks - 1)
  }

  private static let escapes: [UInt8: String] = [
    UInt8(ascii: "0"): "\0", UInt8(ascii: "a"): "\u{7}", UInt8(ascii: "b"): "\u{8}",
    UInt8(ascii: "t"): "\t", 0x09: "\t", UInt8(ascii: "n"): "\n", UInt8(ascii: "v"): "\u{B}",
    UInt8(ascii: "f"): "\u{C}", UInt8(ascii: "r"): "\r", UInt8(ascii: "e"): "\u{1B}", 0x20: " ",
    UInt8(ascii: "\""): "\"", UInt8(ascii: "/"): "/", UInt8(ascii: "\\"): "\\",
    UInt8(ascii: "N"): "\u{85}", UInt8(ascii: "_"): "\u{A0}", UInt8(ascii: "L"): "\u{2028}",
    UInt8(ascii: "P"): "\u{2029}",
  ]

  /// What follows a backslash in a text in double quotes.
  private func escape(
    _ index: inout Int,
    _ end: Int,
    into result: inout [UInt8]
  ) throws(YAMLError) {
    let start = index
    index += 1
    guard index < end else { return }
    let byte = bytes[index]
    index += 1
    if let text = Self.escapes[byte] {
      result += text.utf8
      return
    }
    if byte == 0x0A || byte == 0x0D {
      // An escaped break is none, and neither are the spaces after it.
      while index < end, [0x20, 0x09, 0x0D, 0x0A].contains(bytes[index]) { index += 1 }
      return
    }
    let lengths = [UInt8(ascii: "x"): 2, UInt8(ascii: "u"): 4, UInt8(ascii: "U"): 8]
    guard let length = lengths[byte], index + length <= end,
      let value = UInt32(text(index..<index + length), radix: 16),
      bytes[index..<index + length].allSatisfy({ $0 != UInt8(ascii: "+") }),
      let scalar = Unicode.Scalar(value)
    else { throw YAMLError("the escape is none of YAML's", at: start..<min(end, index)) }
    result += String(scalar).utf8
    index += length
  }

  /// A text below `|` or `>`.
  private mutating func blockScalar(
    at start: Int,
    inside parent: Int
  ) throws(YAMLError) -> DataNode {
    let header = lines[current]
    let isFolded = byte(start) == UInt8(ascii: ">")
    var keep: UInt8?
    var index = start + 1
    if let mark = byte(index), index < header.end,
      [UInt8(ascii: "-"), UInt8(ascii: "+")].contains(mark)
    {
      keep = mark
      index += 1
    }
    guard isBlank(index, header.end), index == header.end || byte(index) == 0x20 else {
      throw YAMLError("only `-` and `+` may follow `|` and `>`", at: start..<header.end)
    }
    current += 1
    var body: [Line] = []
    var indent: Int?
    while current < lines.count {
      let line = lines[current]
      let isEmpty = line.start == line.end
      if !isEmpty {
        indent = indent ?? line.indent
        guard line.indent > parent, line.indent >= (indent ?? 0) else { break }
      }
      body.append(line)
      current += 1
    }
    let first = indent ?? body.map(\.indent).max() ?? 0
    var texts = body.map { line in
      let from = line.start - max(0, line.indent - first)
      return text(min(from, line.end)..<line.end)
    }
    // The last line of a file may lack its break, which then is not there to keep.
    let isCutOff = body.last?.end == bytes.count
    if isCutOff, texts.last?.isEmpty ?? false { texts.removeLast() }
    let isFilled = !(texts.last?.isEmpty ?? true)
    let value = Self.joined(
      texts,
      isFolded: isFolded,
      keep: isCutOff && isFilled && texts.count == body.count ? UInt8(ascii: "-") : keep
    )
    let end = body.last(where: { $0.start < $0.end })?.end ?? index
    return DataNode(value: .string(value), span: span(start..<max(start, end)))
  }

  /// The lines of a block scalar as a text: folded or not, with or without the breaks at its end.
  private static func joined(_ lines: [String], isFolded: Bool, keep: UInt8?) -> String {
    let filled = lines.lastIndex { !$0.isEmpty }.map { $0 + 1 } ?? 0
    var text = ""
    var breaks = 0
    var wasIndented = false
    for (number, line) in lines[..<filled].enumerated() {
      if line.isEmpty {
        breaks += 1
        continue
      }
      let isIndented = line.utf8.first == 0x20 || line.utf8.first == 0x09
      if number > 0, !text.isEmpty || breaks > 0 {
        if text.isEmpty {
          text += String(repeating: "\n", count: breaks)
        } else if isFolded, !isIndented, !wasIndented {
          text += breaks == 0 ? " " : String(repeating: "\n", count: breaks)
        } else {
          text += String(repeating: "\n", count: breaks + 1)
        }
      }
      text += line
      breaks = 0
      wasIndented = isIndented
    }
    switch keep {
    case UInt8(ascii: "-"): return text
    case UInt8(ascii: "+"):
      return text + String(repeating: "\n", count: lines.count - filled + (filled > 0 ? 1 : 0))
    default: return text.isEmpty ? "" : text + "\n"
    }
  }
}
