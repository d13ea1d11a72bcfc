import PolicyReport
import Testing

@testable import PolicyLanguageServer

@Suite struct CompletionTests {
  /// What is offered at the `‸` of a line that is added to the roles.
  private func offered(_ line: String) throws -> [String] {
    let desk = try Desk()
    return try offered(line, on: desk).compactMap { $0["label"]?.text }
  }

  private func offered(_ line: String, on desk: Desk) throws -> [JSONValue] {
    let parts = line.split(separator: "‸", omittingEmptySubsequences: false)
    let before = desk.text("roles.pol") + "\n" + parts[0]
    desk.write("roles.pol", before + parts[1])
    let lines = before.split(separator: "\n", omittingEmptySubsequences: false)
    let answer = try desk.ask(
      "completion",
      "roles.pol",
      more: [
        JSONMember(
          "position",
          ["line": .int(lines.count - 1), "character": .int(lines.last?.utf16.count ?? 0)]
        )
      ]
    )
    return answer.elements ?? []
  }

  @Test(arguments: [
    (
      "‸",
      ["catalogue", "policy", "role", "group", "built-in", "let", "ou", "assign", "test", "assert"]
    ),
    ("role R { allow ‸ }", ["device", "user", "*"]),
    ("role R { allow device.‸ }", ["read", "write", "list", "get", "create", "delete", "*"]),
    ("role R { allow device.li‸ }", ["read", "write", "list", "get", "create", "delete", "*"]),
    ("role R { allow {device, user}.‸ }", ["read", "list", "*"]),
    ("role R { allow device.{‸} }", ["read", "write", "list", "get", "create", "delete", "*"]),
    ("role R includes ‸ {}", ["Observer", "Operator", "guardrails"]),
    ("role R includes Observer, ‸ {}", ["Operator", "guardrails"]),
    ("role R { allow user.list when context.‸ }", ["mfa", "level"]),
    ("role R { allow user.list when resource.‸ }", []),
    ("role R { allow device.list when resource.‸ }", ["owner", "region"]),
    ("role R { allow device.list when resource.owner == principal.‸ }", []),
    ("assign ‸", ["Observer", "Operator", "guardrails"]),
    ("assign Observer to group ‸", ["operators", "night-shift"]),
    ("assign Observer to everyone in ‸", ["acme"]),
    ("assign Observer to everyone in acme/‸", ["plant-1", "plant-2"]),
    (
      "catalogue c { context { x: ‸ } }",
      [
        "Bool", "Int", "String", "IP", "Time", "Path", "Principal", "Set",
      ]
    ),
    ("@‸", ["explicit", "sensitive", "deprecated", "id", "suppress"]),
    ("// ‸", []),
    ("role R \"‸\" {}", []),
  ])
  func `what is legal is offered and nothing else`(line: String, labels: [String]) throws {
    #expect(try offered(line).sorted() == labels.sorted(), "\(line)")
  }

  @Test(arguments: [
    ("role R { ‸ }", ["allow", "deny"], ["when", "test", "role"]),
    (
      "role R { allow device.list ‸ }", ["when", "unless", "because", "except", "allow"],
      ["in", "with"]
    ),
    (
      "role R { allow device.list when ‸ }", ["strong", "context", "not", "has"],
      ["regions", "allow"]
    ),
    ("role R { allow device.list when resource.region in ‸ }", ["regions"], ["strong"]),
    (
      "role R { allow device.list when resource.region == ‸ }", ["\"eu\"", "\"us\""],
      ["strong", "regions"]
    ),
    ("test \"t\" { ‸ }", ["as", "in", "with", "allow", "deny"], ["when", "role"]),
    ("test \"t\" { as Observer allow device.list ‸ }", ["in", "with", "because"], ["when", "as"]),
    ("assert ‸", ["anyone", "only", "nobody", "Observer", "everyone"], ["allow"]),
    ("assert anyone ‸", ["can", "cannot"], ["when", "anyone"]),
    ("assign Observer ‸", ["to"], ["in", "when"]),
    ("assign Observer to ‸", ["everyone", "anonymous", "user", "group"], ["Observer"]),
    (
      "role R { allow device.list when principal is ‸ }", ["user", "anonymous"],
      ["group", "strong"]
    ),
  ])
  func `words of the language are offered where they are legal`(
    line: String,
    present: [String],
    absent: [String]
  ) throws {
    let labels = try offered(line)
    for label in present { #expect(labels.contains(label), "\(label) in \(line): \(labels)") }
    for label in absent { #expect(!labels.contains(label), "\(label) in \(line): \(labels)") }
  }

  @Test func `what is offered is documented, replaces the word, and may be a template`() throws {
    let desk = try Desk()
    let items = try offered("role R { allow device.de‸ }", on: desk)
    let delete = items.first { $0["label"]?.text == "delete" }
    #expect(delete?["documentation"]?["value"]?.text?.contains("There is no way back.") == true)
    #expect(desk.covered("roles.pol", delete?["textEdit"]?["range"]) == "de")
    let tests = try offered("‸", on: try Desk()).first { $0["label"]?.text == "test" }
    #expect(tests?["insertTextFormat"]?.number == 2)
    #expect(tests?["textEdit"]?["newText"]?.text?.hasPrefix("test \"${1:") == true)
  }

  @Test(arguments: [("@suppress(‸", 0), ("@suppress(missing-title, ‸", 1), ("@deprecated(‸", 0)])
  func `the arguments of annotations are shown`(line: String, active: Int) throws {
    let text = line.replacing("‸", with: "")
    let desk = try Desk(["a.pol": text])
    let help = try desk.ask("signatureHelp", "a.pol", text, plus: text.count)
    #expect(help["activeParameter"]?.number == active)
    #expect(help["signatures"]?[0]?["label"]?.text?.hasPrefix(text.prefix(5)) == true)
  }
}
