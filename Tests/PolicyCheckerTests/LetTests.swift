import PolicyEngine
import PolicyModel
import PolicySource
import Testing

/// A `let` is expanded where it is used (section 4 of the language).
@Suite struct LetTests {
  private static let catalogue = """
    catalogue portal {
      principal { level: Int  home: Path  name: String }
      context { mfa: Bool  ip: IP  time: Time }
      resource { owner: Principal  tags: Set<String>  trees: Set<Path> }
      service device { list }
    }
    group staff

    """

  private func condition(_ lets: String, _ condition: String) -> (Condition?, CheckedText) {
    let checked = CheckedText(
      Self.catalogue + lets + "\nrole R { allow device.list when \(condition) }"
    )
    return (checked.set.rules.elements.first?.condition?.withoutPlaces, checked)
  }

  @Test(arguments: [
    ("let a = context.mfa", "a", "context.mfa"),
    ("let a = context.mfa", "not a", "not context.mfa"),
    (
      "let a = context.mfa and context.ip in \"10.0.0.0/8\"", "a or not a",
      "(context.mfa and context.ip in \"10.0.0.0/8\") "
        + "or not (context.mfa and context.ip in \"10.0.0.0/8\")"
    ),
    ("let a = 3", "principal.level > a", "principal.level > 3"),
    ("let a = 3", "a < principal.level", "principal.level > 3"),
    (
      "let a = principal.level", "a >= 2 and 2 <= a",
      "principal.level >= 2 and principal.level >= 2"
    ),
    ("let a = \"10.0.0.0/8\"", "context.ip in a", "context.ip in \"10.0.0.0/8\""),
    (
      "let a = \"10.0.0.0/8\"", "context.ip in [a, \"::1\"]",
      "context.ip in [\"10.0.0.0/8\", \"::1\"]"
    ),
    (
      "let b = [a, \"::1\"] let a = \"10.0.0.0/8\"", "context.ip not in b",
      "context.ip not in [\"10.0.0.0/8\", \"::1\"]"
    ),
    (
      "let a = [\"x\", principal.name]", "resource.tags contains any a",
      "resource.tags contains any [\"x\", principal.name]"
    ),
    ("let a = [\"x\"]", "resource.tags contains all a", "resource.tags contains all [\"x\"]"),
    ("let a = \"x\"", "resource.tags contains a", "resource.tags contains \"x\""),
    (
      "let a = [\"a/b\", principal.home]", "resource.trees under a",
      "resource.trees under [\"a/b\", principal.home]"
    ),
    (
      "let a = resource.owner let b = user \"ada\"", "a == b and b == a",
      "resource.owner == user \"ada\" and resource.owner == user \"ada\""
    ),
    ("let a = principal", "a == resource.owner", "principal == resource.owner"),
    ("let a = true", "a and context.mfa == a", "true and context.mfa == true"),
    ("let c = b let b = a let a = principal in group staff", "c", "principal in group staff"),
    (
      "let a = \"2026-01-01T00:00:00Z\"", "context.time < a",
      "context.time < \"2026-01-01T00:00:00Z\""
    ),
    ("let `in` = context.mfa", "`in`", "context.mfa"),
  ])
  func `a condition with a let is the condition without`(
    _ lets: String,
    _ used: String,
    _ written: String
  ) {
    let (expanded, checked) = condition(lets, used)
    #expect(checked.report == "")
    #expect(expanded != nil)
    #expect(expanded == condition("", written).0)
  }

  @Test func `a bad element is reported once, at the literal, with a use as second place`() throws {
    let (_, checked) = condition(
      "let office = [\"10.0.0.0/8\", branch] let branch = \"10.0.0.300\"",
      "context.ip in office or context.ip in office"
    )
    let found = try #require(checked.diagnostics.first)
    #expect(checked.diagnostics.count == 1, "\(checked.report)")
    #expect(checked.sources.text(found.primary.span) == "\"10.0.0.300\"")
    #expect(found.secondary.map(\.text) == ["used here"])
    #expect(found.secondary.map { checked.sources.text($0.span) } == ["office"])
  }

  @Test func `one let has a type for each use`() {
    let (_, checked) = condition(
      "let text = \"10.0.0.1\"",
      "context.ip == text and principal.name == text and resource.tags contains text"
    )
    #expect(checked.report == "")
  }

  @Test func `a let that nothing uses is checked as far as it can be`() {
    let (_, checked) = condition("let a = context.mfaa let b = [c] let d = principal.level", "true")
    #expect(checked.diagnostics.map(\.code) == [.unknownAttribute, .unknownName])
  }

  @Test func `what is wrong in a let is not said again where it is used`() {
    let (_, checked) = condition(
      """
      let a = context.mfaa
      let b = [principal.nam, d]
      let c = context.mfa and context.ipp in e
      let f = g
      let g = h
      """,
      """
      a and c and not c and principal.name in b and f
        and (context.mfa == a or context.mfa == f or resource.tags contains any b)
      """
    )
    let expected = ["mfaa", "nam", "d", "ipp", "e", "h"]
    #expect(checked.diagnostics.map { checked.sources.text($0.primary.span) } == expected)
    #expect(checked.diagnostics.allSatisfy { $0.secondary.isEmpty })
  }

  @Test func `a cycle is reported once, and its uses are passed over`() {
    let (_, checked) = condition(
      "let a = not b let b = c and c let c = a or a let d = [a]",
      "a and b and context.mfa == c and context.ip in d"
    )
    #expect(checked.diagnostics.map(\.code) == [.letCycle], "\(checked.report)")
  }
}
