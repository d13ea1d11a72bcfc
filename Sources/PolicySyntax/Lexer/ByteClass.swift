/// What a byte can begin.
enum ByteClass: UInt8 {
  case other, space, letter, digit, hyphen, star, slash, quote, backquote, apostrophe, hash
  case punctuation, exclamation, ampersand, bar, equal, less, greater, control, wide
}

/// What the lexer knows of a byte without looking further.
struct ByteEntry {
  let byteClass: ByteClass
  /// The kind of the token that it is, when it is one of `{}[](),.:@`.
  let punctuation: TokenKind
  /// An ASCII letter, digit or `_`.
  let isName: Bool
  /// Needs no look in a comment: printable ASCII and the tab.
  let isPlainInComment: Bool
  /// Needs no look in a string: the same without `"` and `\`.
  let isPlainInString: Bool
}

/// One entry for each byte.
enum ByteTable {
  static let entries: [ByteEntry] = (0...255).map { entry(UInt8($0)) }

  private static func entry(_ byte: UInt8) -> ByteEntry {
    let byteClass = byteClass(byte)
    let isPlain = byte == UInt8(ascii: "\t") || (0x20...0x7E).contains(byte)
    return ByteEntry(
      byteClass: byteClass,
      punctuation: punctuation(byte),
      isName: byteClass == .letter || byteClass == .digit,
      isPlainInComment: isPlain,
      isPlainInString: isPlain && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
    )
  }

  private static func byteClass(_ byte: UInt8) -> ByteClass {
    switch byte {
    case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"): .space
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "_"):
      .letter
    case UInt8(ascii: "0")...UInt8(ascii: "9"): .digit
    case UInt8(ascii: "-"): .hyphen
    case UInt8(ascii: "*"): .star
    case UInt8(ascii: "/"): .slash
    case UInt8(ascii: "\""): .quote
    case UInt8(ascii: "`"): .backquote
    case UInt8(ascii: "'"): .apostrophe
    case UInt8(ascii: "#"): .hash
    case UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "["), UInt8(ascii: "]"),
      UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: ","), UInt8(ascii: "."),
      UInt8(ascii: ":"), UInt8(ascii: "@"):
      .punctuation
    case UInt8(ascii: "!"): .exclamation
    case UInt8(ascii: "&"): .ampersand
    case UInt8(ascii: "|"): .bar
    case UInt8(ascii: "="): .equal
    case UInt8(ascii: "<"): .less
    case UInt8(ascii: ">"): .greater
    case 0x80...0xFF: .wide
    case 0x00...0x1F, 0x7F: .control
    default: .other
    }
  }

  private static func punctuation(_ byte: UInt8) -> TokenKind {
    switch byte {
    case UInt8(ascii: "{"): .leftBrace
    case UInt8(ascii: "}"): .rightBrace
    case UInt8(ascii: "["): .leftBracket
    case UInt8(ascii: "]"): .rightBracket
    case UInt8(ascii: "("): .leftParenthesis
    case UInt8(ascii: ")"): .rightParenthesis
    case UInt8(ascii: ","): .comma
    case UInt8(ascii: "."): .dot
    case UInt8(ascii: ":"): .colon
    default: .at
    }
  }
}
