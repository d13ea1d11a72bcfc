import PolicySource

extension Parser {
  /// What the next token is, for a message.
  var found: String {
    if kind == .endOfFile { return "the end of the file" }
    let text = text(at: position)
    return text.utf8.count <= 40 ? "`\(text)`" : kind == .string ? "a string" : "a long name"
  }

  /// Where something is missing: at the next token, or after the last when that ended its line.
  var gap: SourceSpan {
    kind == .endOfFile || position > 0 && lastUpper > 0 && isFirstOnLine(position) ? lastEnd : here
  }

  /// Reports that the next token is not what the grammar wants: that something is missing before
  /// it, or that it is the stranger itself.
  mutating func unexpected(
    _ expected: String,
    help: String? = nil,
    insert: String? = nil,
    words: [Keyword] = [],
    isStranger: Bool = false
  ) {
    let meant = meantWords(words)
    let insertion = insert.map {
      Fix("insert `\($0.drop { $0 == " " })`", [Edit(lastEnd, $0)], isSafe: false)
    }
    let replacement =
      meant.count == 1
      ? meant.first.map {
        Fix("write `\($0)`", [Edit(here, $0)], isSafe: false)
      } : nil
    report(
      UnexpectedToken.finding(
        isStranger ? here : gap,
        expected: expected,
        found: found,
        help: help ?? Suggestion.question(meant),
        fix: insertion ?? replacement
      )
    )
  }

  /// The words that the next token may have been meant to be.
  private func meantWords(_ words: [Keyword]) -> [String] {
    guard kind == .word, !hasReported else { return [] }
    let text = text(at: position)
    guard text.utf8.count > 2 else { return text == "if" && words.contains(.when) ? ["when"] : [] }
    if let synonym = UnexpectedToken.synonyms[text], words.contains(synonym) {
      return [synonym.rawValue]
    }
    return Suggestion.nearest(to: text, among: words.map(\.rawValue))
  }

  /// Consumes a token of punctuation, or reports that it is missing.
  mutating func expect(_ wanted: TokenKind, _ spelling: String) {
    if !eat(wanted) { unexpected("`\(spelling)`", insert: spelling) }
  }

  // MARK: - Skipping

  /// Skips what fits nowhere, blocks as a whole, up to a `}` or a token that the caller knows.
  mutating func skip(until stops: (borrowing Parser) -> Bool) {
    let mark = open()
    while kind != .endOfFile, kind != .rightBrace, !stops(self) { skipOne() }
    if !isEmpty(mark) { close(mark, .error) }
  }

  /// Skips one token, or a block with all that is in it.
  ///
  /// Where the file lacks a `}`, it is the `{` that is one too many.
  mutating func skipOne() {
    if at(.leftBrace), missingBraces > 0 {
      missingBraces -= 1
      bump()
    } else if at(.leftBrace) {
      skipBalanced(.leftBrace, .rightBrace)
    } else {
      bump()
    }
  }

  /// Skips from an opening bracket to the one that closes it, without recursion.
  mutating func skipBalanced(_ opening: TokenKind, _ closing: TokenKind) {
    var level = 0
    repeat {
      if kind == opening { level += 1 }
      if kind == closing { level -= 1 }
      bump()
      if missingBraces > 0, startsDeclarationLine {
        missingBraces -= level
        return
      }
    } while level > 0 && kind != .endOfFile
      && !(opening != .leftBrace && (kind == .leftBrace || kind == .rightBrace))
    if level > 0 { silence() }
  }

  // MARK: - Layout, which is asked only when something is wrong

  func isFirstOnLine(_ position: Int) -> Bool {
    var offset = Int(tokens.lower(TokenID(position)))
    while offset > 0 {
      switch source.bytes[offset - 1] {
      case UInt8(ascii: " "), UInt8(ascii: "\t"): offset -= 1
      default: return source.bytes[offset - 1] == UInt8(ascii: "\n")
      }
    }
    return true
  }

  /// Whether the token read last ends with a character of ASCII.
  func lastWas(_ character: Unicode.Scalar) -> Bool {
    lastUpper > 0 && source.bytes[Int(lastUpper) - 1] == UInt8(ascii: character)
  }

  /// How many bytes of its line are before a token.
  func column(_ position: Int) -> Int {
    let lower = tokens.lower(TokenID(position))
    return Int(lower - source.lineStarts[source.lineIndex(of: lower)])
  }

  /// How far the line is indented that the token read last is on.
  var lastIndentation: Int {
    var before = position - 1
    while before > 0, tokens.kinds[before].isTrivia { before -= 1 }
    return before < 0 ? 0 : indentation(before)
  }

  /// How much indentation is told apart, so that asking takes constant time.
  private static let widestIndentation = 200

  /// How far the line of a token is indented.
  func indentation(_ position: Int) -> Int {
    let line = source.lineBytes(source.lineIndex(of: tokens.lower(TokenID(position))))
    return line.prefix(Self.widestIndentation).prefix {
      $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t")
    }.count
  }

  // MARK: - Where declarations begin

  /// Whether the tokens from here on, or after annotations, look like a declaration.
  func startsDeclaration() -> Bool {
    let start = at(.at) ? afterAnnotations(position) : position
    let next = following(start)
    let isName = kind(at: next) == .word || kind(at: next) == .quotedName
    let isBrace = kind(at: next) == .leftBrace
    switch keyword(at: start) {
    case .builtIn: return keyword(at: next) == .policy || keyword(at: next) == .role
    case .catalogue, .policy, .role: return isName || kind(at: next) == .string || isBrace
    case .group, .ou: return isName || kind(at: next) == .string
    case .let: return isName || kind(at: next) == .equal
    case .assign, .assert: return isName
    case .test: return kind(at: next) == .string || isBrace
    default: return false
    }
  }

  /// Whether a declaration begins here at the start of a line, no further in than the last one did.
  ///
  /// After a mistake only: the words that begin declarations may also be names.
  var startsDeclarationLine: Bool {
    startsDeclaration() && isFirstOnLine(position)
      && column(position) <= indentation(declarationStart)
  }

  /// Whether a declaration begins here where a name should stand: no name is followed by what
  /// follows this one.
  func startsDeclaration(insteadOfNameBefore followers: TokenSet) -> Bool {
    startsDeclaration() && !at(followers, 1) && !at(TokenSet.afterItem, 1) && peek() != .equal
  }

  /// The position of the next token after another.
  func following(_ position: Int) -> Int {
    guard tokens.kinds[position] != .endOfFile else { return position }
    var result = position
    repeat { result += 1 } while tokens.kinds[result].isTrivia
    return result
  }

  /// How many tokens of annotations are looked past, so that looking takes constant time.
  private static let annotationLookahead = 64

  /// The first token after a run of annotations.
  func afterAnnotations(_ start: Int) -> Int {
    guard kind(at: start) == .at else { return start }
    var result = start
    var isInside = false
    for _ in 0..<Self.annotationLookahead {
      switch kind(at: result) {
      case .at: result = following(result)
      case .leftParenthesis: isInside = true
      case .rightParenthesis: isInside = false
      case .endOfFile, .leftBrace, .rightBrace: return result
      default: break
      }
      result = following(result)
      let next = kind(at: result)
      if !isInside, next != .at, next != .leftParenthesis { return result }
    }
    return result
  }
}
