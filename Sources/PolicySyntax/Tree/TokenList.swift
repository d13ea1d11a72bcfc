/// The kinds of tokens; every byte of a file is in exactly one token.
package enum TokenKind: UInt8, CaseIterable, Sendable {
  // Between the tokens that the parser sees.
  case space
  /// `// …` to the end of the line.
  case comment
  /// `/// …` to the end of the line.
  case documentation
  /// Bytes that begin no token; reported by the lexer.
  case unreadable

  // What the parser sees.
  /// A plain name or keyword.
  case word
  /// A name between backquotes.
  case quotedName
  /// A name with stars in it.
  case glob
  /// `*` alone.
  case star
  case string
  case integer
  case leftBrace, rightBrace, leftBracket, rightBracket, leftParenthesis, rightParenthesis
  case comma, dot, colon, at, bar, slash
  case equal, equalEqual, notEqual, less, lessOrEqual, greater, greaterOrEqual
  case endOfFile

  /// Whether the parser passes over it.
  package var isTrivia: Bool { rawValue <= TokenKind.unreadable.rawValue }
}

/// The words that mean something somewhere; all of them may also be names.
package enum Keyword: String, CaseIterable, Sendable {
  case catalogue, service, principal, context, resource
  case policy, role, builtIn = "built-in", includes, allow, deny, except, when, unless, because
  case `let`, group, ou, assign, to, `in`, test, `as`, with, assert, can, cannot, only, nobody
  case holds, anyone, everyone, anonymous, outside, user, serviceAccount = "service-account"
  case and, or, not, has, `is`, like, under, contains, any, all, `true`, `false`
}

/// A token as the lexer writes it.
struct PackedToken {
  let lower: UInt32
  let kind: TokenKind
  let keyword: UInt8
}

/// The tokens of one file as parallel arrays, comments and spaces included.
package struct TokenList: Sendable {
  private(set) var kinds: [TokenKind]
  /// 0 for no keyword, else the keyword's position in `Keyword.allCases` plus 1.
  let keywords: [UInt8]
  /// The offset of each token's first byte; a token ends where the next begins.
  let lowers: [UInt32]
  /// The length of the file.
  let length: UInt32

  private static let keywordTable = Keyword.allCases

  /// Unpacks what the lexer wrote: a token is written as one word, and read as three.
  ///
  /// - Complexity: O(tokens).
  init(_ packed: [PackedToken], length: UInt32) {
    kinds = Self.column(packed) { $0.kind }
    keywords = Self.column(packed) { $0.keyword }
    lowers = Self.column(packed) { $0.lower }
    self.length = length
  }

  private static func column<Part>(
    _ packed: [PackedToken],
    _ part: (PackedToken) -> Part
  ) -> [Part] {
    unsafe Array(unsafeUninitializedCapacity: packed.count) { buffer, count in
      for index in packed.indices {
        unsafe buffer.initializeElement(at: index, to: part(packed[index]))
      }
      count = packed.count
    }
  }

  package var count: Int { kinds.count }

  package func kind(_ token: TokenID) -> TokenKind { kinds[token.position] }

  package func keyword(_ token: TokenID) -> Keyword? {
    let raw = keywords[token.position]
    return raw == 0 ? nil : Self.keywordTable[Int(raw) - 1]
  }

  package func lower(_ token: TokenID) -> UInt32 { lowers[token.position] }

  package func upper(_ token: TokenID) -> UInt32 {
    token.position + 1 < lowers.count ? lowers[token.position + 1] : length
  }

  /// Makes of a token what it was meant to be; its mistake has been reported.
  mutating func reclassify(_ token: TokenID, as kind: TokenKind) { kinds[token.position] = kind }
}
