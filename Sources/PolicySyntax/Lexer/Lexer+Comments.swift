import PolicySource

extension Lexer {
  /// `//`, `///`, `/* */` or a slash.
  mutating func slash() {
    switch byte(position + 1) {
    case UInt8(ascii: "/"): lineComment()
    case UInt8(ascii: "*"): blockComment()
    default: emit(.slash, from: position, to: position + 1)
    }
  }

  private mutating func lineComment() {
    let start = position
    let isDocumentation =
      byte(start + 2) == UInt8(ascii: "/") && byte(start + 3) != UInt8(ascii: "/")
    let upper = commentEnd(from: start + 2)
    emit(isDocumentation ? .documentation : .comment, from: start, to: upper)
  }

  mutating func hashComment() {
    let start = position
    let upper = commentEnd(from: start + 1)
    diagnostics.append(HashComment.finding(span(start, start + 1)))
    emit(.comment, from: start, to: upper)
  }

  /// The end of the line, without its line break; what must not be in a comment is reported.
  private mutating func commentEnd(from offset: Int) -> Int {
    var upper = offset
    while true {
      while entry(upper).isPlainInComment { upper += 1 }
      if isLineEnd(upper) { return min(upper, end) }
      commentScalar(at: &upper)
    }
  }

  private mutating func commentScalar(at upper: inout Int) {
    let decoded = decode(upper)
    guard let scalar = decoded.scalar else {
      noteInvalidBytes(upper, upper + decoded.length)
      upper += decoded.length
      return
    }
    if scalar == "\n" || !scalar.isInvisible && scalar != "\r" {
      upper += decoded.length
      let next = decode(upper)
      // A presentation selector is seen, in the emoji before it.
      if !scalar.isASCII, scalar.properties.isEmoji, next.scalar == "\u{FE0F}" {
        upper += next.length
      }
    } else {
      invisible(from: upper, upTo: &upper)
    }
  }

  private mutating func blockComment() {
    let start = position
    var close = hasBlockEnds ? start + 2 : end
    while close < end, !isBlockEnd(close) { close += 1 }
    let isClosed = close < end
    hasBlockEnds = isClosed
    let limit = isClosed ? close + 2 : nextLineEnd(start)
    var upper = start + 2
    while upper < limit {
      if entry(upper).isPlainInComment || isLineEnd(upper) {
        upper += 1
      } else {
        commentScalar(at: &upper)
      }
    }
    diagnostics.append(
      BlockComment.finding(
        span(start, start + 2),
        edits: isClosed ? lineCommentEdits(from: start, to: limit) : []
      )
    )
    emit(.comment, from: start, to: limit)
  }

  private func isBlockEnd(_ offset: Int) -> Bool {
    byte(offset) == UInt8(ascii: "*") && byte(offset + 1) == UInt8(ascii: "/") && offset + 1 < end
  }

  private func nextLineEnd(_ offset: Int) -> Int {
    var upper = offset
    while !isLineEnd(upper) { upper += 1 }
    return min(upper, end)
  }

  /// What makes line comments of a block comment; nothing when more follows on its last line.
  private func lineCommentEdits(from start: Int, to limit: Int) -> [Edit] {
    var rest = limit
    while byte(rest) == UInt8(ascii: " ") || byte(rest) == UInt8(ascii: "\t") { rest += 1 }
    guard isLineEnd(rest) else { return [] }
    var edits = [Edit(span(start, start + 2), "//")]
    var offset = start + 2
    while offset < limit - 2 {
      offset += 1
      guard byte(offset - 1) == UInt8(ascii: "\n") else { continue }
      while byte(offset) == UInt8(ascii: " ") || byte(offset) == UInt8(ascii: "\t") { offset += 1 }
      if offset < limit - 2 { edits.append(Edit(span(offset, offset), "// ")) }
    }
    edits.append(Edit(span(limit - 2, limit), ""))
    return edits
  }
}
