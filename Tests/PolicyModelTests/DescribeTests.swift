import PolicyEngine
import PolicyModel
import PolicyTestSupport
import Testing

/// Conditions read back as text, and text read back as the same condition.
@Suite struct DescribeTests {
  /// Conditions that are written as they are described.
  static let conditions = [
    "context.mfa", "not context.mfa", "has context.ip", "not has context.ip", "has resource",
    "context.level < 3", "context.level <= -3", "context.level > 3", "context.level >= 3",
    "principal.team == \"a\"", "principal.team != \"a\\\"b\\\\\"",
    "principal.team like \"a*\\*b\"", "principal.team not like \"*\"",
    "context.ip in \"10.0.0.0/8\"", "context.ip not in \"2001:db8::/33\"",
    "context.ip in \"::1\"", "context.ip == \"10.0.0.1\"",
    "context.ip in [\"10.0.0.0/8\", \"::/0\", \"0.0.0.0/0\"]",
    "context.time < \"2026-01-01T00:00:00Z\"", "principal.team in [\"a\", \"b\"]",
    "resource.home under \"a/b\"", "resource.trees not under \"a\"",
    "resource.tags contains \"a\"", "resource.tags not contains \"a\"",
    "resource.tags contains any resource.others", "resource.tags contains all resource.others",
    "resource.owner == principal", "resource.owner == user \"ada\"",
    "principal != service-account \"x y\"", "principal in group night",
    "principal not in group `two words`", "principal is user", "not principal is anonymous",
    "resource.size < resource.limit", "resource.size <= resource.limit",
    "context.mfa and context.level < 3 or has context.ip",
    "context.mfa and (context.level < 3 or has context.ip)",
    "not (context.mfa and has context.ip)", "context.mfa or context.level < 3 and has context.ip",
  ]

  @Test(arguments: conditions) func `a condition reads as it was written`(_ text: String) throws {
    // `has` may stand only where its absence restricts.
    let effect = text.hasPrefix("not") ? "deny" : "allow"
    let set = try policySet(
      catalogue + "group night group `two words` policy P { \(effect) device.list when \(text) }"
    )
    let condition = try #require(set.rules[.init(0)].condition)
    #expect(describe(condition, in: set) == text)
  }

  @Test func `names that are no names by themselves are in backquotes`() {
    #expect(describe(name: "service-account") == "service-account")
    #expect(describe(name: "Model Administrator") == "`Model Administrator`")
    for name in ["pods/exec", "a-", "-a", "a--b", "1a", ""] {
      #expect(describe(name: name) == "`\(name)`")
    }
    #expect(describe(name: "any", reserved: reservedPolicyNames) == "`any`")
    #expect(describe(name: "any") == "any")
  }

  @Test func `what cannot be seen is escaped`() {
    #expect(describe(string: "a\tb\n\u{202e}\u{7}") == "\"a\\tb\\n\\u{202e}\\u{7}\"")
  }
}
