import PolicySource
import PolicySyntax

/// Turns a declaration into the steps of its layout.
///
/// Every method goes through the children of a node in their order, so that no token can be lost or
/// moved; only what stands between tokens is decided.
struct LayoutBuilder {
  let tree: SyntaxTree
  private(set) var layout = Layout()
  /// The column at which the line of the current item begins.
  var indent = 0
  /// The column at which a line begins that is broken here.
  var hang = 0
  /// Whether it has been decided what stands before the next token.
  private var isDecided = true
  /// The position of the token laid out last.
  private var last: Int?
  /// The position of the token laid out or left out last.
  private var passed = -1

  init(_ tree: SyntaxTree) { self.tree = tree }

  // MARK: - Gaps

  /// Decides what stands before the next token; without a decision it is one space.
  ///
  /// A comment forces a line break.
  mutating func gap(
    _ breaking: Gap.Breaking,
    spaces: Int,
    commentIndent: Int? = nil,
    blanks: Blanks = []
  ) {
    guard !isDecided, let last else { return }
    isDecided = true
    var gap = Gap(
      breaking: breaking,
      spaces: spaces,
      indent: hang,
      commentIndent: commentIndent ?? hang,
      blanks: blanks
    )
    let range = last + 1..<nextToken
    if !blanks.isEmpty || hasComment(range) {
      let trivia = Trivia(tree, tokens: range, followsToken: true)
      if trivia.hasComments { gap.breaking = .forced }
      gap.trivia = trivia
    }
    layout.append(.gap(gap), width: gap.breaking == .forced ? Layout.forcedWidth : spaces)
  }

  /// The position of the next token that is not left out.
  private var nextToken: Int {
    var position = passed + 1
    while tree.tokens.kind(TokenID(position)).isTrivia { position += 1 }
    return position
  }

  private func hasComment(_ range: Range<Int>) -> Bool {
    range.contains { position in
      let kind = tree.tokens.kind(TokenID(position))
      return kind == .comment || kind == .documentation
    }
  }

  mutating func tight() { gap(.never, spaces: 0) }
  mutating func space() { gap(.never, spaces: 1) }
  mutating func soft(_ spaces: Int = 1) { gap(.allowed, spaces: spaces) }
  mutating func line() { gap(.forced, spaces: 1) }

  /// The step of the gap that is decided next.
  var nextStep: Int { layout.steps.count }

  // MARK: - Groups

  mutating func group(_ style: GroupStyle, _ body: (inout LayoutBuilder) -> Void) {
    layout.append(.open(style))
    body(&self)
    layout.append(.close)
  }

  /// Lets lines that are broken in the body begin at another column.
  mutating func hanging(_ column: Int, _ body: (inout LayoutBuilder) -> Void) {
    let outer = hang
    hang = column
    body(&self)
    hang = outer
  }

  mutating func pad(_ step: Int, by columns: Int) { layout.pad(step, by: columns) }

  // MARK: - Tokens

  mutating func token(_ token: TokenID) {
    space()
    layout.append(.token(token), width: tree.width(token))
    last = token.position
    passed = token.position
    isDecided = false
  }

  /// Leaves a comma out; the comments around it stay.
  mutating func leaveOut(_ token: TokenID) { passed = token.position }

  /// Lays out a child; what stands within a node is decided by its kind.
  mutating func element(_ element: SyntaxElement) {
    switch element {
    case .token(let token): self.token(token)
    case .node(let node): self.node(node)
    }
  }
}
