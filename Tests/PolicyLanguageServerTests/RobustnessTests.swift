import Dispatch
import PolicyReport
import PolicySource
import PolicyTestSupport
import Synchronization
import Testing

@testable import PolicyLanguageServer

@Suite struct RobustnessTests {
  /// What a session consists of, as bytes of messages.
  private static func session(_ uri: String) -> [[UInt8]] {
    let document: JSONValue = ["uri": .string(uri)]
    let place: JSONValue = ["line": 3, "character": 9]
    let open: JSONValue = [
      "uri": .string(uri), "version": 1, "languageId": "pol",
      "text": .string(Desk.portal["roles.pol"] ?? ""),
    ]
    var messages: [JSONValue] = [
      ["jsonrpc": "2.0", "id": 1, "method": "initialize", "params": ["capabilities": [:]]],
      ["jsonrpc": "2.0", "method": "initialized", "params": [:]],
      ["jsonrpc": "2.0", "method": "textDocument/didOpen", "params": ["textDocument": open]],
      [
        "jsonrpc": "2.0", "method": "textDocument/didChange",
        "params": [
          "textDocument": ["uri": .string(uri), "version": 2],
          "contentChanges": [["range": range(1, 2, 3, 4), "text": "{ allow 🛩.* }"]],
        ],
      ],
    ]
    for (number, feature) in Feature.all.enumerated() {
      messages.append([
        "jsonrpc": "2.0", "id": .int(number + 2), "method": .string(feature.method),
        "params": [
          "textDocument": document, "position": place, "positions": [place],
          "range": range(0, 0, 9, 9), "newName": "other", "context": ["diagnostics": []],
        ],
      ])
    }
    return messages.map { message in
      let body = JSONWriter.line(message)
      return Array("Content-Length: \(body.count)\r\n\r\n".utf8) + body
    }
  }

  /// What was sent; safe to be added to from any thread.
  private final class Sent: Sendable {
    private let bytes = Mutex<[UInt8]>([])

    func add(_ more: [UInt8]) { bytes.withLock { $0 += more } }

    var messages: [JSONValue]? {
      let bytes = bytes.withLock { $0 }
      var frames = FrameReader()
      frames.append(bytes)
      var result: [JSONValue] = []
      while let event = frames.next() {
        guard case .message(let body) = event, let value = try? JSONParser.parse(body) else {
          return nil
        }
        result.append(value)
      }
      return result
    }
  }

  @Test func `a server outlives every message, and sends only messages`() {
    let problem = RandomCases(150).firstFailure { random in
      let pieces = Self.session("untitled:one.pol")
      var bytes: [UInt8] = Array(pieces.prefix(2).joined())
      for piece in pieces.dropFirst(2) {
        guard random.oneIn(3) else {
          bytes += piece
          continue
        }
        let parts = piece.split(separator: UInt8(ascii: "\""), omittingEmptySubsequences: false)
          .flatMap { [Array($0), [UInt8(ascii: "\"")]] }
        bytes += Mutation.apply(random.element(of: Mutation.allCases), to: parts, using: &random)
      }
      // After whatever was lost, the server is still there and answers.
      bytes += Array("\nContent-Length: 45\r\n\r\n".utf8)
      bytes += Array(#"{"jsonrpc":"2.0","id":"last","method":"last"}"#.utf8)
      let sent = Sent()
      let outbox = Outbox {
        sent.add($0)
        return true
      }
      let server = LanguageServer(outbox, version: "test")
      var frames = FrameReader()
      var rest = bytes[...]
      while !rest.isEmpty {
        let chunk = rest.prefix(1 + random.below(400))
        rest = rest.dropFirst(chunk.count)
        frames.append(Array(chunk))
        while let event = frames.next() {
          if server.receive(event) != nil { return "it ended" }
        }
      }
      outbox.drain()
      return sent.messages == nil ? "it sent something that is no message" : nil
    }
    if let problem { Issue.record("\(problem)") }
  }

  @Test func `a server goes on reading while its client does not`() throws {
    let allIsRead = DispatchSemaphore(value: 0)
    let wasTooLate = Mutex(false)
    let sent = Sent()
    var pieces = Self.session("untitled:one.pol")[...]
    let status = serve(
      version: "test",
      read: {
        guard let piece = pieces.popFirst() else {
          allIsRead.signal()
          return []
        }
        return piece
      },
      write: { bytes in
        if allIsRead.wait(timeout: .now() + .seconds(20)) == .timedOut {
          wasTooLate.withLock { $0 = true }
        }
        allIsRead.signal()
        sent.add(bytes)
        return true
      }
    )
    #expect(!wasTooLate.withLock { $0 })
    #expect(status == 1, "the client went without shutting it down")
    let first = try #require(sent.messages?.first)
    #expect(first["id"]?.number == 1)
    #expect(first["result"] != nil)
  }

  @Test func `noise is passed over up to the next header`() {
    let problem = RandomCases(100).firstFailure { random in
      var frames = FrameReader()
      frames.append(Mutation.noise(random.below(6000), using: &random))
      frames.append(Array(repeating: 0x20, count: FrameReader.largestHeader + 1))
      frames.append(Array("Content-Length: 2\r\n\r\n{}".utf8))
      var last: FrameReader.Event?
      while let event = frames.next() { last = event }
      return last == .message(Array("{}".utf8))
        ? nil : "the message was not found: \(String(describing: last))"
    }
    if let problem { Issue.record("\(problem)") }
  }

  @Test func `a request that is cancelled is answered as such, or was answered before`() throws {
    let desk = try Desk()
    // A whole check has to be made for each, so that some are waiting when they are cancelled.
    var ids: [Int] = []
    for count in 0..<30 {
      desk.write("roles.pol", desk.text("roles.pol") + "// \(count)\n")
      ids.append(
        desk.client.begin(
          "textDocument/hover",
          [
            "textDocument": ["uri": .string(desk.uri("roles.pol"))],
            "position": ["line": 0, "character": 5],
          ]
        )
      )
    }
    for id in ids { desk.client.notify("$/cancelRequest", ["id": .int(id)]) }
    for id in ids {
      do {
        _ = try desk.client.answer(to: id)
      } catch let refused as LanguageClient.Refused {
        #expect(refused.code == -32800)
      }
    }
    #expect(try desk.client.finish() == 0)
  }

  /// The quick findings of a keystroke and those of a whole check of the same text are the same.
  @Test func `what is said at once is what a whole check says`() {
    let names = Desk.portal.keys.sorted()
    let problem = RandomCases(150).firstFailure { random in
      let before = Self.snapshot(Desk.portal)
      var base = SetAnalysis(before)
      base.judge()
      let name = random.element(of: names)
      guard let file = before.file(named: name) else { return "no file" }
      var after = before
      var text = before.sources[file].bytes
      for _ in 0...random.below(3) {
        let words = text.split(separator: 0x20, omittingEmptySubsequences: false)
          .flatMap { word -> [[UInt8]] in [Array(word), [0x20]] }
        text = Mutation.apply(random.element(of: Mutation.allCases), to: words, using: &random)
        text = Array(String(decoding: text, as: UTF8.self).utf8)
      }
      after.replace(
        file,
        with: Document(
          uri: "x",
          version: 2,
          path: name,
          text: String(decoding: text, as: UTF8.self)
        )
      )
      let quick = QuickFindings(after, since: base)
      guard quick.isComplete else { return nil }
      func errors(_ list: [Diagnostic]) -> [String] {
        list.filter { $0.severity == .error && !$0.code.rawValue.hasPrefix("assertion") }
          .map { "\(after.sources.description($0.primary.span)) \($0.code.rawValue)" }.sorted()
      }
      let whole = errors(SetAnalysis(after).findings)
      let said = errors(quick.diagnostics)
      return said == whole
        ? nil : "said \(said) for \(whole) of\n\(String(decoding: text, as: UTF8.self))"
    }
    if let problem { Issue.record("\(problem)") }
  }

  private static func snapshot(_ texts: [String: String]) -> SetSnapshot {
    SetSnapshot(
      root: "/nowhere",
      encoding: .utf16,
      version: 1,
      sources: SourceMap(texts.map { SourceFile(path: $0.key, text: $0.value) })
    )
  }
}
