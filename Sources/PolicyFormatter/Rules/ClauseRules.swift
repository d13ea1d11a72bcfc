import PolicySyntax

extension LayoutBuilder {
  /// Lays out the annotations before a declaration or member, each on a line of its own, and gives
  /// what follows them.
  mutating func annotations(of node: NodeID) -> ArraySlice<SyntaxElement> {
    var rest = tree.children(node)[...]
    hanging(indent) { builder in
      while let first = rest.first, builder.kind(first) == .annotation {
        builder.element(first)
        builder.line()
        rest.removeFirst()
      }
    }
    return rest
  }

  /// A rule, expectation, assignment or assertion: words and lists, then clauses.
  ///
  /// Clauses stay on the first line while they fit; from the first that does not, each has a line of
  /// its own. So has a reason that stands beside other clauses.
  mutating func statement(_ node: NodeID) {
    let rest = annotations(of: node)
    let hasClauses = rest.contains { kind($0).map(Self.isClause) ?? false }
    hanging(indent + 2) {
      $0.group(.clauses) { builder in
        var rest = rest
        while let element = rest.first {
          let list = rest.prefix { builder.isItem($0) }
          if list.isEmpty {
            rest.removeFirst()
            builder.word(element, beside: hasClauses)
          } else {
            rest = rest.dropFirst(list.count)
            builder.hanging(builder.indent + 4) { $0.group(.filled) { $0.items(list) } }
          }
        }
      }
    }
  }

  /// Whether a child of a statement is part of a list of names or subjects.
  private func isItem(_ element: SyntaxElement) -> Bool {
    switch kind(element) {
    case .name, .subject: true
    default: isToken(element, .comma)
    }
  }

  private mutating func word(_ element: SyntaxElement, beside hasClauses: Bool) {
    switch element {
    case .token(let token):
      switch tree.tokens.keyword(token) {
      case .to, .can, .cannot: soft()
      default: break
      }
      self.token(token)
    case .node(let node):
      switch tree.kind(node) {
      case .actions: break
      case .becauseClause where hasClauses: line()
      default: soft()
      }
      clause(node)
    }
  }

  private static func isClause(_ kind: NodeKind) -> Bool {
    switch kind {
    case .whenClause, .unlessClause, .placeList, .withClause: true
    default: false
    }
  }

  /// A clause where it has been decided what stands before it.
  mutating func clause(_ node: NodeID) {
    switch tree.kind(node) {
    case .whenClause, .unlessClause: conditionClause(node)
    case .placeList: filled(node, hang: indent + 4)
    // Items stand below each other, after `as ` and `with `.
    case .asClause: filled(node, hang: hang + 3)
    case .withClause: filled(node, hang: hang + 5)
    default: self.node(node)
    }
  }

  /// Patterns, then `except` and patterns; as many on a line as fit.
  mutating func actions(_ node: NodeID) {
    hanging(indent + 4) {
      $0.group(.filled) { builder in
        for element in builder.tree.children(node) {
          if case .node(let except) = element, builder.tree.kind(except) == .exceptClause {
            builder.soft()
            builder.filled(except, hang: builder.hang)
          } else {
            builder.items([element])
          }
        }
      }
    }
  }

  /// `let name = …`: a list stays on the line, a condition may have the next.
  mutating func letDeclaration(_ node: NodeID) {
    let rest = annotations(of: node)
    hanging(indent + 2) {
      $0.group(.whole) { builder in
        for (offset, element) in rest.enumerated() {
          guard case .node(let node) = element, offset > 1 else {
            builder.element(element)
            continue
          }
          if builder.tree.kind(node) == .list {
            builder.list(node, line: builder.indent)
          } else {
            builder.soft()
            builder.condition(node, line: builder.hang, operators: builder.hang)
          }
        }
      }
    }
  }
}
