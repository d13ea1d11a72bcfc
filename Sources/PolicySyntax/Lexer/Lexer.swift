package import PolicySource

/// What lexing gives: tokens that cover every byte, and what was wrong with them.
struct LexedFile {
  let tokens: TokenList
  let diagnostics: [Diagnostic]
  /// How many `{` there are more than `}`.
  let braceBalance: Int
}

/// The number of tokens of a file, for measuring the lexer by itself.
package func lexOnly(_ source: SourceFile) -> Int {
  Lexer.lex(source, as: FileID(0)).tokens.count
}

/// Cuts the bytes of a file into tokens, in one pass without backtracking.
///
/// A slip with one obvious repair is reported, and becomes the token that the repair would give.
@safe
struct Lexer {
  let source: SourceFile
  let file: FileID
  let end: Int
  /// The bytes of the file and `Lexer.padding` zero bytes.
  private let text: UnsafePointer<UInt8>
  private let table: UnsafePointer<ByteEntry>
  private let keywords: UnsafePointer<KeywordTable.Entry>

  var position = 0
  private var tokens: [PackedToken] = []
  private var braceBalance = 0
  var diagnostics: [Diagnostic] = []
  /// Whether a `*/` may still come; looked for once, so that lexing stays linear.
  var hasBlockEnds = true
  /// The first run of bytes that is not UTF-8, how many runs follow it, and where the last ends.
  private var invalidBytes: (first: SourceSpan, others: Int, end: Int)?

  /// As many bytes as are ever looked at past the end.
  private static let padding = 16

  /// - Complexity: O(bytes).
  static func lex(_ source: SourceFile, as file: FileID) -> LexedFile {
    var padded = source.bytes
    padded.append(contentsOf: repeatElement(0, count: padding))
    return unsafe padded.withUnsafeBufferPointer { text in
      unsafe ByteTable.entries.withUnsafeBufferPointer { table in
        unsafe KeywordTable.entries.withUnsafeBufferPointer { keywords in
          guard let text = text.baseAddress, let table = table.baseAddress,
            let keywords = keywords.baseAddress
          else { preconditionFailure("an array that is not empty has an address") }
          var lexer = unsafe Lexer(source, file, text: text, table: table, keywords: keywords)
          return lexer.run()
        }
      }
    }
  }

  private init(
    _ source: SourceFile,
    _ file: FileID,
    text: UnsafePointer<UInt8>,
    table: UnsafePointer<ByteEntry>,
    keywords: UnsafePointer<KeywordTable.Entry>
  ) {
    self.source = source
    self.file = file
    end = source.bytes.count
    unsafe self.text = text
    unsafe self.table = table
    unsafe self.keywords = keywords
  }

  // MARK: - Reading

  /// The byte at an offset, which may be up to `padding` past the end.
  @inline(__always)
  func byte(_ offset: Int) -> UInt8 { unsafe text[offset] }

  /// What is known of the byte at an offset.
  @inline(__always)
  func entry(_ offset: Int) -> ByteEntry { unsafe table[Int(text[offset])] }

  @inline(__always)
  func isName(_ offset: Int) -> Bool { unsafe table[Int(text[offset])].isName }

  func isLineEnd(_ offset: Int) -> Bool {
    offset >= end || byte(offset) == UInt8(ascii: "\n")
      || byte(offset) == UInt8(ascii: "\r") && byte(offset + 1) == UInt8(ascii: "\n")
  }

  /// Reads a scalar; U+FFFD is what programs put for bytes that they could not read.
  func decode(_ offset: Int) -> DecodedScalar {
    let decoded = DecodedScalar { offset + $0 < end ? byte(offset + $0) : 0 }
    return decoded.scalar == "\u{FFFD}" ? DecodedScalar(invalid: decoded.length) : decoded
  }

  func span(_ lower: Int, _ upper: Int) -> SourceSpan {
    SourceSpan(file: file, lower: UInt32(lower), upper: UInt32(upper))
  }

  func text(_ lower: Int, _ upper: Int) -> String { source.text(UInt32(lower), UInt32(upper)) }

  /// The keyword that a run of bytes spells, as `TokenList` codes it.
  func keywordCode(_ lower: Int, _ upper: Int) -> UInt8 {
    let count = upper - lower
    guard count > 1, count <= KeywordTable.longest else { return 0 }
    let low = word(lower, count: min(count, 8))
    let high = count > 8 ? word(lower + 8, count: count - 8) : 0
    var slot = KeywordTable.slot(low, high)
    while true {
      let entry = unsafe keywords[slot]
      if entry.low == low && entry.high == high || entry.code == 0 { return entry.code }
      slot = KeywordTable.next(slot)
    }
  }

  /// So many bytes, from 1 to 8, as one number.
  @inline(__always)
  private func word(_ offset: Int, count: Int) -> UInt64 {
    let bytes = unsafe UnsafeRawPointer(text).loadUnaligned(fromByteOffset: offset, as: UInt64.self)
    return UInt64(littleEndian: bytes) & (UInt64.max >> UInt64(64 - count * 8))
  }

  // MARK: - Writing

  /// Ends the token that began at an offset, at another.
  @inline(__always)
  mutating func emit(_ kind: TokenKind, from lower: Int, to upper: Int, keyword: UInt8 = 0) {
    tokens.append(
      PackedToken(lower: UInt32(truncatingIfNeeded: lower), kind: kind, keyword: keyword)
    )
    position = upper
  }

  /// Remembers bytes that are not UTF-8; the file is reported once.
  mutating func noteInvalidBytes(_ lower: Int, _ upper: Int) {
    guard let known = invalidBytes else {
      invalidBytes = (span(lower, upper), 0, upper)
      return
    }
    let isNext = known.end == lower
    let first =
      isNext && known.others == 0 ? span(Int(known.first.lower), upper) : known.first
    invalidBytes = (first, isNext ? known.others : known.others + 1, upper)
  }

  // MARK: - Tokens

  private mutating func run() -> LexedFile {
    tokens.reserveCapacity(end / 3 + 16)
    skipSignature()
    while position < end { token() }
    emit(.endOfFile, from: end, to: end)
    if let invalidBytes {
      diagnostics.append(InvalidUTF8.finding(invalidBytes.first, others: invalidBytes.others))
    }
    return LexedFile(
      tokens: TokenList(tokens, length: UInt32(end)),
      diagnostics: diagnostics,
      braceBalance: braceBalance
    )
  }

  /// A UTF-8 signature is passed over; a file in UTF-16 is one mistake, not thousands.
  private mutating func skipSignature() {
    if end >= 3, byte(0) == 0xEF, byte(1) == 0xBB, byte(2) == 0xBF {
      emit(.space, from: 0, to: 3)
    } else if end >= 2, byte(0) ^ byte(1) == 1, byte(0) >= 0xFE {
      diagnostics.append(InvalidUTF8.utf16(span(0, 2)))
      emit(.unreadable, from: 0, to: end)
    }
  }

  private mutating func token() {
    let start = position
    let entry = entry(start)
    switch entry.byteClass {
    case .space: space()
    case .letter: word()
    case .punctuation:
      let kind = entry.punctuation
      if kind == .leftBrace { braceBalance += 1 }
      if kind == .rightBrace { braceBalance -= 1 }
      emit(kind, from: start, to: start + 1)
    case .digit: number(from: start, digits: start)
    case .hyphen: hyphen()
    case .star: star()
    case .slash: slash()
    case .quote: string(quoteLength: 1)
    case .backquote: quotedName()
    case .apostrophe: foreignString(closing: .straight)
    case .hash: hashComment()
    case .exclamation, .ampersand, .bar, .equal, .less, .greater: operatorToken()
    case .control: control()
    case .wide: wide()
    case .other: unexpectedCharacter()
    }
  }

  private mutating func space() {
    var upper = position
    while true {
      switch byte(upper) {
      case UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\t"): upper += 1
      case UInt8(ascii: "\r") where byte(upper + 1) == UInt8(ascii: "\n"): upper += 2
      default:
        if upper == position { control() } else { emit(.space, from: position, to: upper) }
        return
      }
    }
  }

  /// A name of ASCII letters ends where its bytes do; anything else is looked at scalar by scalar.
  private mutating func word() {
    let start = position
    var upper = start + 1
    while true {
      while isName(upper) { upper += 1 }
      let next = byte(upper)
      if next == UInt8(ascii: "-"), isName(upper + 1) {
        upper += 2
      } else if next == UInt8(ascii: "-") || next == UInt8(ascii: "*") || next >= 0x80 {
        return wideName(from: start, at: upper)
      } else {
        return emit(.word, from: start, to: upper, keyword: keywordCode(start, upper))
      }
    }
  }
}
