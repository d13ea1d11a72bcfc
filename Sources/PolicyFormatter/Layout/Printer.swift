import PolicySource
import PolicySyntax

/// Places the tokens of a layout, breaking the lines that would be too long.
struct Printer {
  /// The widest line, in columns.
  static let limit = 100

  private enum Mode {
    case flat
    /// With how many lines there were at its beginning.
    case broken(GroupStyle, lines: Int)
  }

  private let tree: SyntaxTree
  private var pieces = Pieces()
  private var column = 0
  private var lines = 0
  private var modes: [Mode] = [.broken(.whole, lines: 0)]
  /// What stands before the next token.
  private var space: (breaks: Int, spaces: Int)
  /// Whether a block takes more than one line.
  private(set) var hasBrokenBlock = false

  /// A printer that places some space before the first token.
  init(_ tree: SyntaxTree, space: (breaks: Int, spaces: Int)) {
    self.tree = tree
    self.space = space
  }

  /// Places a declaration after what has been placed.
  ///
  /// - Complexity: O(steps).
  mutating func print(_ layout: Layout, after placed: inout Pieces) {
    swap(&pieces, &placed)
    defer { swap(&pieces, &placed) }
    let extents = layout.extents()
    for (index, step) in layout.steps.enumerated() {
      switch step {
      case .token(let token): place(token)
      case .gap(let gap): self.gap(gap, extent: extents[index])
      case .open(let style): open(style, extent: extents[index])
      case .close: modes.removeLast()
      }
    }
  }

  private var isFlat: Bool { if case .flat = modes[modes.count - 1] { true } else { false } }

  private mutating func open(_ style: GroupStyle, extent: Int) {
    guard !isFlat, column + extent > Self.limit else { return modes.append(.flat) }
    modes.append(.broken(style, lines: lines))
    if case .block = style { hasBrokenBlock = true }
  }

  private mutating func place(_ token: TokenID) {
    pieces.append(
      tree.tokens.lower(token),
      tree.tokens.upper(token),
      breaks: space.breaks,
      spaces: space.spaces
    )
    column += tree.width(token)
    space = (0, 0)
  }

  private mutating func gap(_ gap: Gap, extent: Int) {
    if breaksLine(gap, extent: extent) {
      let trivia = gap.trivia
      let breaks = pieces.append(
        trivia,
        of: tree,
        indent: gap.commentIndent,
        blanks: gap.blanks
      )
      space = (breaks, gap.indent)
      column = gap.indent
      lines += 1
    } else {
      let spaces = gap.spaces + (isFlat ? 0 : gap.padding)
      space = (0, spaces)
      column += spaces
    }
  }

  private func breaksLine(_ gap: Gap, extent: Int) -> Bool {
    guard gap.breaking == .allowed else { return gap.breaking == .forced }
    guard case .broken(let style, let start) = modes[modes.count - 1] else { return false }
    switch style {
    case .whole, .block: return true
    case .filled: return column + extent > Self.limit
    case .clauses: return lines > start || column + extent > Self.limit
    }
  }
}

extension Pieces {
  /// Places the comments before a token that begins a line; gives the line breaks after them.
  mutating func append(
    _ trivia: Trivia?,
    of tree: SyntaxTree,
    indent: Int,
    blanks: Blanks
  ) -> Int {
    guard let trivia else { return 1 }
    appendTrailing(trivia, of: tree)
    for (index, comment) in trivia.own.enumerated() {
      let place: Blanks = index == 0 ? .first : .inside
      let isBlank = comment.breaksBefore > 1 && blanks.contains(place)
      let breaks = all.isEmpty ? 0 : isBlank ? 2 : 1
      append(comment.token, of: tree, breaks: breaks, spaces: indent)
    }
    let place: Blanks = trivia.own.isEmpty ? [.first, .last] : .last
    return trivia.breaksAtEnd > 1 && blanks.contains(place) ? 2 : 1
  }

  /// Places the comment at the end of a line.
  mutating func appendTrailing(_ trivia: Trivia, of tree: SyntaxTree) {
    if let trailing = trivia.trailing { append(trailing.token, of: tree, breaks: 0, spaces: 2) }
  }

  /// Places a comment without the blanks at its end.
  private mutating func append(_ comment: TokenID, of tree: SyntaxTree, breaks: Int, spaces: Int) {
    let lower = tree.tokens.lower(comment)
    var upper = tree.tokens.upper(comment)
    while upper > lower + 2, [0x20, 0x09].contains(tree.source.bytes[Int(upper) - 1]) { upper -= 1 }
    append(lower, upper, breaks: breaks, spaces: spaces)
  }
}
