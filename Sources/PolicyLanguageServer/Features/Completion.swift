import PolicyReport
import PolicySource
import PolicySyntax

extension Feature {
  static let completion = Feature(
    "textDocument/completion",
    "completionProvider",
    options: ["triggerCharacters": [".", "@", "/", "{", "`"]],
    .atOnce { (question) throws(ResponseError) in
      let offset = try question.offset()
      guard let point = CompletionPoint(question.tree, at: offset) else { return [] }
      let range = question.range(
        SourceSpan(file: question.file, lower: UInt32(point.start), upper: UInt32(offset))
      )
      var items: [JSONValue] = []
      if let analysis = question.lastAnalysis, let trial = point.trial(NameCompletions.placeholder)
      {
        let names = NameCompletions(analysis: analysis, trial: trial).items
        items += names.map { $0.json(range: range, rank: "1") }
      }
      let keywords = KeywordCompletions.items(at: point, snippets: question.client.snippets)
      items += keywords.map { $0.json(range: range, rank: "2") }
      return .array(items)
    }
  )

  /// The arguments of the annotation that is being written.
  static let signatureHelp = Feature(
    "textDocument/signatureHelp",
    "signatureHelpProvider",
    options: ["triggerCharacters": ["(", ","]],
    .atOnce { (question) throws(ResponseError) in
      let tree = question.tree
      let offset = try question.offset()
      // What is being written ends before the space after it.
      let space = tree.source.bytes[..<offset].reversed().prefix { " \t\r\n".utf8.contains($0) }
      guard let annotation = tree.innermost([.annotation], at: offset - space.count),
        let name = tree.nameNode(annotation), let form = AnnotationForm.named(tree.nameText(name)),
        Int(tree.span(name).upper) < offset, !form.parameters.isEmpty
      else { return .null }
      let commas = tree.childTokens(annotation).count {
        tree.tokens.kind($0) == .comma && Int(tree.tokens.lower($0)) < offset
      }
      let parameters = form.parameters.map { parameter -> JSONValue in
        ["label": .string(parameter.name), "documentation": .string(parameter.meaning)]
      }
      return [
        "signatures": [
          [
            "label": .string(form.label), "documentation": .string(form.meaning),
            "parameters": .array(parameters),
          ]
        ],
        "activeSignature": 0, "activeParameter": .int(min(commas, parameters.count - 1)),
      ]
    }
  )
}
