import PolicySource
import PolicySyntax

/// Puts the declarations of a file together, each laid out by itself.
struct Assembly {
  private let tree: SyntaxTree
  private var pieces = Pieces()
  /// The position of the token placed last.
  private var last: Int?
  /// Whether that is the end of a declaration with a block of several lines; nil where it is unknown.
  private var lastIsTall: Bool?

  static func pieces(of parsed: Staged<SyntaxTree>) -> Pieces {
    var assembly = Assembly(tree: parsed.value)
    let segments = Segments(parsed).all
    var index = 0
    while index < segments.count {
      var end = index
      while end < segments.count, segments[end].isKept { end += 1 }
      if end > index {
        assembly.keep(segments[index], through: segments[end - 1])
        index = end
      } else {
        assembly.append(segments[index])
        index += 1
      }
    }
    return assembly.pieces
  }

  private init(tree: SyntaxTree) { self.tree = tree }

  /// Places segments as they are, with all that is between them.
  private mutating func keep(_ first: Segment, through end: Segment) {
    let lower = first.lineStart ?? tree.tokens.lower(TokenID(first.first))
    if let last, first.first > last {
      let trivia = Trivia(tree, tokens: last + 1..<first.first, followsToken: true)
      pieces.appendTrailing(trivia, of: tree)
    }
    let upper = tree.tokens.upper(TokenID(end.lineEnd))
    pieces.append(lower, upper, breaks: pieces.all.isEmpty ? 0 : 1, spaces: 0)
    last = end.lineEnd
    lastIsTall = nil
  }

  /// Lays out a declaration and the comments before it, or those at the end of the file.
  private mutating func append(_ segment: Segment) {
    let start = last.map { $0 + 1 } ?? 0
    let trivia = Trivia(tree, tokens: start..<segment.first, followsToken: last != nil)
    let firstPiece = pieces.all.count + (trivia.trailing == nil ? 0 : 1)
    let isAtStart = firstPiece == 0
    guard let node = segment.node else {
      let breaks = pieces.append(
        trivia,
        of: tree,
        indent: 0,
        blanks: isAtStart ? .inside : [.first, .inside]
      )
      let end = tree.tokens.upper(TokenID(segment.first))
      return pieces.append(end, end, breaks: pieces.all.isEmpty ? 0 : breaks, spaces: 0)
    }
    let breaks = pieces.append(
      trivia,
      of: tree,
      indent: 0,
      blanks: isAtStart ? [.inside, .last] : .all
    )
    var builder = LayoutBuilder(tree)
    builder.item(node)
    var printer = Printer(tree, space: (pieces.all.isEmpty ? 0 : breaks, 0))
    printer.print(builder.layout, after: &pieces)
    let isTall = printer.hasBrokenBlock
    if let lastIsTall, lastIsTall || isTall { pieces.insertBlankLine(before: firstPiece) }
    last = segment.last
    lastIsTall = isTall
  }
}
