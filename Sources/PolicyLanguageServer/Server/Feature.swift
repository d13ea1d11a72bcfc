import PolicyReport
import PolicySource
import PolicySyntax

/// One request that the server answers.
struct Feature: Sendable {
  enum Answer: Sendable {
    /// From the text, and the last analysis of whatever version: at once, between two keystrokes.
    case atOnce(@Sendable (Question) throws(ResponseError) -> JSONValue)
    /// From an analysis of exactly this text.
    case analysed(@Sendable (Question, SetAnalysis) throws(ResponseError) -> JSONValue)
  }

  let method: String
  /// What the server says of it when it is initialized.
  let capability: (name: String, value: JSONValue)
  let answer: Answer

  init(_ method: String, _ name: String, options: JSONValue = true, _ answer: Answer) {
    self.method = method
    capability = (name, options)
    self.answer = answer
  }

  /// Every request about one document.
  static let all: [Feature] = [
    definition, references, documentHighlight, prepareRename, rename, documentSymbol,
    foldingRange, selectionRange, semanticTokens, semanticTokensOfRange, formatting,
    rangeFormatting, hover, completion, signatureHelp, codeAction, inlayHint, codeLens,
  ]
}

/// A request about a document, with what is needed to answer it.
struct Question: Sendable {
  let params: JSONValue
  let snapshot: SetSnapshot
  let file: FileID
  let layout: TextLayout
  let client: ClientAbilities
  let cancellation: Cancellation
  let committed: CommittedSets
  /// The last analysis of the set, perhaps of an older text.
  let lastAnalysis: SetAnalysis?

  var tree: SyntaxTree { snapshot.tree(file) }

  /// The byte offset of the position in the parameters.
  func offset() throws(ResponseError) -> Int {
    layout.offset(try TextPosition(params["position"]))
  }

  func range(_ span: SourceSpan) -> JSONValue { layout.range(span).json }
}
