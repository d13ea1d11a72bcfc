import PolicyReport
import PolicySource
import PolicySyntax

extension Feature {
  static let foldingRange = Feature(
    "textDocument/foldingRange",
    "foldingRangeProvider",
    .atOnce { (question) throws(ResponseError) in
      let tree = question.tree
      var folds: [JSONValue] = []
      func fold(_ lower: UInt32, _ upper: UInt32, kind: String? = nil) {
        let first = question.layout.position(Int(lower)).line
        let last = question.layout.position(Int(upper)).line
        guard last > first else { return }
        folds.append(
          compact([
            ("startLine", .int(first)), ("endLine", .int(last)),
            ("kind", kind.map { .string($0) }),
          ])
        )
      }
      for node in tree.descendants(of: tree.root) where Self.folded.contains(tree.kind(node)) {
        // The line with the closing bracket stays to be seen.
        let span = tree.span(node)
        fold(span.lower, max(span.lower, Self.beforeLastLine(span, in: tree)))
      }
      for run in Self.commentRuns(tree) { fold(run.lower, run.upper, kind: "comment") }
      return .array(folds)
    }
  )

  private static let folded: Set<NodeKind> = [
    .catalogue, .attributeBlock, .service, .memberBlock, .policy, .rule, .group, .ou, .unit, .test,
    .list, .letDeclaration, .assign,
  ]

  private static func beforeLastLine(_ span: SourceSpan, in tree: SyntaxTree) -> UInt32 {
    let last = tree.source.lineIndex(of: max(span.lower, span.upper - 1))
    let start = tree.source.lineStarts[last]
    let isBracketAlone = tree.source.bytes[Int(start)..<Int(span.upper)]
      .allSatisfy { " \t}]".utf8.contains($0) }
    return isBracketAlone && start > span.lower ? start - 1 : span.upper
  }

  /// Comments on lines that follow each other.
  private static func commentRuns(_ tree: SyntaxTree) -> [SourceSpan] {
    var runs: [SourceSpan] = []
    for position in 0..<tree.tokens.count {
      let token = TokenID(position)
      guard [.comment, .documentation].contains(tree.tokens.kind(token)) else { continue }
      let span = tree.span(token)
      if let last = runs.last,
        tree.source.bytes[Int(last.upper)..<Int(span.lower)]
          .allSatisfy({ " \t\r\n".utf8.contains($0) }),
        tree.source.lineIndex(of: span.lower) - tree.source.lineIndex(of: last.upper) <= 1
      {
        runs[runs.count - 1] = last.union(span)
      } else {
        runs.append(span)
      }
    }
    return runs
  }
}
