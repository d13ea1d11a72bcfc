import PolicyLanguageServer
import PolicyReport
import PolicyWorkspace

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A language server that was started, and the pipes to it.
final class EditorServer {
  private let process: ChildProcess
  private let writer: Int32
  private let reader: Int32
  private var frames = FrameReader()

  /// Starts `pol lsp`; nil when the system refuses.
  init?(program: String) {
    // A server that is gone shows in what is read.
    _ = signal(SIGPIPE, SIG_IGN)
    var toServer: [Int32] = [-1, -1]
    var fromServer: [Int32] = [-1, -1]
    guard unsafe pipe(&toServer) == 0, unsafe pipe(&fromServer) == 0 else { return nil }
    for end in toServer + fromServer { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    var reason: Int32 = 0
    let process = ChildProcess(
      [program, "lsp"],
      environment: [],
      input: toServer[0],
      output: fromServer[1],
      reason: &reason
    )
    _ = close(toServer[0])
    _ = close(fromServer[1])
    writer = toServer[1]
    reader = fromServer[0]
    guard let process else { return nil }
    self.process = process
  }

  func send(_ message: JSONValue) {
    let body = JSONWriter.line(message)
    let bytes = Array("Content-Length: \(body.count)\r\n\r\n".utf8) + body
    var offset = 0
    while offset < bytes.count {
      let written = unsafe bytes.withUnsafeBytes { buffer in
        unsafe write(writer, buffer.baseAddress?.advanced(by: offset), buffer.count - offset)
      }
      if written < 0 { return }
      offset += written
    }
  }

  func notify(_ method: String, _ params: JSONValue) {
    send(["jsonrpc": "2.0", "method": .string(method), "params": params])
  }

  /// The first message that is wanted; nil when the server is gone.
  func wait(for isWanted: (JSONValue) -> Bool) -> JSONValue? {
    while true {
      while let event = frames.next() {
        guard case .message(let body) = event, let message = try? JSONParser.parse(body) else {
          continue
        }
        if isWanted(message) { return message }
      }
      var chunk = [UInt8](repeating: 0, count: 1 << 16)
      let count = unsafe chunk.withUnsafeMutableBytes { buffer in
        unsafe read(reader, buffer.baseAddress, buffer.count)
      }
      guard count > 0 else { return nil }
      frames.append(Array(chunk.prefix(count)))
    }
  }

  /// Shuts the server down; the most memory that it had, in megabytes.
  func finish() -> Int {
    send(["jsonrpc": "2.0", "id": "end", "method": "shutdown", "params": .null])
    _ = wait { $0["id"]?.text == "end" }
    notify("exit", .null)
    let end = process.wait()
    _ = close(writer)
    _ = close(reader)
    return end.megabytes
  }
}
