import Foundation
import PolicyReport
import Testing

@testable import PolicyLanguageServer

@Suite struct ActionTests {
  private func actions(_ desk: Desk, _ file: String, _ words: String) throws -> [JSONValue] {
    let answer = try desk.ask(
      "codeAction",
      file,
      more: [
        JSONMember("range", desk.range(file, words)), JSONMember("context", ["diagnostics": []]),
      ]
    )
    return answer.elements ?? []
  }

  @Test func `every fix is an action`() throws {
    let desk = try Desk()
    desk.write("roles.pol", desk.text("roles.pol").replacing("device.create", with: "device.crate"))
    let found = try actions(desk, "roles.pol", "crate")
    #expect(found.compactMap { $0["title"]?.text } == ["change to `create`"])
    #expect(found.first?["isPreferred"]?.bool == false, "a guess is not applied unseen")
    #expect(desk.applied(found.first?["edit"], to: "roles.pol") == Desk.portal["roles.pol"])
  }

  @Test func `a lint can be suppressed, and wants a reason then`() throws {
    var texts = Desk.portal
    texts["more.pol"] = "let idle = context.mfa\n"
    let desk = try Desk(texts)
    let found = try actions(desk, "more.pol", "idle")
    let action = found.first {
      $0["title"]?.text == "suppress `unused-let` here, with a reason"
    }
    #expect(
      desk.applied(action?["edit"], to: "more.pol")
        == "@suppress(unused-let, \"\") let idle = context.mfa\n"
    )
  }

  @Test(arguments: [
    ("allow *.read", "as Observer\n  allow device.list, device.get"),
    ("allow device.write", "with context.mfa = true, context.level = 3\n  allow device.delete"),
    ("deny device.create", "deny device.create"),
    ("deny device.delete", "as guardrails\n  deny device.delete"),
  ])
  func `a test can be added for a rule, in which the rule decides`(
    rule: String,
    expected: String
  ) throws {
    let desk = try Desk()
    let found = try actions(desk, "roles.pol", rule)
    let action = try #require(found.first { $0["title"]?.text == "add a test for this rule" })
    let text = desk.applied(action["edit"], to: "roles.pol")
    #expect(text.contains(expected), "\(text)")
    desk.write("roles.pol", text)
    let title = try #require(text.split(separator: "test \"").last?.prefix { $0 != "\"" })
    let result = try desk.client.request(
      "workspace/executeCommand",
      [
        "command": "pol.runTest",
        "arguments": [.string(desk.uri("roles.pol")), .string(String(title))],
      ]
    )
    #expect(result["passed"]?.bool == true)
  }

  @Test func `a lens runs its test and says how it went`() throws {
    let desk = try Desk()
    let lenses = try desk.ask("codeLens", "people.pol")
    let command = try #require(lenses[0]?["command"])
    #expect(command["title"]?.text == "▶ run test")
    func run() throws -> JSONValue {
      try desk.client.request(
        "workspace/executeCommand",
        ["command": command["command"] ?? .null, "arguments": command["arguments"] ?? .null]
      )
    }
    #expect(try run()["passed"]?.bool == true)
    let said = try desk.client.take { $0["method"]?.text == "window/showMessage" }
    #expect(said["params"]?["message"]?.text == "passed: observers look")
    desk.write(
      "people.pol",
      desk.text("people.pol").replacing("deny device.create", with: "allow device.create")
    )
    let failed = try run()
    #expect(failed["passed"]?.bool == false)
    #expect(failed["failures"]?.elements?.count == 1)
  }

  @Test func `formatting is that of pol fmt, whole or in part`() throws {
    let desk = try Desk(["a.pol": "role   A { }\nrole   B { }\n"])
    let options = JSONMember("options", ["tabSize": 4, "insertSpaces": true])
    let whole = try desk.ask("formatting", "a.pol", more: [options])
    #expect(desk.applied(whole, edits: "a.pol") == "role A {}\nrole B {}\n")
    let part = try desk.ask(
      "rangeFormatting",
      "a.pol",
      more: [options, JSONMember("range", range(1, 0, 1, 4))]
    )
    #expect(desk.applied(part, edits: "a.pol").hasPrefix("role   A { }\nrole B {}"))
  }

  @Test func `a lens says how access differs from the last commit`() throws {
    let scratch = try Scratch(Desk.portal)
    func git(_ arguments: String...) throws -> Int32 {
      let process = Process()
      process.executableURL = URL(filePath: "/usr/bin/env")
      process.arguments =
        ["git", "-C", scratch.folder.path, "-c", "user.name=T", "-c", "user.email=t@example.org"]
        + arguments
      process.standardOutput = FileHandle.nullDevice
      process.standardError = FileHandle.nullDevice
      try process.run()
      process.waitUntilExit()
      return process.terminationStatus
    }
    #expect(try git("init", "-q") == 0)
    #expect(try git("add", ".") == 0)
    #expect(try git("commit", "-q", "-m", "first") == 0)
    let client = try LanguageClient.started(in: [scratch.folder])
    let uri = scratch.uri("roles.pol")
    let text = Desk.portal["roles.pol"] ?? ""
    client.open(uri, text)
    func lenses() throws -> [String] {
      let answer = try client.request(
        "textDocument/codeLens",
        ["textDocument": ["uri": .string(uri)]]
      )
      return (answer.elements ?? []).compactMap { $0["command"]?["title"]?.text }
    }
    #expect(try lenses() == [])
    client.change(uri, to: text.replacing("allow *.read except", with: "allow *.* except"))
    #expect(
      try lenses() == [
        "since the last commit: widened for 2 actions",
        "since the last commit: widened for 2 actions",
      ]
    )
    let said = try client.request(
      "workspace/executeCommand",
      ["command": "pol.accessChange", "arguments": [.string(uri), "Observer"]]
    )
    #expect(said["details"]?[0]?.text == "widened: device.create, device.delete")
  }
}
