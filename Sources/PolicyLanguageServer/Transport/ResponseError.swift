import PolicyReport

/// Why a request has no result.
package struct ResponseError: Error, Sendable {
  /// The codes of JSON-RPC 2.0 and LSP 3.17 that the server uses.
  package enum Code: Int64, Sendable {
    case parseError = -32700
    case invalidRequest = -32600
    case methodNotFound = -32601
    case invalidParams = -32602
    case serverNotInitialized = -32002
    case requestCancelled = -32800
    case requestFailed = -32803
  }

  package let code: Code
  /// One phrase in lower case.
  package let message: String

  package init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  static let cancelled = ResponseError(.requestCancelled, "the request was cancelled")

  static func missing(_ name: String) -> ResponseError {
    ResponseError(.invalidParams, "`\(name)` is missing, or of another type")
  }

  var json: JSONValue {
    ["code": .integer(code.rawValue), "message": .string(message)]
  }
}
