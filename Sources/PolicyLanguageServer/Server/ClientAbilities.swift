import PolicyReport

/// What the client said that it can do, as far as that changes an answer.
struct ClientAbilities: Sendable {
  var encoding = PositionEncoding.utf16
  var snippets = false
  var hierarchicalSymbols = false
  var watchesFiles = false
  var refreshesInlayHints = false
  var refreshesLenses = false
  /// The process that started the server.
  var parent: Int?

  init() {}

  init(_ params: JSONValue) {
    let capabilities = params["capabilities"] ?? .null
    encoding = .negotiated(capabilities.at("general", "positionEncodings"))
    let text = capabilities["textDocument"] ?? .null
    snippets = text.at("completion", "completionItem", "snippetSupport")?.bool ?? false
    hierarchicalSymbols =
      text.at("documentSymbol", "hierarchicalDocumentSymbolSupport")?.bool ?? false
    let workspace = capabilities["workspace"] ?? .null
    watchesFiles = workspace.at("didChangeWatchedFiles", "dynamicRegistration")?.bool ?? false
    refreshesInlayHints = workspace.at("inlayHint", "refreshSupport")?.bool ?? false
    refreshesLenses = workspace.at("codeLens", "refreshSupport")?.bool ?? false
    parent = params["processId"]?.number
  }
}
