import PolicyReport
import Synchronization

/// Sends messages to the client, each whole, from whatever thread.
package final class Outbox: Sendable {
  private let sink: Mutex<@Sendable ([UInt8]) -> Bool>
  private let nextID = Atomic<Int>(1)
  private let isBroken = Atomic<Bool>(false)

  /// - Parameter sink: Takes bytes; false when there is nobody to take them any more.
  package init(_ sink: @escaping @Sendable ([UInt8]) -> Bool) { self.sink = Mutex(sink) }

  /// Whether the client has gone.
  var hasNoReader: Bool { isBroken.load(ordering: .relaxed) }

  func respond(to id: RequestID?, with result: Result<JSONValue, ResponseError>) {
    var members = [JSONMember("jsonrpc", "2.0"), JSONMember("id", id?.json ?? .null)]
    switch result {
    case .success(let value): members.append(JSONMember("result", value))
    case .failure(let error): members.append(JSONMember("error", error.json))
    }
    send(.object(members))
  }

  func notify(_ method: String, _ params: JSONValue) {
    send(["jsonrpc": "2.0", "method": .string(method), "params": params])
  }

  /// Asks the client for something whose answer does not matter.
  func request(_ method: String, _ params: JSONValue) {
    let id = nextID.wrappingAdd(1, ordering: .relaxed).oldValue
    send([
      "jsonrpc": "2.0", "id": .string("pol-\(id)"), "method": .string(method), "params": params,
    ])
  }

  private func send(_ message: JSONValue) {
    let body = JSONWriter.line(message)
    let frame = Array("Content-Length: \(body.count)\r\n\r\n".utf8) + body
    let isTaken = sink.withLock { $0(frame) }
    if !isTaken { isBroken.store(true, ordering: .relaxed) }
  }
}
