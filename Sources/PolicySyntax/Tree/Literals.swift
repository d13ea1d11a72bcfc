import PolicySource

/// What names, strings and numbers say, decoded from their tokens.
extension SyntaxTree {
  /// The name that a node gives, without backquotes; of a string its value.
  package func nameText(_ node: NodeID) -> String {
    let bytes = bytes(node)
    switch bytes.first {
    case UInt8(ascii: "`"):
      let closed = bytes.count > 1 && bytes.last == UInt8(ascii: "`")
      return visible(bytes.dropFirst().dropLast(closed ? 1 : 0))
    case UInt8(ascii: "\""), UInt8(ascii: "'"): return stringValue(node)
    default: return visible(bytes)
    }
  }

  /// Whether a name stands between backquotes.
  package func isQuoted(_ node: NodeID) -> Bool { bytes(node).first == UInt8(ascii: "`") }

  /// The keyword that a name node spells without backquotes.
  package func keyword(_ node: NodeID) -> Keyword? {
    childTokens(node).first.flatMap { tokens.keyword($0) }
  }

  /// The value of a string, its escapes decoded; `\*` is a star.
  package func stringValue(_ node: NodeID) -> String {
    String(decoding: stringRuns(node, splitsAtStars: false).joined(), as: UTF8.self)
  }

  /// The runs of a `like` pattern between its stars; there is one more of them than of stars.
  package func patternRuns(_ node: NodeID) -> [[UInt8]] { stringRuns(node, splitsAtStars: true) }

  /// The runs of a glob between its stars; there is one more of them than of stars.
  package func globRuns(_ node: NodeID) -> [[UInt8]] {
    Array(visible(bytes(node)).utf8)
      .split(separator: UInt8(ascii: "*"), omittingEmptySubsequences: false)
      .map(Array.init)
  }

  /// The value of an integer; nothing where it is out of range, which has been reported.
  package func integerValue(_ node: NodeID) -> Int64? { Lexer.integer(bytes(node)) }

  /// The run of `///` lines directly before a node, one line each, without the slashes and one space.
  package func documentation(before node: NodeID) -> String? {
    var lines: [String] = []
    var position = tokens.position(at: span(node).lower)
    while position > 0 {
      position -= 1
      let span = span(TokenID(position))
      switch tokens.kinds[position] {
      case .space where lineBreaks(span) <= 1: continue
      case .documentation:
        var line = text(span).dropFirst(3)
        if line.first == " " { line = line.dropFirst() }
        lines.append(String(line))
        continue
      default: break
      }
      break
    }
    return lines.isEmpty ? nil : lines.reversed().joined(separator: "\n")
  }

  private func lineBreaks(_ span: SourceSpan) -> Int {
    source.bytes[Int(span.lower)..<Int(span.upper)].count { $0 == UInt8(ascii: "\n") }
  }

  private func bytes(_ node: NodeID) -> ArraySlice<UInt8> {
    let span = span(node)
    return source.bytes[Int(span.lower)..<Int(span.upper)]
  }

  /// A name without the characters in it that cannot be seen, which have been reported.
  private func visible(_ bytes: ArraySlice<UInt8>) -> String {
    let text = String(decoding: bytes, as: UTF8.self)
    if bytes.allSatisfy({ $0 < 0x80 }) { return text }
    return String(String.UnicodeScalarView(text.unicodeScalars.filter { !$0.isInvisible }))
  }

  private func stringRuns(_ node: NodeID, splitsAtStars: Bool) -> [[UInt8]] {
    var decoder = StringDecoder(bytes(node), splitsAtStars: splitsAtStars)
    return decoder.runs()
  }
}

extension TokenList {
  /// The position of the token that begins at or covers an offset.
  ///
  /// - Complexity: O(log tokens).
  package func position(at offset: UInt32) -> Int {
    var low = 0
    var high = count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lowers[middle] <= offset { low = middle } else { high = middle }
    }
    return low
  }
}
