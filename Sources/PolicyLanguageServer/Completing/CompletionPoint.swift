import PolicySource
import PolicySyntax

/// The place at which something is to be completed, and a way to try what may stand there.
///
/// Words are tried out: the text before the place is parsed with the word after it, and the word is
/// legal where the parser takes it for what it is meant to be. So there is no second description of
/// the grammar. Of the text before only what bears on the place is kept: of the rules, members or
/// declarations around it the last one, so that a trial takes microseconds in a file of any size.
struct CompletionPoint {
  /// Where the word begins that is being written, and where it is completed.
  let start: Int
  let offset: Int

  /// The text before the word, without most of what bears no relation to it.
  private let prefix: [UInt8]
  /// Closes the brackets that are open there.
  private let closing: [UInt8]
  /// Where the last token before the word begins, in the prefix.
  private let lastToken: Int

  /// Nil inside strings and comments, where nothing is completed.
  init?(_ tree: SyntaxTree, at offset: Int) {
    let bytes = tree.source.bytes
    var start = offset
    while start > 0, Self.isNameByte(bytes[start - 1]) { start -= 1 }
    if start > 0, bytes[start - 1] == UInt8(ascii: "`") { start -= 1 }
    let inside = tree.tokens.position(at: UInt32(max(0, offset - 1)))
    let token = TokenID(inside)
    if offset > 0 {
      switch tree.tokens.kind(token) {
      case .comment, .documentation: return nil
      case .string where Int(tree.tokens.upper(token)) > offset: return nil
      case .string
      where Int(tree.tokens.lower(token)) < offset
        && bytes[offset - 1] != UInt8(ascii: "\""):
        return nil
      default: break
      }
    }
    self.start = start
    self.offset = offset
    let dropped = Self.dropped(tree.root, before: start, in: tree)
    var prefix: [UInt8] = []
    var place = 0
    for span in dropped {
      prefix += bytes[place..<max(place, Int(span.lower))]
      place = max(place, Int(span.upper))
    }
    prefix += bytes[min(place, start)..<start]
    self.prefix = prefix
    let lexed = parse(SourceFile(path: "", bytes: prefix), as: FileID(0)).value
    closing = Self.closing(lexed)
    let last = (0..<lexed.tokens.count).last { position in
      let kind = lexed.tokens.kind(TokenID(position))
      return kind != .endOfFile && !kind.isTrivia
    }
    lastToken = last.map { Int(lexed.tokens.lower(TokenID($0))) } ?? 0
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"), 0x80...:
      true
    default: false
    }
  }

  private static let items: Set<NodeKind> = [
    .catalogue, .policy, .letDeclaration, .group, .ou, .assign, .test, .canAssertion,
    .onlyAssertion, .holdsAssertion, .error, .rule, .member, .service, .attribute, .attributeBlock,
    .unit, .memberSubject, .expectation,
  ]

  /// The items that end before the place, but for the last of each block.
  private static func dropped(
    _ node: NodeID,
    before start: Int,
    in tree: SyntaxTree
  ) -> [SourceSpan] {
    let before = tree.nodes(node).filter { Int(tree.span($0).lower) < start }
    let ended = before.filter {
      items.contains(tree.kind($0)) && Int(tree.span($0).upper) <= start
    }
    var result: [SourceSpan] = []
    for child in before {
      if ended.contains(child), child != before.last {
        result.append(tree.span(child))
      } else {
        result += dropped(child, before: start, in: tree)
      }
    }
    return result
  }

  private static func closing(_ tree: SyntaxTree) -> [UInt8] {
    var open: [UInt8] = []
    for position in 0..<tree.tokens.count {
      switch tree.tokens.kind(TokenID(position)) {
      case .leftBrace: open.append(UInt8(ascii: "}"))
      case .leftBracket: open.append(UInt8(ascii: "]"))
      case .leftParenthesis: open.append(UInt8(ascii: ")"))
      case .rightBrace, .rightBracket, .rightParenthesis: _ = open.popLast()
      default: break
      }
    }
    return [UInt8(ascii: "\n")] + open.reversed()
  }

  /// What the parser makes of a word at the place: the nodes around it, the innermost last; nil
  /// where it makes nothing of it.
  func trial(_ word: String) -> Trial? {
    let lower = prefix.count
    let upper = lower + word.utf8.count
    let source = SourceFile(path: "", bytes: prefix + Array(word.utf8) + closing)
    let parsed = parse(source, as: FileID(0))
    let isWrong = parsed.diagnostics.contains { finding in
      let place = Int(finding.primary.span.lower)
      // An annotation that is being written has nothing behind it yet.
      return finding.severity == .error && finding.code != .misplacedAnnotation
        && place >= lastToken && place < upper
    }
    guard !isWrong else { return nil }
    let path = parsed.value.path(at: lower + 1)
    let kinds = path.map { parsed.value.kind($0) }
    guard !kinds.contains(.error) || kinds.contains(.annotation) else { return nil }
    return Trial(tree: parsed.value, path: path)
  }
}

/// A word that the parser took.
struct Trial {
  let tree: SyntaxTree
  let path: [NodeID]

  var innermost: NodeKind { path.last.map { tree.kind($0) } ?? .program }

  /// The node around the innermost.
  var parent: NodeID? { path.dropLast().last }

  /// The innermost node of a kind.
  func around(_ kind: NodeKind) -> NodeID? { path.last { tree.kind($0) == kind } }
}
