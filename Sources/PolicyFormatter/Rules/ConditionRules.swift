import PolicySyntax

extension LayoutBuilder {
  /// `when` or `unless` and its condition.
  mutating func conditionClause(_ node: NodeID) {
    let line = hang
    for element in tree.children(node) {
      switch element {
      case .token(let token): self.token(token)
      case .node(let condition): self.condition(condition, line: line, operators: line + 2)
      }
    }
  }

  /// A condition; one that does not fit is broken before every operator of its outermost level.
  ///
  /// The line that it is on begins at column `line`; lines that are broken before `and` and `or`
  /// begin at column `operators`.
  mutating func condition(_ node: NodeID, line: Int, operators: Int) {
    switch tree.kind(node) {
    case .orCondition, .andCondition: operands(node, operators: operators)
    case .parenthesised: parenthesised(node, line: line)
    case .notCondition:
      for element in tree.children(node) {
        switch element {
        case .token(let token): self.token(token)
        case .node(let node): condition(node, line: line, operators: operators)
        }
      }
    default:
      hanging(line) { $0.node(node) }
    }
  }

  private mutating func operands(_ node: NodeID, operators: Int) {
    hanging(operators) {
      $0.group(.whole) { builder in
        for element in builder.tree.children(node) {
          switch element {
          case .token(let token):
            builder.soft()
            builder.token(token)
          case .node(let node): builder.condition(node, line: operators, operators: operators + 2)
          }
        }
      }
    }
  }

  /// `(a or b)`; where it does not fit, with lines of its own for what is inside.
  private mutating func parenthesised(_ node: NodeID, line: Int) {
    group(.whole) { builder in
      for element in builder.tree.children(node) {
        if builder.isToken(element, .rightParenthesis) {
          builder.hanging(line) { $0.gap(.allowed, spaces: 0, commentIndent: line + 2) }
        }
        switch element {
        case .token(let token): builder.token(token)
        case .node(let node):
          builder.hanging(line + 2) {
            $0.soft(0)
            $0.condition(node, line: line + 2, operators: line + 2)
          }
        }
      }
    }
  }
}
