import PolicySource

extension Lexer {
  /// The rest of a name or glob that is not plain ASCII, from its start, read up to an offset.
  mutating func wideName(from start: Int, at offset: Int) {
    var scan = NameScan()
    var upper = offset
    scanName(&scan, from: start, at: &upper)
    let kind: TokenKind = scan.hasStar ? .glob : .word
    let text = text(start, upper)
    if let problem = nameProblem(text, scan, kind) {
      diagnostics.append(InvalidName.plain(span(start, upper), text: text, problem))
    }
    let code = scan.isWide || scan.hasStar ? 0 : keywordCode(start, upper)
    emit(kind, from: start, to: upper, keyword: code)
  }

  private struct NameScan {
    var hasStar = false
    var isWide = false
    var hasStrayHyphen = false
  }

  /// Reads name characters, stars and hyphens.
  ///
  /// Bytes and characters that cannot be in a name but
  /// surely belong to it are read too, and reported.
  private mutating func scanName(_ scan: inout NameScan, from start: Int, at upper: inout Int) {
    while upper < end {
      let next = byte(upper)
      if isName(upper) {
        upper += 1
      } else if next == UInt8(ascii: "*") {
        scan.hasStar = true
        upper += 1
      } else if next == UInt8(ascii: "-") {
        let isBetween = upper > start && byte(upper - 1) != next && continuesName(upper + 1)
        if !isBetween { scan.hasStrayHyphen = true }
        upper += 1
      } else if next >= 0x80 {
        let decoded = decode(upper)
        guard let scalar = decoded.scalar else {
          noteInvalidBytes(upper, upper + decoded.length)
          scan.isWide = true
          upper += decoded.length
          continue
        }
        if scalar.isInvisible {
          invisible(from: upper, upTo: &upper)
        } else if scalar.properties.isXIDContinue {
          upper += decoded.length
        } else {
          return
        }
        scan.isWide = true
      } else {
        return
      }
    }
  }

  private func continuesName(_ offset: Int) -> Bool {
    guard offset < end else { return false }
    let next = byte(offset)
    if next < 0x80 { return isName(offset) || next == UInt8(ascii: "*") }
    return decode(offset).scalar?.properties.isXIDContinue ?? true
  }

  private func nameProblem(_ text: String, _ scan: NameScan, _ kind: TokenKind) -> NameProblem? {
    if scan.hasStrayHyphen { return .strayHyphen }
    guard let first = text.unicodeScalars.first else { return nil }
    let begins = first == "_" || first == "\u{FFFD}" || first.properties.isXIDStart
    if kind == .word, !begins { return .wrongStart }
    if scan.isWide, !Normalization.isComposed(text) { return .notComposed }
    return nil
  }

  /// `*`, or a glob that begins with it.
  mutating func star() {
    let next = position + 1
    if byte(next) == UInt8(ascii: "*") || byte(next) == UInt8(ascii: "-") && continuesName(next + 1)
      || continuesName(next)
    {
      wideName(from: position, at: position)
    } else {
      emit(.star, from: position, to: next)
    }
  }

  /// `-5`, or a hyphen where none can be.
  mutating func hyphen() {
    let start = position
    let next = start + 1
    if (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte(next)) {
      number(from: start, digits: next)
    } else if continuesName(next) {
      wideName(from: start, at: start)
    } else {
      unexpectedCharacter()
    }
  }

  /// An integer; digits that run into letters are a name that begins wrongly.
  mutating func number(from start: Int, digits: Int) {
    var upper = digits
    var last: UInt8 = 0
    while isDigit(upper) || byte(upper) == UInt8(ascii: "_") {
      last = byte(upper)
      upper += 1
    }
    let isName =
      last == UInt8(ascii: "_") || continuesName(upper)
      || byte(upper) == UInt8(ascii: "-") && continuesName(upper + 1) && !isDigit(upper + 1)
    if isName { return wideName(from: start, at: start == digits ? upper : start) }
    let end = endOfFractions(upper)
    if end > upper {
      diagnostics.append(IntegerOutOfRange.fraction(span(start, end), text: text(start, end)))
      return emit(.integer, from: start, to: end)
    }
    if Self.integer(source.bytes[start..<upper]) == nil {
      diagnostics.append(IntegerOutOfRange.finding(span(start, upper), text: text(start, upper)))
    }
    emit(.integer, from: start, to: upper)
  }

  /// Where points with digits after them end, which stand behind no number of the language.
  private func endOfFractions(_ start: Int) -> Int {
    var end = start
    while byte(end) == UInt8(ascii: "."), isDigit(end + 1) {
      end += 1
      while isDigit(end) { end += 1 }
    }
    return end
  }

  private func isDigit(_ offset: Int) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte(offset))
  }

  /// The value of an integer token, or nothing where it does not fit, or is none.
  static func integer(_ bytes: ArraySlice<UInt8>) -> Int64? {
    let isNegative = bytes.first == UInt8(ascii: "-")
    var value: Int64 = 0
    for byte in bytes.dropFirst(isNegative ? 1 : 0) where byte != UInt8(ascii: "_") {
      if byte == UInt8(ascii: ".") { return nil }
      let digit = Int64(byte) - Int64(UInt8(ascii: "0"))
      let (product, overflow) = value.multipliedReportingOverflow(by: 10)
      let (sum, carry) =
        isNegative
        ? product.subtractingReportingOverflow(digit) : product.addingReportingOverflow(digit)
      if overflow || carry { return nil }
      value = sum
    }
    return value
  }

  /// `` `any text` ``.
  mutating func quotedName() {
    let start = position
    var upper = start + 1
    var found = NameContents()
    while !isLineEnd(upper), byte(upper) != UInt8(ascii: "`") {
      if entry(upper).isPlainInComment, byte(upper) != UInt8(ascii: "\t") {
        upper += 1
      } else {
        nameScalar(&found, at: &upper)
      }
    }
    guard !isLineEnd(upper) else { return unterminatedName(from: start, lineEnd: upper) }
    let text = text(start + 1, upper)
    upper += 1
    if let problem = contentProblem(text, found) {
      diagnostics.append(InvalidName.quoted(span(start, upper), text: text, problem))
    }
    emit(.quotedName, from: start, to: upper)
  }

  private struct NameContents {
    var hasControl = false
    var isWide = false
  }

  private mutating func nameScalar(_ found: inout NameContents, at upper: inout Int) {
    if byte(upper) < 0x80 {
      found.hasControl = true
      upper += 1
      return
    }
    found.isWide = true
    let decoded = decode(upper)
    if decoded.scalar == nil {
      noteInvalidBytes(upper, upper + decoded.length)
    } else if decoded.scalar?.isInvisible == true {
      return invisible(from: upper, upTo: &upper)
    }
    upper += decoded.length
  }

  private func contentProblem(_ text: String, _ found: NameContents) -> NameProblem? {
    let scalars = text.unicodeScalars
    guard let first = scalars.first, let last = scalars.last else { return .empty }
    if found.hasControl { return .control }
    if first.properties.isWhitespace || last.properties.isWhitespace { return .space }
    if found.isWide, !Normalization.isComposed(text) { return .notComposed }
    return nil
  }

  private func startsKeyword(_ offset: Int) -> Bool {
    var upper = offset
    while isName(upper) || byte(upper) == UInt8(ascii: "-") { upper += 1 }
    return upper > offset && keywordCode(offset, upper) != 0
  }

  /// A name that no backquote closes ends before the punctuation or the keyword that it surely does
  /// not contain.
  private mutating func unterminatedName(from start: Int, lineEnd: Int) {
    var upper = start + 1
    scan: while upper < lineEnd {
      switch byte(upper) {
      case UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: ","), UInt8(ascii: ":"),
        UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "\""):
        break scan
      case UInt8(ascii: " ") where startsKeyword(upper + 1): break scan
      default: upper += 1
      }
    }
    while upper > start + 1, byte(upper - 1) == UInt8(ascii: " ") { upper -= 1 }
    diagnostics.append(UnterminatedName.finding(span(start, upper)))
    emit(.quotedName, from: start, to: upper)
  }
}
