import PolicySource

/// A recursive-descent parser: one method for each production of the grammar, named after it.
///
/// A method that is `mutating` consumes. A production named `optional…` may consume nothing; any
/// other consumes or reports. The parser reports at most once at one token, so that one mistake is
/// one message.
struct Parser {
  let source: SourceFile
  let file: FileID
  private(set) var tokens: TokenList
  private(set) var diagnostics: [Diagnostic] = []
  /// Where the lexer reported the spelling of an operator that turned out to be another.
  private var withdrawn: Set<SourceSpan> = []
  private var respellings: [Diagnostic] = []
  private var tree: TreeBuilder

  /// The token to be read next; never one that is passed over.
  private(set) var position = 0
  private(set) var kind = TokenKind.endOfFile
  private(set) var keyword: Keyword?
  private(set) var code: UInt8 = 0
  /// Where the token read last ends.
  private(set) var lastUpper: UInt32 = 0

  /// The token at which something was reported last, and the line on which it is shown.
  private var reportedPosition = -1
  private var reportedLine = -1
  /// How often something unexpected was met, whether it was said or not.
  private(set) var mistakes = 0
  /// How many levels of parentheses, `not`, members and units are open.
  private var depth = 0
  /// Where the last declaration began.
  var declarationStart = 0
  /// How many `}` the file lacks, or how many it has too many when negative.
  var missingBraces: Int

  init(_ source: SourceFile, _ file: FileID, _ lexed: LexedFile) {
    self.source = source
    self.file = file
    tokens = lexed.tokens
    diagnostics = lexed.diagnostics
    missingBraces = lexed.braceBalance
    tree = TreeBuilder(expecting: lexed.tokens.count / 2)
    position = -1
    advance()
  }

  /// The tree of a file whose program has been parsed, and all that is said about the file.
  consuming func finish() -> Staged<SyntaxTree> {
    let kept = diagnostics.filter {
      $0.code != .operatorSpelling || !withdrawn.contains($0.primary.span)
    }
    let all = (kept + respellings).inSourceOrder()
    return Staged(tree.finish(file, source, tokens), all)
  }

  // MARK: - Cursor

  private mutating func advance() {
    repeat { position += 1 } while tokens.kinds[position].isTrivia
    kind = tokens.kinds[position]
    code = tokens.keywords[position]
    keyword = code == 0 ? nil : tokens.keyword(TokenID(position))
  }

  /// The position of the n-th token after the next one; the end of the file has no other after it.
  func ahead(_ count: Int) -> Int {
    var result = position
    for _ in 0..<count where tokens.kinds[result] != .endOfFile {
      repeat { result += 1 } while tokens.kinds[result].isTrivia
    }
    return result
  }

  func kind(at position: Int) -> TokenKind { tokens.kinds[position] }

  func keyword(at position: Int) -> Keyword? { tokens.keyword(TokenID(position)) }

  func peek(_ count: Int = 1) -> TokenKind { kind(at: ahead(count)) }

  func peekKeyword(_ count: Int = 1) -> Keyword? { keyword(at: ahead(count)) }

  func at(_ wanted: TokenKind) -> Bool { kind == wanted }

  func at(_ wanted: Keyword) -> Bool { keyword == wanted }

  func at(_ set: TokenSet) -> Bool { set.contains(kind, code) }

  func at(_ set: TokenSet, _ count: Int) -> Bool {
    let position = ahead(count)
    return set.contains(tokens.kinds[position], tokens.keywords[position])
  }

  /// Consumes the next token.
  mutating func bump() {
    precondition(kind != .endOfFile, "there is nothing to read after the end of the file")
    let token = TokenID(position)
    let upper = tokens.upper(token)
    tree.append(token, lower: tokens.lower(token), upper: upper)
    lastUpper = upper
    advance()
  }

  mutating func eat(_ wanted: TokenKind) -> Bool {
    guard kind == wanted else { return false }
    bump()
    return true
  }

  mutating func eat(_ wanted: Keyword) -> Bool {
    guard keyword == wanted else { return false }
    bump()
    return true
  }

  /// Makes of the next token what it was meant to be.
  mutating func reclassify(as meant: TokenKind) {
    tokens.reclassify(TokenID(position), as: meant)
    kind = meant
  }

  // MARK: - Nodes

  func open() -> Mark { tree.open() }

  mutating func close(_ mark: Mark, _ kind: NodeKind) {
    tree.close(mark, kind, point: lastUpper)
  }

  /// A node of the next token alone.
  mutating func leaf(_ kind: NodeKind) {
    let mark = open()
    bump()
    close(mark, kind)
  }

  func isEmpty(_ mark: Mark) -> Bool { tree.isEmpty(mark) }

  /// The place of all that was read since a mark.
  func span(_ mark: Mark) -> SourceSpan {
    guard !tree.isEmpty(mark) else { return lastEnd }
    let (lower, upper) = tree.range(mark)
    return SourceSpan(file: file, lower: lower, upper: upper)
  }

  /// Where the node or token made last begins.
  var lastNodeLower: UInt32 { tree.lastLower }

  // MARK: - Places

  /// The place of the next token.
  var here: SourceSpan { span(at: position) }

  /// The point after the token read last.
  var lastEnd: SourceSpan { SourceSpan(file: file, lower: lastUpper, upper: lastUpper) }

  func span(at position: Int) -> SourceSpan {
    let token = TokenID(position)
    return SourceSpan(file: file, lower: tokens.lower(token), upper: tokens.upper(token))
  }

  func text(at position: Int) -> String {
    let span = span(at: position)
    return source.text(span.lower, span.upper)
  }

  // MARK: - Reports

  /// Reports something about the next token, unless the token or its line has been reported: what
  /// follows a mistake on its line is mostly a consequence of it.
  mutating func report(_ finding: Diagnostic) {
    mistakes += 1
    guard reportedPosition != position else { return }
    reportedPosition = position
    let line = source.lineIndex(of: finding.primary.span.lower)
    guard line != reportedLine, !isUnreadable(line) else { return }
    reportedLine = line
    diagnostics.append(finding)
  }

  /// Whether the lexer has reported something on a line between the last token and the next.
  private func isUnreadable(_ line: Int) -> Bool {
    var before = position - 1
    while before >= 0, tokens.kinds[before].isTrivia {
      if tokens.kinds[before] == .unreadable,
        source.lineIndex(of: tokens.lowers[before]) == line
      {
        return true
      }
      before -= 1
    }
    return false
  }

  /// Whether something has been reported on the line of the next token.
  var hasReportedLine: Bool { source.lineIndex(of: here.lower) == reportedLine }

  /// Reports something about text that is understood all the same.
  mutating func note(_ finding: Diagnostic) { diagnostics.append(finding) }

  /// Takes back what the lexer said about an operator that means something else here.
  mutating func withdrawSpelling(at span: SourceSpan) { withdrawn.insert(span) }

  /// Corrects what the lexer said about an operator that has another spelling here.
  mutating func respell(at span: SourceSpan, as spelling: String) {
    withdrawSpelling(at: span)
    let text = source.text(span.lower, span.upper)
    respellings.append(
      OperatorSpelling.finding(span, text: text, spelling, replacement: spelling)
    )
  }

  /// Whether something has been reported at the next token.
  var hasReported: Bool { reportedPosition == position }

  /// Lets nothing more be said about the next token.
  mutating func silence() { reportedPosition = position }

  // MARK: - Depth

  static let depthLimit = 256

  /// Goes one level deeper, if that is allowed; past the limit it is reported, and the caller skips.
  mutating func enter() -> Bool {
    guard depth < Self.depthLimit else {
      report(NestingTooDeep.finding(here, limit: Self.depthLimit))
      return false
    }
    depth += 1
    return true
  }

  mutating func leave() { depth -= 1 }
}
