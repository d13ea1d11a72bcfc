import PolicySource

extension Lexer {
  /// An operator; the spellings of other languages become ours, and are reported.
  mutating func operatorToken() {
    let start = position
    switch (byte(start), byte(start + 1), byte(start + 2)) {
    case (UInt8(ascii: "="), UInt8(ascii: "="), UInt8(ascii: "=")):
      respell(length: 3, as: .equalEqual, "==")
    case (UInt8(ascii: "="), UInt8(ascii: "="), _): emit(.equalEqual, from: start, to: start + 2)
    case (UInt8(ascii: "="), UInt8(ascii: "<"), _): respell(length: 2, as: .lessOrEqual, "<=")
    case (UInt8(ascii: "="), UInt8(ascii: ">"), _): respell(length: 2, as: .greaterOrEqual, ">=")
    case (UInt8(ascii: "="), _, _): emit(.equal, from: start, to: start + 1)
    case (UInt8(ascii: "!"), UInt8(ascii: "="), UInt8(ascii: "=")):
      respell(length: 3, as: .notEqual, "!=")
    case (UInt8(ascii: "!"), UInt8(ascii: "="), _): emit(.notEqual, from: start, to: start + 2)
    case (UInt8(ascii: "!"), _, _): respell(length: 1, as: .word, "not", keyword: .not)
    case (UInt8(ascii: "<"), UInt8(ascii: "="), _): emit(.lessOrEqual, from: start, to: start + 2)
    case (UInt8(ascii: "<"), UInt8(ascii: ">"), _): respell(length: 2, as: .notEqual, "!=")
    case (UInt8(ascii: "<"), _, _): emit(.less, from: start, to: start + 1)
    case (UInt8(ascii: ">"), UInt8(ascii: "="), _):
      emit(.greaterOrEqual, from: start, to: start + 2)
    case (UInt8(ascii: ">"), _, _): emit(.greater, from: start, to: start + 1)
    case (UInt8(ascii: "&"), UInt8(ascii: "&"), _):
      respell(length: 2, as: .word, "and", keyword: .and)
    case (UInt8(ascii: "&"), _, _): respell(length: 1, as: .word, "and", keyword: .and)
    case (UInt8(ascii: "|"), UInt8(ascii: "|"), _):
      respell(length: 2, as: .word, "or", keyword: .or)
    default: emit(.bar, from: start, to: start + 1)
    }
  }

  private mutating func respell(
    length: Int,
    as kind: TokenKind,
    _ spelling: String,
    keyword: Keyword? = nil
  ) {
    let start = position
    let upper = start + length
    var replacement = spelling
    if keyword != nil {
      if start > 0, !Self.isBlank(byte(start - 1)), byte(start - 1) != UInt8(ascii: "(") {
        replacement = " " + replacement
      }
      if !Self.isBlank(byte(upper)), upper < end { replacement += " " }
    }
    diagnostics.append(
      OperatorSpelling.finding(
        span(start, upper),
        text: text(start, upper),
        spelling,
        replacement: replacement
      )
    )
    emit(kind, from: start, to: upper, keyword: keyword.map(KeywordTable.code) ?? 0)
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\t")
      || byte == UInt8(ascii: "\r")
  }
}
