import PolicyChecker
import PolicyReport
import PolicySource

// Where names are declared and used.
extension Feature {
  static let definition = Feature(
    "textDocument/definition",
    "definitionProvider",
    .analysed { (question, analysis) throws(ResponseError) in
      guard let name = analysis.name(at: try question.offset(), in: question.file) else {
        return .null
      }
      var layouts = LayoutCache(analysis.snapshot)
      let declarations = analysis.occurrences(of: name.symbols).filter(\.isDeclaration)
      return .array(declarations.map { layouts.location($0.span) })
    }
  )

  static let references = Feature(
    "textDocument/references",
    "referencesProvider",
    .analysed { (question, analysis) throws(ResponseError) in
      guard let name = analysis.name(at: try question.offset(), in: question.file) else {
        return .null
      }
      let wantsDeclaration =
        question.params.at("context", "includeDeclaration")?.bool ?? true
      var layouts = LayoutCache(analysis.snapshot)
      let found = analysis.occurrences(of: name.symbols)
        .filter { wantsDeclaration || !$0.isDeclaration }
      return .array(found.map { layouts.location($0.span) })
    }
  )

  /// Declarations are written (3), uses are read (2).
  static let documentHighlight = Feature(
    "textDocument/documentHighlight",
    "documentHighlightProvider",
    .analysed { (question, analysis) throws(ResponseError) in
      guard let name = analysis.name(at: try question.offset(), in: question.file) else {
        return .null
      }
      let here = analysis.occurrences(of: name.symbols).filter { $0.span.file == question.file }
      return .array(
        here.map { ["range": question.range($0.span), "kind": .int($0.isDeclaration ? 3 : 2)] }
      )
    }
  )
}
