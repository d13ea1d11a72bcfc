import PolicyReport
import Testing

@testable import PolicyLanguageServer

@Suite struct LifecycleTests {
  @Test func `the server says what it can do, and ends when it is told to`() throws {
    let client = try LanguageClient.make()
    let answer = try client.request("initialize", ["processId": .null, "capabilities": [:]])
    #expect(answer["serverInfo"]?["name"]?.text == "pol")
    #expect(answer["capabilities"]?["positionEncoding"]?.text == "utf-16")
    #expect(answer["capabilities"]?["textDocumentSync"]?["change"]?.number == 2)
    #expect(try client.finish() == 0)
  }

  @Test func `the server ends when its client goes without a word`() throws {
    let client = try LanguageClient.started()
    client.closeInput()
    #expect(client.waitForExit() == 1)
  }

  @Test func `exit without shutdown is not as hoped`() throws {
    let client = try LanguageClient.started()
    client.notify("exit", .null)
    #expect(client.waitForExit() == 1)
  }

  @Test func `nothing is answered before initialize, nor after shutdown`() throws {
    let client = try LanguageClient.make()
    #expect(throws: LanguageClient.Refused.self) {
      try client.request("textDocument/hover", ["textDocument": ["uri": "file:///a.pol"]])
    }
    _ = try client.request("initialize", ["processId": .null, "capabilities": [:]])
    #expect(throws: LanguageClient.Refused.self) { try client.request("initialize", [:]) }
    _ = try client.request("shutdown", .null)
    #expect(throws: LanguageClient.Refused.self) { try client.request("shutdown", .null) }
    client.notify("exit", .null)
    #expect(client.waitForExit() == 0)
  }

  @Test(arguments: [
    (["utf-8", "utf-16"], "utf-8"), (["utf-32", "utf-16"], "utf-32"), (["utf-16"], "utf-16"),
    ([], "utf-16"),
  ])
  func `the encoding of positions is agreed upon`(offered: [String], chosen: String) throws {
    let client = try LanguageClient.make()
    let answer = try client.request(
      "initialize",
      [
        "processId": .null,
        "capabilities": ["general": ["positionEncodings": .strings(offered)]],
      ]
    )
    #expect(answer["capabilities"]?["positionEncoding"]?.text == chosen)
    #expect(try client.finish() == 0)
  }

  @Test(arguments: [
    ("Content-Length: 7\r\n\r\nnothing", -32700),
    ("Content-Length: 2\r\n\r\n[]", -32600),
    ("Content-Length: 14\r\n\r\n{\"jsonrpc\": 1}", -32600),
    ("Content-Length: much\r\n\r\n", -32700),
    ("Content-Type: x\r\n\r\n{}", -32700),
  ])
  func `a message that cannot be read is answered`(raw: String, code: Int) throws {
    let client = try LanguageClient.started()
    client.sendRaw(Array(raw.utf8))
    let answer = try client.take { $0["error"] != nil }
    #expect(answer["error"]?["code"]?.number == code)
    #expect(try client.finish() == 0)
  }

  @Test func `unknown requests are refused and unknown notifications passed over`() throws {
    let client = try LanguageClient.started()
    client.notify("$/unknown", [:])
    let refused = try #require(throws: LanguageClient.Refused.self) {
      try client.request("textDocument/unknown", ["textDocument": ["uri": "x"]])
    }
    #expect(refused.code == -32601)
    #expect(try client.finish() == 0)
  }
}
