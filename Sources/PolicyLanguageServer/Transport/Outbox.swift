import Dispatch
import PolicyReport
import Synchronization

/// Sends messages to the client, each whole and in the order in which they were given, from whatever
/// thread.
///
/// Nobody waits until a message is taken: a client that sends something long may not read before all of
/// it is taken, so the server must go on reading. What is not yet taken is kept, however much it is.
package final class Outbox: Sendable {
  private let sink: @Sendable ([UInt8]) -> Bool
  private let queue = DispatchQueue(label: "pol.outbox")
  private let nextID = Atomic<Int>(1)
  private let isBroken = Atomic<Bool>(false)

  /// - Parameter sink: Takes bytes, and may wait for it, on a thread of its own, one message after the
  ///   other; false when there is nobody to take them any more.
  package init(_ sink: @escaping @Sendable ([UInt8]) -> Bool) { self.sink = sink }

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
    queue.async { [self] in
      guard !hasNoReader else { return }
      if !sink(frame) { isBroken.store(true, ordering: .relaxed) }
    }
  }

  /// Waits until everything is taken; two seconds at most, for a client that does not read any more.
  package func drain() {
    let group = DispatchGroup()
    queue.async(group: group) {}
    _ = group.wait(timeout: .now() + .seconds(2))
  }
}
