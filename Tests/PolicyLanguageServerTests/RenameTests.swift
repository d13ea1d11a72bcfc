import PolicyReport
import Testing

@testable import PolicyLanguageServer

@Suite struct RenameTests {
  private func rename(
    _ desk: Desk,
    _ file: String,
    _ words: String,
    plus: Int = 0,
    to name: String
  ) throws -> JSONValue {
    try desk.ask(
      "rename",
      file,
      words,
      plus: plus,
      more: [JSONMember("newName", .string(name))]
    )
  }

  @Test(arguments: [
    ("catalogue.pol", "device", "gadget", "roles.pol", "allow gadget.write when"),
    ("catalogue.pol", "create", "make", "roles.pol", "deny device.make unless"),
    ("catalogue.pol", "write", "change", "roles.pol", "allow device.change when"),
    ("catalogue.pol", "mfa", "second-factor", "roles.pol", "unless context.second-factor because"),
    ("catalogue.pol", "region:", "area", "roles.pol", "unless resource.area in regions"),
    ("roles.pol", "Observer", "Watcher", "people.pol", "as Watcher\n"),
    ("roles.pol", "strong", "safe", "roles.pol", "write when safe\n"),
    ("people.pol", "operators", "crew", "people.pol", "to group crew in"),
    ("people.pol", "plant-1", "factory", "people.pol", "in acme/factory\n"),
    ("people.pol", "acme", "initech", "people.pol", "in initech/plant-1\n"),
    ("roles.pol", "Observer", "the watcher", "roles.pol", "includes `the watcher` {"),
    ("roles.pol", "Observer", "anyone", "people.pol", "assert `anyone` cannot"),
  ])
  func `every kind of name is renamed in all files`(
    file: String,
    words: String,
    name: String,
    other: String,
    expected: String
  ) throws {
    let desk = try Desk()
    let edit = try rename(desk, file, words, to: name)
    #expect(desk.applied(edit, to: other).contains(expected))
  }

  @Test(arguments: [
    ("catalogue.pol", "create", "list", "two"),
    ("roles.pol", "Observer", "Operator", "wrong"),
    ("roles.pol", "strong", "regions", "wrong"),
    ("people.pol", "plant-1", "plant-2", "wrong"),
    ("people.pol", "operators", "night-shift", "wrong"),
    ("catalogue.pol", "mfa", "level", "wrong"),
    // `*.read` stands for both.
    ("catalogue.pol", "read", "look", "also stands for `user.read`"),
    ("roles.pol", "Observer", "a`b", "no name"),
    ("roles.pol", "Observer", "", "no name"),
    ("people.pol", "acme", "a/b", "wrong"),
  ])
  func `what would collide is refused`(
    file: String,
    words: String,
    name: String,
    reason: String
  ) throws {
    let desk = try Desk()
    let refused = try #require(throws: LanguageClient.Refused.self) {
      try rename(desk, file, words, to: name)
    }
    #expect(refused.code == -32803)
    #expect(refused.message.contains(reason) || reason == "two", "\(refused.message)")
  }

  @Test func `a pattern that would match something else keeps a name from changing`() throws {
    var texts = Desk.portal
    texts["more.pol"] = "role Maker \"Makes\" { allow device.cre* }\n"
    let desk = try Desk(texts)
    #expect(throws: LanguageClient.Refused.self) {
      try rename(desk, "catalogue.pol", "create", to: "make")
    }
    let kept = try rename(desk, "catalogue.pol", "create", to: "creation")
    #expect(desk.applied(kept, to: "roles.pol").contains("deny device.creation unless"))
  }

  @Test func `only names can be renamed`() throws {
    let desk = try Desk()
    let prepared = try desk.ask("prepareRename", "roles.pol", "device.write", plus: 9)
    #expect(prepared["placeholder"]?.text == "write")
    #expect(desk.covered("roles.pol", prepared["range"]) == "write")
    #expect(throws: LanguageClient.Refused.self) {
      try desk.ask("prepareRename", "roles.pol", "allow")
    }
    #expect(throws: LanguageClient.Refused.self) {
      try desk.ask("prepareRename", "roles.pol", "*.read", plus: 3)
    }
  }
}
