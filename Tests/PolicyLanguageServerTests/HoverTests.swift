import PolicyReport
import Testing

@testable import PolicyLanguageServer

@Suite struct HoverTests {
  private func hover(_ desk: Desk, _ file: String, _ words: String, plus: Int = 0) throws -> String
  {
    try desk.ask("hover", file, words, plus: plus)["contents"]?["value"]?.text ?? "(nothing)"
  }

  @Test func `on a pattern it lists the actions`() throws {
    let text = try hover(try Desk(), "roles.pol", "*.read")
    #expect(text == "`*.read` is 3 actions\n\n- `device`: `list`, `get`\n- `user`: `list`")
  }

  @Test func `on a rule it says what it grants, to whom, and what overrules it`() throws {
    let desk = try Desk()
    let text = try hover(desk, "roles.pol", "allow device.write")
    #expect(text.hasPrefix("**allows 2 actions** when `context.mfa and context.level > 2`"))
    #expect(text.contains("- `device`: `create`, `delete`"))
    #expect(text.contains("- `group operators` in `acme/plant-1` — people.pol:5"))
    #expect(
      text.contains(
        "- `guardrails#1` unless `context.mfa`: 1 action, in force for everyone — roles.pol:12"
      )
    )
    #expect(text.contains("- `Operator#2` unless `resource.region in"))
    let deny = try hover(desk, "roles.pol", "deny device.delete")
    #expect(deny.contains("**Overrules**\n\n- `Operator#1`: 1 action — roles.pol:8"))
  }

  @Test func `on a policy it shows the whole permission set with its sources`() throws {
    let text = try hover(try Desk(), "people.pol", "assign Operator", plus: 8)
    #expect(text.contains("role `Operator` — Works"))
    #expect(text.contains("Includes `Observer`"))
    #expect(text.contains("**Allowed: 2 actions**\n\n- by `Observer#1` (roles.pol:5)"))
    #expect(text.contains("**Allowed on a condition: 2 actions**"))
  }

  @Test(arguments: [
    ("roles.pol", "device.delete", 8, "There is no way back."),
    ("roles.pol", "context.level", 9, "attribute `context.level`: `Int`"),
    ("roles.pol", "when strong", 6, "let strong = context.mfa and context.level > 2"),
    ("people.pol", "group night-shift }", 8, "Open: requests say who is in it."),
    ("people.pol", "acme/plant-1", 1, "unit `acme` — Acme\n\n2 units below it"),
    ("catalogue.pol", "service user", 9, "service `user` — Users"),
    ("catalogue.pol", "@explicit", 2, "an allow has to name it"),
  ])
  func `on a name it shows what is known`(
    file: String,
    words: String,
    plus: Int,
    expected: String
  ) throws {
    let text = try hover(try Desk(), file, words, plus: plus)
    #expect(text.contains(expected), "\(text)")
  }

  @Test func `hints say how many actions and which denies`() throws {
    let desk = try Desk()
    let answer = try desk.ask(
      "inlayHint",
      "roles.pol",
      more: [JSONMember("range", range(0, 0, 99, 0))]
    )
    #expect(
      answer.elements?.compactMap { $0["label"]?.text } == [
        "2 actions",
        "2 actions, 1 denied at times by `Operator`, 1 denied at times by `guardrails`",
      ]
    )
  }
}
