import PolicySource
import PolicySyntax

/// What must hold of every tree, whatever its text.
enum Lossless {
  static func problem(_ bytes: [UInt8]) -> String? {
    problem(SourceFile(path: "test.pol", bytes: bytes))
  }

  /// What is wrong with the tree or the diagnostics of a text, or nothing.
  static func problem(_ source: SourceFile) -> String? {
    let staged = parse(source, as: FileID(0))
    return tokenProblem(staged.value) ?? nodeProblem(staged.value)
      ?? diagnosticProblem(staged.diagnostics, source) ?? literalProblem(staged.value)
  }

  /// The texts of the tokens.
  static func pieces(_ source: SourceFile) -> [[UInt8]] {
    let tokens = parse(source, as: FileID(0)).value.tokens
    return (0..<tokens.count).map { position in
      let token = TokenID(position)
      return Array(source.bytes[Int(tokens.lower(token))..<Int(tokens.upper(token))])
    }
  }

  private static func tokenProblem(_ tree: SyntaxTree) -> String? {
    var expected: UInt32 = 0
    for position in 0..<tree.tokens.count {
      let token = TokenID(position)
      let isEnd = position == tree.tokens.count - 1
      if tree.tokens.lower(token) != expected {
        return "token \(position) does not begin at \(expected)"
      }
      expected = tree.tokens.upper(token)
      let isEmpty = expected == tree.tokens.lower(token)
      if isEmpty != isEnd { return "token \(position) is empty, or the last is not" }
      if (tree.tokens.kind(token) == .endOfFile) != isEnd {
        return "the file ends at token \(position)"
      }
    }
    return expected == UInt32(tree.source.bytes.count) ? nil : "the tokens end at \(expected)"
  }

  private static func nodeProblem(_ tree: SyntaxTree) -> String? {
    guard tree.kind(tree.root) == .program else { return "the root is no program" }
    var found: [TokenID] = []
    var stack: [SyntaxElement] = [.node(tree.root)]
    var count = 0
    while let element = stack.popLast() {
      switch element {
      case .token(let token): found.append(token)
      case .node(let node):
        count += 1
        let children = tree.children(node)
        for case .node(let child) in children where child >= node {
          return "node \(node.position) comes before its child"
        }
        stack.append(contentsOf: children.reversed())
      }
    }
    if count != tree.nodeCount { return "\(tree.nodeCount - count) nodes have no parent" }
    let wanted = (0..<tree.tokens.count).map { TokenID($0) }.filter {
      !tree.tokens.kind($0).isTrivia && tree.tokens.kind($0) != .endOfFile
    }
    return found == wanted ? nil : "the nodes do not hold each token once and in order"
  }

  private static func diagnosticProblem(
    _ diagnostics: [Diagnostic],
    _ source: SourceFile
  ) -> String? {
    let end = UInt32(source.bytes.count)
    for diagnostic in diagnostics {
      let edits = diagnostic.fixes.flatMap(\.edits)
      let spans =
        [diagnostic.primary.span] + diagnostic.secondary.map(\.span) + edits.map(\.span)
      if spans.contains(where: { $0.upper > end }) {
        return "\(diagnostic.code.rawValue) is past the end of the file"
      }
    }
    return nil
  }

  /// Decoding must not fail, whatever the token.
  private static func literalProblem(_ tree: SyntaxTree) -> String? {
    for position in 0..<tree.nodeCount {
      let node = NodeID(position)
      switch tree.kind(node) {
      case .name: _ = tree.nameText(node)
      case .string:
        let stars = tree.patternRuns(node).count - 1
        if stars < 0 || stars > tree.stringValue(node).utf8.count { return "a pattern has no runs" }
      case .integer: _ = tree.integerValue(node)
      case .glob: if tree.globRuns(node).count < 2 { return "a glob has no stars" }
      case .policy, .rule, .member: _ = tree.documentation(before: node)
      default: break
      }
    }
    return nil
  }
}
