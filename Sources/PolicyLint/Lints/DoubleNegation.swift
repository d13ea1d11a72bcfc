import PolicySource
import PolicySyntax

/// Finds negations of negations.
enum DoubleNegation {
  static let lint = Lint(page, needs: .tree, find: findings)

  static let page = CodePage(
    .doubleNegation,
    finds: "a negation of a negation",
    explanation: """
      `not (a != b)` is `a == b`, `not (x not in y)` is `x in y`, and `unless not c` is `when c`: in \
      the logic of conditions these are the same even where information is missing. What is \
      reported is a `not` before another negation, and an `unless` before a `not`; the fix takes \
      both away, and changes no decision. (An `unless` before `!=` or `not in` is left alone.)
      """,
    given: CodePage.portal,
    bad: """
      role Operator { allow device.delete when not (context.ip not in ["10.0.0.0/8"]) }
      """,
    good: """
      role Operator { allow device.delete when context.ip in ["10.0.0.0/8"] }
      """,
    severity: .warning
  )

  static func findings(_ context: LintContext) -> [Diagnostic] {
    context.trees.flatMap { tree in
      var paired: Set<NodeID> = []
      // Outer negations come after inner ones in the tree, and are looked at first.
      var found = tree.allNodes(.notCondition).reversed().compactMap { node in
        pair(node, in: tree, &paired)
      }
      for rule in tree.allNodes(.rule) {
        if let exception = exception(of: rule, in: tree, paired) { found.append(exception) }
      }
      return found
    }
  }

  /// A `not` before a negation, both of which go.
  private static func pair(
    _ node: NodeID,
    in tree: SyntaxTree,
    _ paired: inout Set<NodeID>
  ) -> Diagnostic? {
    guard !paired.contains(node), let outer = tree.token(node, .not),
      let inner = tree.nodes(node).first.map({ tree.unwrapped($0) }),
      let edit = tree.affirming(inner)
    else { return nil }
    paired.formUnion([node, inner])
    return Diagnostic(
      .doubleNegation,
      "`not` before a negation",
      at: tree.span(outer),
      secondary: [Label(edit.span, "the other negation")],
      help: "leave both out",
      fixes: [Fix("leave both out", [tree.removal(of: outer), edit])]
    )
  }

  /// `unless not`, which is `when`.
  private static func exception(
    of rule: NodeID,
    in tree: SyntaxTree,
    _ paired: Set<NodeID>
  ) -> Diagnostic? {
    guard let clause = tree.first(rule, .unlessClause), let word = tree.token(clause, .unless),
      let condition = tree.nodes(clause).first.map({ tree.unwrapped($0) }),
      tree.kind(condition) == .notCondition, !paired.contains(condition),
      let negation = tree.token(condition, .not)
    else { return nil }
    let isAlone = tree.first(rule, .whenClause) == nil
    return Diagnostic(
      .doubleNegation,
      "`unless not` is `when`",
      at: tree.span(word),
      secondary: [Label(tree.span(negation), "the other negation")],
      help: isAlone ? "write `when`" : "join it to the condition after `when` with `and`",
      fixes: isAlone
        ? [Fix("write `when`", [Edit(tree.span(word), "when"), tree.removal(of: negation)])] : []
    )
  }
}

extension SyntaxTree {
  /// A condition without the parentheses around it.
  func unwrapped(_ condition: NodeID) -> NodeID {
    var node = condition
    while kind(node) == .parenthesised, let inner = nodes(node).first { node = inner }
    return node
  }

  /// The edit that takes the negation out of a condition that is one.
  fileprivate func affirming(_ condition: NodeID) -> Edit? {
    switch kind(condition) {
    case .notCondition, .groupCheck, .inCheck, .likeCheck, .underCheck, .containsCheck:
      token(condition, .not).map { removal(of: $0) }
    case .comparison:
      childTokens(condition).first { tokens.kind($0) == .notEqual }
        .map { Edit(span($0), "==") }
    default: nil
    }
  }

  /// The edit that takes a word out, with the spaces after it.
  fileprivate func removal(of token: TokenID) -> Edit {
    let span = span(token)
    let blank = source.bytes[Int(span.upper)...].prefix { $0 == UInt8(ascii: " ") }.count
    let upper = span.upper + UInt32(blank)
    return Edit(SourceSpan(file: span.file, lower: span.lower, upper: upper), "")
  }
}
