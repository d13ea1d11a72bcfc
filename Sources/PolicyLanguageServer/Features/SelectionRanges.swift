import PolicyReport
import PolicySource
import PolicySyntax

extension Feature {
  /// From a name to the whole file, node by node.
  static let selectionRange = Feature(
    "textDocument/selectionRange",
    "selectionRangeProvider",
    .atOnce { (question) throws(ResponseError) in
      guard let positions = question.params["positions"]?.elements else {
        throw .missing("positions")
      }
      var answers: [JSONValue] = []
      for position in positions {
        let offset = question.layout.offset(try TextPosition(position))
        var spans: [SourceSpan] = []
        for node in question.tree.path(at: offset).dropFirst() {
          let span = question.tree.span(node)
          if span != spans.last { spans.append(span) }
        }
        var answer: JSONValue = ["range": question.layout.whole.json]
        for span in spans.prefix(200) {
          answer = ["range": question.range(span), "parent": answer]
        }
        answers.append(answer)
      }
      return .array(answers)
    }
  )
}
