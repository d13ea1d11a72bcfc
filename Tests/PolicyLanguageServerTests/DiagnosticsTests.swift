import Foundation
package import PolicyReport
import Testing

@testable import PolicyLanguageServer

@Suite struct DiagnosticsTests {
  static let catalogue = """
    catalogue portal {
      context { mfa: Bool }
      service device { read { list  get }  write { create  delete } }
    }

    """

  static func codes(_ list: [JSONValue]) -> [String] { list.compactMap { $0["code"]?.text } }

  @Test func `findings come when a document is opened, and go when it is mended`() throws {
    let scratch = try Scratch(["catalogue.pol": Self.catalogue])
    let client = try LanguageClient.started(in: [scratch.folder])
    let uri = scratch.uri("roles.pol")
    client.open(uri, "role Observer { allow device.lst }\n")
    let found = try client.diagnostics(of: uri)
    #expect(Self.codes(found) == ["unknown-action"])
    #expect(found.first?["range"] == range(0, 29, 0, 32))
    let version = client.change(uri, range(0, 30, 0, 30), to: "i")
    #expect(try client.diagnostics(of: uri, version: version).isEmpty)
    #expect(try client.finish() == 0)
  }

  @Test(arguments: ["utf-8", "utf-16", "utf-32"])
  func `places count in the units agreed upon`(encoding: String) throws {
    let scratch = try Scratch(["catalogue.pol": Self.catalogue])
    let client = try LanguageClient.started(in: [scratch.folder], encodings: [encoding])
    let uri = scratch.uri("roles.pol")
    client.open(uri, "/* */")
    _ = try client.diagnostics(of: uri)
    // Beyond the basic plane: four bytes, two UTF-16 units, one scalar.
    client.change(uri, to: "role R \"🛩é\" { allow device.list }\n")
    let column = ["utf-8": 27, "utf-16": 24, "utf-32": 23][encoding] ?? 0
    let before = try client.diagnostics(of: uri) { $0.isEmpty }
    #expect(before.isEmpty)
    client.change(uri, range(0, column + 4, 0, column + 8), to: "lost")
    let found = try client.diagnostics(of: uri) { !$0.isEmpty }
    #expect(Self.codes(found) == ["unknown-action"])
    #expect(found.first?["range"] == range(0, column + 4, 0, column + 8))
  }

  @Test func `a change of one file shows in the others`() throws {
    let scratch = try Scratch([
      "catalogue.pol": Self.catalogue, "roles.pol": "role R { allow device.purge }\n",
    ])
    let client = try LanguageClient.started(in: [scratch.folder])
    let catalogue = scratch.uri("catalogue.pol")
    client.open(catalogue, Self.catalogue)
    let found = try client.diagnostics(of: scratch.uri("roles.pol"))
    #expect(Self.codes(found) == ["unknown-action"])
    client.change(catalogue, to: Self.catalogue.replacing("create", with: "create  purge"))
    #expect(try client.diagnostics(of: scratch.uri("roles.pol")).isEmpty)
  }

  @Test func `assertions are proved while one types`() throws {
    let scratch = try Scratch(["catalogue.pol": Self.catalogue])
    let client = try LanguageClient.started(in: [scratch.folder])
    let uri = scratch.uri("roles.pol")
    client.open(
      uri,
      "role R { allow device.read }\nassert R cannot device.delete\n"
    )
    #expect(try client.diagnostics(of: uri).isEmpty)
    client.change(uri, range(0, 22, 0, 26), to: "write")
    let found = try client.diagnostics(of: uri) { !$0.isEmpty }
    #expect(Self.codes(found) == ["assertion-failed"])
  }

  @Test func `files that change on the disk are read again, unless a buffer is over them`() throws {
    let scratch = try Scratch([
      "catalogue.pol": Self.catalogue, "roles.pol": "role R { allow device.list }\n",
    ])
    let client = try LanguageClient.started(in: [scratch.folder])
    _ = try client.take { $0["method"]?.text == "client/registerCapability" }
    let roles = scratch.uri("roles.pol")
    client.open(scratch.uri("catalogue.pol"), Self.catalogue)
    try scratch.write("role R { allow device.gone }\n", to: "roles.pol")
    client.notify(
      "workspace/didChangeWatchedFiles",
      ["changes": [["uri": .string(roles), "type": 2]]]
    )
    #expect(Self.codes(try client.diagnostics(of: roles)) == ["unknown-action"])
    client.open(roles, "role R { allow device.get }\n")
    #expect(try client.diagnostics(of: roles).isEmpty)
    client.notify("textDocument/didClose", ["textDocument": ["uri": .string(roles)]])
    #expect(Self.codes(try client.diagnostics(of: roles)) == ["unknown-action"])
  }

  @Test func `a set that is closed and opened again begins anew`() throws {
    let scratch = try Scratch(["catalogue.pol": Self.catalogue])
    let client = try LanguageClient.started(in: [scratch.folder])
    let uri = scratch.uri("roles.pol")
    for round in 1...5 {
      client.open(uri, "role R { allow device.list }\n")
      for _ in 0..<round { client.change(uri, range(0, 0, 0, 0), to: " ") }
      let version = client.change(uri, to: "role R { allow device.lst }\n")
      let found = try client.diagnostics(of: uri, version: version)
      #expect(Self.codes(found) == ["unknown-action"])
      client.notify("textDocument/didClose", ["textDocument": ["uri": .string(uri)]])
      #expect(try client.diagnostics(of: uri) { $0.isEmpty }.isEmpty)
    }
  }

  @Test func `each folder is a policy set of its own`() throws {
    let scratch = try Scratch([
      "a/catalogue.pol": Self.catalogue, "a/deep/roles.pol": "", "b/catalogue.pol": Self.catalogue,
      "c/pol.json": "{}", "c/x/catalogue.pol": Self.catalogue, "c/y/roles.pol": "",
    ])
    let client = try LanguageClient.started(in: [scratch.folder])
    let text = "role R { allow device.list }\n"
    for path in ["a/deep/roles.pol", "b/roles.pol", "c/y/roles.pol"] {
      client.open(scratch.uri(path), text)
      #expect(try client.diagnostics(of: scratch.uri(path)).isEmpty, "\(path)")
    }
    client.open(scratch.uri("d/roles.pol"), text)
    #expect(
      Self.codes(try client.diagnostics(of: scratch.uri("d/roles.pol"))) == ["unknown-service"]
    )
    client.notify(
      "workspace/didChangeWorkspaceFolders",
      ["event": ["added": [], "removed": []]]
    )
    #expect(try client.finish() == 0)
  }
}

/// A range as LSP writes it.
func range(_ line: Int, _ character: Int, _ endLine: Int, _ endCharacter: Int) -> JSONValue {
  [
    "start": ["line": .int(line), "character": .int(character)],
    "end": ["line": .int(endLine), "character": .int(endCharacter)],
  ]
}

extension JSONValue: Equatable {
  /// Whether two values are written the same.
  package static func == (left: JSONValue, right: JSONValue) -> Bool {
    JSONWriter.line(left) == JSONWriter.line(right)
  }
}
