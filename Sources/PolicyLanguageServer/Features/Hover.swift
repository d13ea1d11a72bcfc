import PolicyChecker
import PolicyModel
import PolicyReport
import PolicySource
import PolicySyntax

extension Feature {
  static let hover = Feature(
    "textDocument/hover",
    "hoverProvider",
    .analysed { (question, analysis) throws(ResponseError) in
      guard let answer = HoverText(question, analysis, at: try question.offset()).answer else {
        return .null
      }
      return [
        "contents": ["kind": "markdown", "value": .string(answer.markdown)],
        "range": question.range(answer.span),
      ]
    }
  )
}

/// What is shown of the text at one place.
private struct HoverText {
  let answer: (markdown: String, span: SourceSpan)?

  init(_ question: Question, _ analysis: SetAnalysis, at offset: Int) {
    let tree = question.tree
    let path = tree.path(at: offset)
    func innermost(_ kinds: NodeKind...) -> NodeID? {
      path.last { kinds.contains(tree.kind($0)) }
    }
    if let pattern = innermost(.pattern) {
      answer = Self.pattern(pattern, at: offset, question, analysis)
    } else if let name = analysis.name(at: offset, in: question.file) {
      let texts = name.symbols.map { SymbolText(analysis: analysis, symbol: $0).markdown }
      answer = (texts.joined(separator: "\n\n---\n\n"), name.span)
    } else if let annotation = innermost(.annotation) {
      let name = tree.nameNode(annotation).map { tree.nameText($0) } ?? ""
      answer = AnnotationForm.named(name).map { ($0.markdown, tree.span(annotation)) }
    } else if let rule = innermost(.rule),
      let index = analysis.rule(at: Int(tree.span(rule).lower), in: question.file)
    {
      answer = (RuleText(analysis: analysis, index: index).markdown, tree.span(rule))
    } else if let policy = innermost(.policy), let name = tree.nameNode(policy),
      let found = analysis.name(at: Int(tree.span(name).lower), in: question.file),
      let symbol = found.symbols.first
    {
      answer = (SymbolText(analysis: analysis, symbol: symbol).markdown, tree.span(name))
    } else {
      answer = nil
    }
  }

  /// The name under the pointer, if there is one, and all that the pattern expands to.
  private static func pattern(
    _ pattern: NodeID,
    at offset: Int,
    _ question: Question,
    _ analysis: SetAnalysis
  ) -> (markdown: String, span: SourceSpan) {
    let tree = question.tree
    let found = analysis.checked.actions(of: pattern, in: tree)
    let path = tree.path(at: offset)
    let isAllow = path.last { tree.kind($0) == .rule }.map { tree.has($0, .allow) } ?? false
    let isExcept = path.contains { tree.kind($0) == .exceptClause }
    let actions = isAllow && !isExcept ? found.reached : found.matched
    var text = "`\(tree.text(tree.span(pattern)))` is \(ActionList.count(actions))"
    let hidden = found.matched.subtracting(actions)
    if !hidden.isEmpty { text += ", without \(hidden.count) that an allow has to name" }
    var parts = [text, ActionList.markdown(actions, in: analysis.set)]
    if let name = analysis.name(at: offset, in: question.file), name.symbols.count == 1,
      let symbol = name.symbols.first
    {
      parts.insert(SymbolText(analysis: analysis, symbol: symbol).summary, at: 0)
    }
    return (parts.filter { !$0.isEmpty }.joined(separator: "\n\n"), tree.span(pattern))
  }
}
