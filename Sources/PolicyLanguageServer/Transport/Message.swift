package import PolicyReport

/// What names a request, so that it can be answered and cancelled.
package enum RequestID: Hashable, Sendable {
  case number(Int64)
  case text(String)

  init?(_ value: JSONValue?) {
    switch value {
    case .integer(let number): self = .number(number)
    case .string(let text): self = .text(text)
    default: return nil
    }
  }

  var json: JSONValue {
    switch self {
    case .number(let number): .integer(number)
    case .text(let text): .string(text)
    }
  }
}

/// A message of JSON-RPC 2.0, as far as LSP uses it.
package enum Message: Sendable {
  case request(RequestID, method: String, params: JSONValue)
  case notification(method: String, params: JSONValue)
  /// The answer to something that the server asked.
  case response

  /// Reads one message; a failure says what to answer, and to whom.
  package static func read(_ bytes: [UInt8]) throws(UnreadableMessage) -> Message {
    let value: JSONValue
    do throws(JSONError) {
      value = try JSONParser.parse(bytes)
    } catch {
      throw UnreadableMessage(
        id: nil,
        error: ResponseError(.parseError, "\(error.message), at byte \(error.offset)")
      )
    }
    guard case .object = value else {
      throw UnreadableMessage(
        id: nil,
        error: ResponseError(.invalidRequest, "a message is an object, not \(value.kind)")
      )
    }
    let id = RequestID(value["id"])
    guard let method = value["method"]?.text else {
      if value["method"] == nil, value["result"] != nil || value["error"] != nil {
        return .response
      }
      throw UnreadableMessage(
        id: id,
        error: ResponseError(.invalidRequest, "a message has no `method` that is a string")
      )
    }
    let params = value["params"] ?? .null
    if let id { return .request(id, method: method, params: params) }
    if let id = value["id"], !id.isNull {
      throw UnreadableMessage(
        id: nil,
        error: ResponseError(.invalidRequest, "an `id` is an integer or a string, not \(id.kind)")
      )
    }
    return .notification(method: method, params: params)
  }
}

/// Bytes that are no message, with the answer to them.
package struct UnreadableMessage: Error {
  package let id: RequestID?
  package let error: ResponseError
}
