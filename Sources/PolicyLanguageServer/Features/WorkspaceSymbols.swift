import PolicyChecker
import PolicyReport

extension WorkspaceRequest {
  /// Every declared name that has the letters of the query in their order, whatever their case.
  static let workspaceSymbol = WorkspaceRequest(
    method: "workspace/symbol",
    capability: ("workspaceSymbolProvider", true)
  ) { (question) throws(ResponseError) in
    let query = (question.params["query"]?.text ?? "").lowercased()
    var found: [JSONValue] = []
    for analysis in question.analyses {
      var layouts = LayoutCache(analysis.snapshot)
      for occurrence in analysis.checked.occurrences where occurrence.isDeclaration {
        let path = analysis.path(occurrence.symbol)
        guard found.count < limit, path.lowercased().hasLetters(of: query) else { continue }
        found.append([
          "name": .string(path), "kind": .int(kind(occurrence.symbol).rawValue),
          "location": layouts.location(occurrence.span),
          "containerName": .string(analysis.kindWord(occurrence.symbol)),
        ])
      }
    }
    return .array(found)
  }

  /// As many as anyone looks at.
  private static let limit = 500

  private static func kind(_ symbol: Symbol) -> SymbolKind {
    switch symbol {
    case .service: .classKind
    case .action: .method
    case .actionGroup: .package
    case .attribute: .property
    case .policy: .object
    case .letName: .constant
    case .group: .variable
    case .unit: .namespace
    }
  }
}

extension String {
  /// Whether the characters of another text occur in this one, in their order.
  fileprivate func hasLetters(of query: String) -> Bool {
    var rest = Substring(self)
    for character in query {
      guard let place = rest.firstIndex(of: character) else { return false }
      rest = rest[rest.index(after: place)...]
    }
    return true
  }
}
