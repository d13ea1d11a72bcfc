import PolicySyntax

extension LayoutBuilder {
  /// A declaration, or what stands in a block, at the beginning of a line.
  ///
  /// - Returns: Where its columns are, when it has any.
  @discardableResult
  mutating func item(_ node: NodeID) -> Cells? {
    switch tree.kind(node) {
    case .letDeclaration: letDeclaration(node)
    case .rule, .expectation, .assign, .canAssertion, .onlyAssertion, .holdsAssertion:
      statement(node)
    case .catalogue, .service, .policy, .test, .group, .ou, .unit, .member, .attribute,
      .attributeBlock:
      return headed(node)
    default: clause(node)
    }
    return nil
  }

  /// A name with what belongs to it, and perhaps a block.
  private mutating func headed(_ node: NodeID) -> Cells {
    let rest = annotations(of: node).flatMap { spliced($0, into: node) }
    let split = rest.firstIndex { isToken($0, .leftBrace) }.map { $0 + 1 } ?? rest.endIndex
    var cells = Cells(start: nextStep)
    hanging(indent + 2) { builder in
      guard builder.tree.kind(node) == .policy else {
        for element in rest[..<split] { builder.part(element, of: node, &cells) }
        return
      }
      // The words of the head are one line, or end before `includes`.
      builder.group(.clauses) {
        for element in rest[..<split] { $0.part(element, of: node, &cells) }
      }
    }
    var after = rest[split...]
    if let close = after.lastIndex(where: { isToken($0, .rightBrace) }),
      case .token(let brace) = rest[split - 1]
    {
      block(after[...close], after: brace, of: node)
      after = after[(close + 1)...]
    }
    for element in after { part(element, of: node, &cells) }
    cells.end = nextStep
    return cells
  }

  /// A block that is a node of its own is laid out as one that is not, and `ou` as its unit.
  private func spliced(_ element: SyntaxElement, into parent: NodeID) -> [SyntaxElement] {
    guard case .node(let node) = element else { return [element] }
    switch tree.kind(node) {
    case .memberBlock, .groupBlock: return tree.children(node)
    case .unit where tree.kind(parent) == .ou: return tree.children(node)
    default: return [element]
    }
  }

  private mutating func part(_ element: SyntaxElement, of parent: NodeID, _ cells: inout Cells) {
    switch element {
    case .token(let token):
      switch tree.tokens.kind(token) {
      case .comma: return leaveOut(token)
      case .colon: tight()
      case .leftBrace: column(tree.kind(parent) == .attributeBlock ? .attributes : .group, &cells)
      default: break
      }
      self.token(token)
    case .node(let node):
      switch tree.kind(node) {
      case .string where tree.kind(parent) != .test: column(.title, &cells)
      case .includes:
        soft()
        return filled(node, hang: indent + 4)
      default: break
      }
      self.node(node)
    }
  }

  /// Notes the first column of an item after its name.
  private mutating func column(_ kind: Cells.Kind, _ cells: inout Cells) {
    if cells.column == nil { cells.column = (kind, gap: nextStep) }
    space()
  }

  // MARK: - Blocks

  /// What stands between braces, and the brace that closes.
  ///
  /// A block that begins on the line of its brace stays on that line if it fits, and if nothing in it
  /// needs a line of its own. A catalogue, service or test, and a policy with more than one rule,
  /// have a line for each thing in them.
  private mutating func block(
    _ elements: ArraySlice<SyntaxElement>,
    after brace: TokenID,
    of node: NodeID
  ) {
    let outer = indent
    let inner = indent + 2
    let count = elements.count { kind($0) != nil }
    let first = isBroken(after: brace, of: node, count: count) ? Gap.Breaking.forced : .allowed
    group(.block) { builder in
      builder.indent = inner
      builder.hanging(inner) { $0.contents(elements, first: first) }
      builder.indent = outer
      builder.hanging(outer) {
        if count > 0 {
          $0.gap(.allowed, spaces: 1, commentIndent: inner, blanks: [.first, .inside])
        } else {
          $0.gap(.never, spaces: 0, commentIndent: inner, blanks: .inside)
        }
      }
      if let close = elements.last { builder.element(close) }
    }
  }

  private mutating func contents(_ elements: ArraySlice<SyntaxElement>, first: Gap.Breaking) {
    var columns = Columns(indent: indent)
    var rest = elements.dropLast()
    var isFirst = true
    while let element = rest.popFirst() {
      switch element {
      case .token(let comma): leaveOut(comma)
      case .node(let node):
        if isFirst {
          gap(first, spaces: 1, blanks: [.inside, .last])
        } else {
          gap(.allowed, spaces: 2, blanks: .all)
        }
        isFirst = false
        columns.next(after: nextStep - 1, in: layout)
        if tree.kind(node) == .asClause {
          who(node, &rest)
        } else if let cells = item(node) {
          columns.add(cells, in: layout)
        }
      }
    }
    for (gap, columns) in columns.paddings(in: layout) { pad(gap, by: columns) }
  }

  /// `as` and `in` of a test, on one line where they fit.
  private mutating func who(_ node: NodeID, _ rest: inout ArraySlice<SyntaxElement>) {
    group(.filled) { builder in
      builder.clause(node)
      guard case .node(let place) = rest.first, builder.tree.kind(place) == .placeList else {
        return
      }
      rest.removeFirst()
      builder.soft()
      builder.clause(place)
    }
  }

  private func isBroken(after brace: TokenID, of node: NodeID, count: Int) -> Bool {
    switch tree.kind(node) {
    case _ where count == 0: return false
    case .catalogue, .service, .test: return true
    case .policy where count > 1: return true
    default: break
    }
    var position = brace.position + 1
    while tree.tokens.kind(TokenID(position)).isTrivia {
      if tree.lineBreaks(in: TokenID(position)) > 0 { return true }
      position += 1
    }
    return false
  }
}
