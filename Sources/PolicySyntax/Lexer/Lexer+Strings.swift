import PolicySource

extension Lexer {
  /// The quotes that other languages, or word processors, put around text.
  enum ForeignQuote {
    case straight, curly
  }

  /// `"…"`.
  mutating func string(quoteLength: Int) {
    let start = position
    var upper = start + 1
    while true {
      while entry(upper).isPlainInString { upper += 1 }
      if isLineEnd(upper) { return unterminatedString(from: start, lineEnd: min(upper, end)) }
      switch byte(upper) {
      case UInt8(ascii: "\""): return emit(.string, from: start, to: upper + 1)
      case UInt8(ascii: "\\"): escape(at: &upper)
      default: stringScalar(at: &upper)
      }
    }
  }

  private mutating func stringScalar(at upper: inout Int) {
    let decoded = decode(upper)
    if decoded.scalar == nil { noteInvalidBytes(upper, upper + decoded.length) }
    upper += decoded.length
  }

  /// `\"  \\  \n  \t  \*  \u{…}`.
  private mutating func escape(at upper: inout Int, quote: UInt8 = UInt8(ascii: "\"")) {
    let start = upper
    upper += 1
    guard !isLineEnd(upper) else { return }
    switch byte(upper) {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "n"), UInt8(ascii: "t"),
      UInt8(ascii: "*"), quote:
      upper += 1
    case UInt8(ascii: "u") where byte(upper + 1) == UInt8(ascii: "{"):
      upper += 2
      while isName(upper), upper < end { upper += 1 }
      let digits = text(start + 3, upper)
      if byte(upper) == UInt8(ascii: "}") { upper += 1 }
      if Self.scalar(digits) == nil || byte(upper - 1) != UInt8(ascii: "}") {
        diagnostics.append(InvalidEscape.scalar(span(start, upper), text: text(start, upper)))
      }
    default:
      upper += decode(upper).length
      diagnostics.append(InvalidEscape.finding(span(start, upper), text: text(start, upper)))
    }
  }

  /// The scalar of one to six hexadecimal digits.
  static func scalar(_ digits: some StringProtocol) -> Unicode.Scalar? {
    guard (1...6).contains(digits.utf8.count), digits.utf8.first != UInt8(ascii: "+") else {
      return nil
    }
    return UInt32(digits, radix: 16).flatMap(Unicode.Scalar.init)
  }

  /// A string that its line does not close.
  ///
  /// Where the next line holds an odd number of quotes, the
  /// string runs over the line break; else its quote was forgotten, before the punctuation and the
  /// comment that end the line.
  private mutating func unterminatedString(from start: Int, lineEnd: Int) {
    if let close = closingQuote(after: lineEnd) {
      diagnostics.append(UnterminatedString.lineBreak(span(start, lineEnd)))
      return emit(.string, from: start, to: close + 1)
    }
    var upper = start + 1
    while upper < lineEnd, !isCommentStart(upper) { upper += 1 }
    while upper > start + 1, Self.endsLines(byte(upper - 1)) { upper -= 1 }
    diagnostics.append(UnterminatedString.finding(span(start, upper)))
    emit(.string, from: start, to: upper)
  }

  private func isCommentStart(_ offset: Int) -> Bool {
    byte(offset) == UInt8(ascii: " ") && byte(offset + 1) == UInt8(ascii: "/")
      && byte(offset + 2) == UInt8(ascii: "/")
  }

  private static func endsLines(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "{"), UInt8(ascii: "}"),
      UInt8(ascii: "]"), UInt8(ascii: ")"), UInt8(ascii: ","):
      true
    default: false
    }
  }

  /// Whether a quote after a byte would open a string.
  private static func opensStrings(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "["),
      UInt8(ascii: "("), UInt8(ascii: ","), UInt8(ascii: "="):
      true
    default: false
    }
  }

  /// The first quote of the line after an offset, when that line has an odd number of them, and it
  /// closes a string by its place.
  private func closingQuote(after lineEnd: Int) -> Int? {
    var offset = lineEnd
    while offset < end, byte(offset) != UInt8(ascii: "\n") { offset += 1 }
    offset += 1
    var first: Int?
    var count = 0
    while offset < end, byte(offset) != UInt8(ascii: "\n") {
      if byte(offset) == UInt8(ascii: "\""), byte(offset - 1) != UInt8(ascii: "\\") {
        first = first ?? offset
        count += 1
      }
      offset += 1
    }
    guard count % 2 == 1, let first, first > lineEnd + 1 else { return nil }
    return Self.opensStrings(byte(first - 1)) ? nil : first
  }

  /// `'…'` or `“…”`: reported, and taken as a string.
  mutating func foreignString(closing: ForeignQuote) {
    let start = position
    let length = closing == .straight ? 1 : 3
    var upper = start + length
    var edits = [Edit(span(start, upper), "\"")]
    while !isLineEnd(upper) {
      if closing == .straight ? byte(upper) == UInt8(ascii: "'") : isCurlyQuote(upper) {
        edits.append(Edit(span(upper, upper + length), "\""))
        upper += length
        diagnostics.append(SingleQuotes.finding(span(start, upper), closing, edits: edits))
        return emit(.string, from: start, to: upper)
      }
      foreignStringScalar(at: &upper, edits: &edits)
    }
    var close = min(upper, end)
    while close > start + length, Self.endsLines(byte(close - 1)) { close -= 1 }
    diagnostics.append(SingleQuotes.finding(span(start, close), closing, edits: []))
    emit(.string, from: start, to: close)
  }

  private mutating func foreignStringScalar(at upper: inout Int, edits: inout [Edit]) {
    switch byte(upper) {
    case UInt8(ascii: "\""):
      edits.append(Edit(span(upper, upper), "\\"))
      upper += 1
    case UInt8(ascii: "\\"):
      if byte(upper + 1) == UInt8(ascii: "'") { edits.append(Edit(span(upper, upper + 1), "")) }
      escape(at: &upper, quote: UInt8(ascii: "'"))
    default: stringScalar(at: &upper)
    }
  }

  /// `“` or `”`.
  func isCurlyQuote(_ offset: Int) -> Bool {
    byte(offset) == 0xE2 && byte(offset + 1) == 0x80
      && (byte(offset + 2) == 0x9C || byte(offset + 2) == 0x9D) && offset + 2 < end
  }
}
