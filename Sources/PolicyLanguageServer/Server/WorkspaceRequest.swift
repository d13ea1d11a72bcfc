import PolicyReport

/// A request about all open policy sets.
struct WorkspaceRequest: Sendable {
  let method: String
  let capability: (name: String, value: JSONValue)
  let answer: @Sendable (WorkspaceQuestion) throws(ResponseError) -> JSONValue

  static let all: [WorkspaceRequest] = [workspaceSymbol, executeCommand]
}

/// What is needed to answer it.
struct WorkspaceQuestion: Sendable {
  let params: JSONValue
  let analyses: [SetAnalysis]
  let client: ClientAbilities
  let committed: CommittedSets
  /// Shows a message to the person at the client; the type is that of `window/showMessage`.
  let tell: @Sendable (_ type: Int, _ text: String) -> Void
}
