import PolicyReport
import Testing

@testable import PolicyLanguageServer

@Suite struct NavigationTests {
  @Test(arguments: [
    ("roles.pol", "allow device.write", 6, "catalogue.pol:5:device"),
    ("roles.pol", "device.write", 7, "catalogue.pol:8:write"),
    ("roles.pol", "device.create", 7, "catalogue.pol:9:create"),
    ("roles.pol", "includes Observer", 9, "roles.pol:4:Observer"),
    ("roles.pol", "when strong", 5, "roles.pol:1:strong"),
    ("roles.pol", "context.mfa because", 8, "catalogue.pol:4:mfa"),
    ("people.pol", "acme/plant-1", 5, "people.pol:1:plant-1"),
    ("people.pol", "acme/plant-1", 0, "people.pol:1:acme"),
    ("people.pol", "group night-shift }", 6, "people.pol:3:night-shift"),
    ("people.pol", "to group operators", 9, "people.pol:2:operators"),
  ])
  func `every kind of name leads to its declaration`(
    file: String,
    words: String,
    plus: Int,
    place: String
  ) throws {
    let desk = try Desk()
    let found = try desk.ask("definition", file, words, plus: plus)
    #expect(desk.places(found) == [place])
  }

  @Test func `a name after a star leads to all that it stands for`() throws {
    let desk = try Desk()
    let found = try desk.ask("definition", "roles.pol", "*.read", plus: 2)
    #expect(desk.places(found) == ["catalogue.pol:7:read", "catalogue.pol:15:read"])
  }

  @Test func `references are in all files`() throws {
    let desk = try Desk()
    let more = [JSONMember("context", ["includeDeclaration": true])]
    let found = try desk.ask("references", "roles.pol", "Observer", more: more)
    #expect(
      desk.places(found) == [
        "people.pol:9:Observer", "people.pol:13:Observer", "roles.pol:4:Observer",
        "roles.pol:7:Observer",
      ]
    )
    let uses = [JSONMember("context", ["includeDeclaration": false])]
    let only = try desk.ask("references", "catalogue.pol", "create", more: uses)
    #expect(desk.places(only) == ["people.pol:11:create", "roles.pol:9:create"])
  }

  @Test func `highlights tell declarations from uses`() throws {
    let desk = try Desk()
    let found = try desk.ask("documentHighlight", "roles.pol", "strong")
    #expect(found.elements?.compactMap { $0["kind"]?.number } == [3, 2])
  }

  @Test func `the symbols of a document are a tree`() throws {
    let desk = try Desk()
    let symbols = try desk.ask("documentSymbol", "roles.pol")
    #expect(
      symbols.elements?.compactMap { $0["name"]?.text } == [
        "strong", "regions", "Observer", "Operator", "guardrails",
      ]
    )
    #expect(
      symbols[3]?["children"]?.elements?.compactMap { $0["name"]?.text } == [
        "allow device.write", "deny device.create",
      ]
    )
    let catalogue = try desk.ask("documentSymbol", "catalogue.pol")
    #expect(catalogue[0]?["children"]?[3]?["children"]?[2]?["name"]?.text == "read")
  }

  @Test func `the symbols of the workspace are found by some of their letters`() throws {
    let desk = try Desk()
    let found = try desk.client.request("workspace/symbol", ["query": "DEVDEL"])
    #expect(found.elements?.compactMap { $0["name"]?.text } == ["device.delete"])
  }

  @Test func `blocks and runs of comments fold`() throws {
    let desk = try Desk(["a.pol": "// a\n// b\n\nrole R {\n  allow *\n}\n"])
    let folds = try desk.ask("foldingRange", "a.pol")
    #expect(
      folds.elements?.map { [$0["startLine"]?.number, $0["endLine"]?.number] } == [
        [3, 4], [0, 1],
      ]
    )
  }

  @Test func `a selection grows from a name to the file`() throws {
    let desk = try Desk()
    let position = desk.position("roles.pol", "device.write", plus: 8)
    let answer = try desk.ask(
      "selectionRange",
      "roles.pol",
      more: [JSONMember("positions", [position])]
    )
    var texts: [String] = []
    var next = answer[0]
    while let range = next, !range.isNull {
      texts.append(desk.covered("roles.pol", range["range"]))
      next = range["parent"]
    }
    #expect(texts.first == "write")
    #expect(texts.dropFirst().first == "device.write")
    #expect(texts.last == desk.text("roles.pol"))
  }

  @Test func `tokens are what the grammar says, also where there is a mistake`() throws {
    let desk = try Desk(["a.pol": "role R { allow device.list when }\n"])
    let answer = try desk.ask("semanticTokens/full", "a.pol")
    let data = (answer["data"]?.elements ?? []).compactMap(\.number)
    let kinds = stride(from: 3, to: data.count, by: 5).map {
      SemanticTokens.Kind(rawValue: data[$0])
    }
    #expect(kinds == [.keyword, .function, .keyword, .classKind, .method, .keyword])
    let part = try desk.ask(
      "semanticTokens/range",
      "a.pol",
      more: [JSONMember("range", range(0, 0, 0, 4))]
    )
    #expect(part["data"]?.elements?.count == 5)
  }
}
