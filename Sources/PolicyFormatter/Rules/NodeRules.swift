import PolicySyntax

extension LayoutBuilder {
  /// Lays out a node wherever it stands; what is not listed has one space between its parts.
  mutating func node(_ node: NodeID) {
    switch tree.kind(node) {
    case .pattern, .place, .attributeReference, .setType: parts(of: node, areTight: true)
    case .serviceSet, .memberSet: set(node)
    case .actions: actions(node)
    case .oneOfType: oneOfType(node)
    case .annotation: annotation(node)
    case .list: list(node, line: hang)
    default: parts(of: node, areTight: false)
    }
  }

  private mutating func parts(of node: NodeID, areTight: Bool) {
    for (index, element) in tree.children(node).enumerated() {
      if areTight, index > 0 { tight() }
      self.element(element)
    }
  }

  func kind(_ element: SyntaxElement) -> NodeKind? {
    if case .node(let node) = element { tree.kind(node) } else { nil }
  }

  func isToken(_ element: SyntaxElement, _ kind: TokenKind) -> Bool {
    if case .token(let token) = element { tree.tokens.kind(token) == kind } else { false }
  }

  func keyword(_ element: SyntaxElement) -> Keyword? {
    if case .token(let token) = element { tree.tokens.keyword(token) } else { nil }
  }

  // MARK: - Lists

  /// Lays out items with commas between them; a line may be broken after a comma.
  mutating func items(_ elements: some Sequence<SyntaxElement>) {
    for element in elements {
      let isComma = isToken(element, .comma)
      if isComma { tight() }
      self.element(element)
      if isComma { soft() }
    }
  }

  /// `a, b` after a keyword, as many on a line as fit.
  mutating func filled(_ node: NodeID, hang: Int) {
    hanging(hang) { $0.group(.filled) { $0.items($0.tree.children(node)) } }
  }

  /// `{a, b}` in a pattern.
  private mutating func set(_ node: NodeID) {
    hanging(hang + 2) {
      $0.group(.filled) { builder in
        let elements = builder.tree.children(node)
        for (index, element) in elements.enumerated() {
          if case .token(let comma) = element, builder.isToken(element, .comma) {
            let isLast = builder.isToken(elements[index + 1], .rightBrace)
            if isLast { builder.leaveOut(comma) } else { builder.items([element]) }
          } else {
            if index == 1 || builder.isToken(element, .rightBrace) { builder.tight() }
            builder.element(element)
          }
        }
      }
    }
  }

  /// `[a, b]` on one line, or with a line for each element; the line that it is on begins at column
  /// `line`.
  mutating func list(_ node: NodeID, line: Int) {
    let elements = tree.children(node)
    let isEmpty = elements.count == 2
    hanging(line + 2) {
      $0.group(.whole) { builder in
        for (index, element) in elements.enumerated() {
          if case .token(let token) = element, builder.isToken(element, .comma) {
            let isLast = builder.isToken(elements[index + 1], .rightBracket)
            if isLast { builder.leaveOut(token) } else { builder.tight() }
            if isLast { continue }
          } else if builder.isToken(element, .rightBracket) {
            builder.closeBracket(line, isEmpty: isEmpty)
          } else if index == 1 {
            builder.gap(.allowed, spaces: 0, blanks: [.inside, .last])
          } else if index > 0 {
            builder.gap(.allowed, spaces: 1, blanks: .all)
          }
          builder.element(element)
        }
      }
    }
  }

  private mutating func closeBracket(_ line: Int, isEmpty: Bool) {
    let inside = hang
    hanging(line) {
      $0.gap(
        isEmpty ? .never : .allowed,
        spaces: 0,
        commentIndent: inside,
        blanks: isEmpty ? .inside : [.first, .inside]
      )
    }
  }

  // MARK: - Parts of declarations

  /// `"a" | "b"`, broken before a bar.
  private mutating func oneOfType(_ node: NodeID) {
    hanging(indent + 4) {
      $0.group(.filled) { builder in
        for element in builder.tree.children(node) {
          if builder.isToken(element, .bar) { builder.soft() }
          builder.element(element)
        }
      }
    }
  }

  private mutating func annotation(_ node: NodeID) {
    hanging(indent + 4) {
      $0.group(.filled) { builder in
        var isInside = false
        for (index, element) in builder.tree.children(node).enumerated() {
          if index == 1 || builder.isToken(element, .leftParenthesis)
            || builder.isToken(element, .rightParenthesis) || isInside && index == 3
          {
            builder.tight()
          }
          if builder.isToken(element, .leftParenthesis) { isInside = true }
          builder.items([element])
        }
      }
    }
  }
}
