import PolicySource
import PolicySyntax

/// Finds rules, `let`s and assignments that ask very many questions.
enum ManyConditions {
  static let lint = Lint(page, needs: .tree, find: findings)

  /// The most questions that are not reported.
  static let limit = 12

  static let page = CodePage(
    .manyConditions,
    finds: "a rule, `let` or assignment whose conditions ask more than 12 questions",
    explanation: """
      Nobody reads a dozen comparisons as one thought. Give parts of them names with `let`, or make \
      several rules: an allow when `a or b` is an allow when `a` and an allow when `b`. Questions \
      are counted where they are written: the use of a `let` is one.
      """,
    given: """
      catalogue portal {
        context { a: Int  b: Int  c: Int  d: Int  e: Int  f: Int  g: Int }
        service device { list }
      }
      """,
    bad: """
      role Observer {
        allow device.list
          when context.a > 1 and context.a < 9 and context.b > 1 and context.b < 9
            and context.c > 1 and context.c < 9 and context.d > 1 and context.d < 9
            and context.e > 1 and context.e < 9 and context.f > 1 and context.f < 9
            and context.g > 1
      }
      """,
    good: """
      let start = context.a > 1 and context.a < 9 and context.b > 1 and context.b < 9
      let middle = context.c > 1 and context.c < 9 and context.d > 1 and context.d < 9
      let end = context.e > 1 and context.e < 9 and context.f > 1 and context.f < 9 and context.g > 1
      role Observer { allow device.list when start and middle and end }
      """,
    severity: .note
  )

  static func findings(_ context: LintContext) -> [Diagnostic] {
    context.trees.flatMap { tree in
      tree.allNodes(.rule, .letDeclaration, .assign).compactMap { node in
        let conditions = conditions(of: node, in: tree)
        let count = conditions.reduce(0) { $0 + questions(in: $1, of: tree) }
        guard count > limit, let first = conditions.first else { return nil }
        return Diagnostic(
          .manyConditions,
          "\(count) questions in one condition",
          at: conditions.dropFirst().reduce(tree.span(first)) { $0.union(tree.span($1)) },
          help: "give parts of it names with `let`"
        )
      }
    }
  }

  private static func conditions(of node: NodeID, in tree: SyntaxTree) -> [NodeID] {
    guard tree.kind(node) == .letDeclaration else {
      return [NodeKind.whenClause, .unlessClause].compactMap { kind in
        tree.first(node, kind).flatMap { tree.nodes($0).first }
      }
    }
    return tree.nodes(node).last { ![.name, .annotation, .list].contains(tree.kind($0)) }
      .map { [$0] } ?? []
  }

  /// - Complexity: O(nodes below).
  private static func questions(in condition: NodeID, of tree: SyntaxTree) -> Int {
    switch tree.kind(condition) {
    case .orCondition, .andCondition, .notCondition, .parenthesised:
      tree.nodes(condition).reduce(0) { $0 + questions(in: $1, of: tree) }
    default: 1
    }
  }
}
