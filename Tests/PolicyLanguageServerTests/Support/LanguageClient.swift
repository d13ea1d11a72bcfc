import Foundation
import PolicyLanguageServer
import PolicyReport

/// A client of `pol lsp` over pipes: it starts the server that the build made, and talks to it.
final class LanguageClient {
  struct Gone: Error {}
  struct Refused: Error {
    let code: Int
    let message: String
  }

  private let process = Process()
  private let toServer = Pipe()
  private let fromServer = Pipe()
  private var frames = FrameReader()
  private var nextID = 0
  /// Notifications and requests of the server that nobody has taken yet, in order.
  private(set) var inbox: [JSONValue] = []
  private var versions: [String: Int] = [:]

  /// The folder that the build put the tests, and `pol`, into.
  static let products: URL = {
    #if os(macOS)
      for bundle in Bundle.allBundles where bundle.bundlePath.hasSuffix(".xctest") {
        return bundle.bundleURL.deletingLastPathComponent()
      }
    #endif
    return URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
  }()

  private init() throws {
    // A server that is gone shows in what is read, not in a signal.
    signal(SIGPIPE, SIG_IGN)
    process.executableURL = Self.products.appending(path: "pol")
    process.arguments = ["lsp"]
    process.standardInput = toServer
    process.standardOutput = fromServer
    process.standardError = FileHandle.standardError
    // A server that inherited the pipe of another one would keep it open.
    for pipe in [toServer, fromServer] {
      for end in [pipe.fileHandleForReading, pipe.fileHandleForWriting] {
        _ = fcntl(end.fileDescriptor, F_SETFD, FD_CLOEXEC)
      }
    }
    try process.run()
    // The server's ends are the server's alone: when it goes, reading ends.
    try toServer.fileHandleForReading.close()
    try fromServer.fileHandleForWriting.close()
    let number = process.processIdentifier
    // A server that hangs fails the test instead of hanging it too.
    Thread.detachNewThread {
      Thread.sleep(forTimeInterval: Self.patience)
      _ = kill(number, SIGKILL)
    }
  }

  /// The seconds after which a server is taken to hang.
  private static let patience = 100.0

  deinit { if process.isRunning { process.terminate() } }

  /// A client's pipes are made and its server is started under this lock.
  private static let starting = NSLock()

  /// A client whose server shares no pipe with another's.
  static func make() throws -> LanguageClient {
    starting.lock()
    defer { starting.unlock() }
    return try LanguageClient()
  }

  /// Starts a client that is initialized, with some folders open.
  static func started(
    in folders: [URL] = [],
    encodings: [String]? = nil,
    snippets: Bool = true
  ) throws -> LanguageClient {
    let client = try make()
    var general: JSONValue = [:]
    if let encodings { general = ["positionEncodings": .strings(encodings)] }
    let completion: JSONValue = ["completionItem": ["snippetSupport": .bool(snippets)]]
    _ = try client.request(
      "initialize",
      [
        "processId": .int(Int(ProcessInfo.processInfo.processIdentifier)),
        "workspaceFolders": .array(
          folders.map { ["uri": .string(uri($0)), "name": .string($0.lastPathComponent)] }
        ),
        "capabilities": [
          "general": general,
          "textDocument": [
            "completion": completion,
            "documentSymbol": ["hierarchicalDocumentSymbolSupport": true],
          ],
          "workspace": ["didChangeWatchedFiles": ["dynamicRegistration": true]],
        ],
      ]
    )
    client.notify("initialized", [:])
    return client
  }

  static func uri(_ url: URL) -> String { URL(filePath: url.path).absoluteString }

  // MARK: - Messages

  func sendRaw(_ bytes: [UInt8]) {
    try? toServer.fileHandleForWriting.write(contentsOf: Data(bytes))
  }

  func send(_ message: JSONValue) {
    let body = JSONWriter.line(message)
    sendRaw(Array("Content-Length: \(body.count)\r\n\r\n".utf8) + body)
  }

  func notify(_ method: String, _ params: JSONValue) {
    send(["jsonrpc": "2.0", "method": .string(method), "params": params])
  }

  /// Sends a request without waiting; its id.
  func begin(_ method: String, _ params: JSONValue) -> Int {
    nextID += 1
    send([
      "jsonrpc": "2.0", "id": .int(nextID), "method": .string(method), "params": params,
    ])
    return nextID
  }

  func request(_ method: String, _ params: JSONValue) throws -> JSONValue {
    try answer(to: begin(method, params))
  }

  /// Waits for the answer to a request; what else comes is kept.
  func answer(to id: Int) throws -> JSONValue {
    let message = try take { $0["id"]?.number == id && $0["method"] == nil }
    if let error = message["error"] {
      throw Refused(code: error["code"]?.number ?? 0, message: error["message"]?.text ?? "")
    }
    return message["result"] ?? .null
  }

  /// The first message that is wanted, of those that have come and will come.
  func take(_ isWanted: (JSONValue) -> Bool) throws -> JSONValue {
    if let index = inbox.firstIndex(where: isWanted) { return inbox.remove(at: index) }
    while true {
      let message = try read()
      if isWanted(message) { return message }
      inbox.append(message)
    }
  }

  private func read() throws -> JSONValue {
    while true {
      if let event = frames.next() {
        guard case .message(let bytes) = event else { throw Gone() }
        return try JSONParser.parse(bytes)
      }
      let data = fromServer.fileHandleForReading.availableData
      if data.isEmpty { throw Gone() }
      frames.append(Array(data))
    }
  }

  // MARK: - Documents

  func open(_ uri: String, _ text: String) {
    versions[uri] = 1
    notify(
      "textDocument/didOpen",
      [
        "textDocument": [
          "uri": .string(uri), "languageId": "pol", "version": 1, "text": .string(text),
        ]
      ]
    )
  }

  /// Replaces a range, or everything, by a text; the new version.
  @discardableResult
  func change(_ uri: String, _ range: JSONValue? = nil, to text: String) -> Int {
    let version = (versions[uri] ?? 0) + 1
    versions[uri] = version
    var change: [JSONMember] = [JSONMember("text", .string(text))]
    if let range { change.append(JSONMember("range", range)) }
    notify(
      "textDocument/didChange",
      [
        "textDocument": ["uri": .string(uri), "version": .int(version)],
        "contentChanges": [.object(change)],
      ]
    )
    return version
  }

  /// Waits for findings of a document that satisfy a condition.
  func diagnostics(
    of uri: String,
    version: Int? = nil,
    where isWanted: ([JSONValue]) -> Bool = { _ in true }
  ) throws -> [JSONValue] {
    let message = try take { message in
      guard message["method"]?.text == "textDocument/publishDiagnostics",
        let params = message["params"], params["uri"]?.text == uri,
        version == nil || params["version"]?.number == version
      else { return false }
      return isWanted(params["diagnostics"]?.elements ?? [])
    }
    return message["params"]?["diagnostics"]?.elements ?? []
  }

  // MARK: - The end

  func closeInput() { try? toServer.fileHandleForWriting.close() }

  func waitForExit() -> Int32 {
    process.waitUntilExit()
    return process.terminationStatus
  }

  /// Shuts the server down as LSP says; its exit status.
  func finish() throws -> Int32 {
    _ = try request("shutdown", .null)
    notify("exit", .null)
    return waitForExit()
  }
}
