import PolicyEngine
import PolicyModel
import PolicyTestSupport
import Testing

/// Section 5, "Values" and "Missing information never widens access".
@Suite struct ValueTests {
  /// A condition, values that make it true, values that make it false, and what it reads.
  static let conditions: [(condition: String, yes: [String], no: [String])] = [
    ("context.mfa", ["context.mfa = true"], ["context.mfa = false"]),
    ("principal.team == \"a\"", ["principal.team = \"a\""], ["principal.team = \"A\""]),
    ("principal.team != \"a\"", ["principal.team = \"b\""], ["principal.team = \"a\""]),
    // By bytes: the same text in two normal forms is two texts.
    (
      "principal.team == \"\\u{e9}\"", ["principal.team = \"\\u{e9}\""],
      ["principal.team = \"e\\u{301}\""]
    ),
    (
      "principal.team in [\"a\", \"b\"]", ["principal.team = \"b\""], ["principal.team = \"c\""]
    ),
    (
      "principal.team not in [\"a\", \"b\"]", ["principal.team = \"c\""],
      ["principal.team = \"a\""]
    ),
    (
      "principal.team like \"a*c\"", ["principal.team = \"ac\"", "principal.team = \"abbc\""],
      ["principal.team = \"acb\"", "principal.team = \"\""]
    ),
    (
      "principal.team not like \"a*c\"", ["principal.team = \"acb\""],
      ["principal.team = \"ac\""]
    ),
    (
      "principal.team like \"a\\*c\"", ["principal.team = \"a*c\""], ["principal.team = \"abc\""]
    ),
    ("context.level < 3", ["context.level = 2"], ["context.level = 3"]),
    ("context.level <= 3", ["context.level = 3"], ["context.level = 4"]),
    ("context.level > 3", ["context.level = 4"], ["context.level = 3"]),
    ("context.level >= 3", ["context.level = 3"], ["context.level = 2"]),
    (
      "context.time < \"2026-01-01T00:00:00Z\"",
      ["context.time = \"2026-01-01T00:30:00+01:00\""], ["context.time = \"2026-01-01T00:00:00Z\""]
    ),
    (
      "context.ip in \"10.0.0.0/8\"",
      ["context.ip = \"10.1.2.3\"", "context.ip = \"::ffff:10.1.2.3\""],
      ["context.ip = \"11.0.0.0\"", "context.ip = \"::1\""]
    ),
    ("context.ip in \"::/0\"", ["context.ip = \"::1\""], ["context.ip = \"10.0.0.1\""]),
    (
      "context.ip not in [\"10.0.0.0/8\", \"::1\"]", ["context.ip = \"11.0.0.0\""],
      ["context.ip = \"::1\"", "context.ip = \"10.0.0.1\""]
    ),
    (
      "resource.home under \"a/b\"", ["resource.home = \"a/b\"", "resource.home = \"a/b/c\""],
      ["resource.home = \"a\"", "resource.home = \"a/bb\""]
    ),
    (
      "resource.trees under \"a/b\"", ["resource.trees = [\"x\", \"a/b/c\"]"],
      ["resource.trees = [\"x\", \"a\"]"]
    ),
    (
      "resource.trees under resource.home", ["resource.trees = [\"a/b\"], resource.home = \"a\""],
      ["resource.trees = [\"a\"], resource.home = \"a/b\""]
    ),
    (
      "resource.tags contains \"a\"", ["resource.tags = [\"a\", \"b\"]"],
      ["resource.tags = [\"b\"]"]
    ),
    (
      "resource.tags contains any [\"a\", \"b\"]", ["resource.tags = [\"b\"]"],
      ["resource.tags = [\"c\"]"]
    ),
    (
      "resource.tags contains all [\"a\", \"b\"]", ["resource.tags = [\"b\", \"a\"]"],
      ["resource.tags = [\"b\"]"]
    ),
    (
      "resource.tags contains any resource.others",
      ["resource.tags = [\"a\", \"b\"], resource.others = [\"b\", \"c\"]"],
      ["resource.tags = [\"a\"], resource.others = [\"c\"]"]
    ),
    (
      "resource.tags contains all resource.others",
      ["resource.tags = [\"a\", \"b\"], resource.others = [\"b\"]"],
      ["resource.tags = [\"a\"], resource.others = [\"a\", \"c\"]"]
    ),
    (
      "resource.workspace in resource.tags",
      ["resource.workspace = \"a\", resource.tags = [\"a\"]"],
      ["resource.workspace = \"b\", resource.tags = [\"a\"]"]
    ),
    (
      "resource.size < resource.limit", ["resource.size = 1, resource.limit = 2"],
      ["resource.size = 2, resource.limit = 2"]
    ),
    (
      "resource.workspace == principal.team",
      ["resource.workspace = \"a\", principal.team = \"a\""],
      ["resource.workspace = \"a\", principal.team = \"b\""]
    ),
    (
      "resource.owner == principal", ["resource.owner = user \"ada\""],
      ["resource.owner = service-account \"ada\"", "resource.owner = user \"bob\""]
    ),
    (
      "principal in resource.readers", ["resource.readers = [user \"bob\", user \"ada\"]"],
      ["resource.readers = [user \"bob\"]"]
    ),
    ("resource == \"d-1\"", ["resource = \"d-1\""], ["resource = \"d-2\""]),
    ("resource.region == \"eu\"", ["resource.region = \"eu\""], ["resource.region = \"us\""]),
  ]

  @Test(arguments: conditions.indices)
  func `a comparison is true, false, or unknown without its values`(_ index: Int) throws {
    let (condition, yes, no) = Self.conditions[index]
    // What is unknown neither allows, nor keeps a deny from applying, nor does its negation.
    let text = """
      role A { allow device.list when \(condition) }
      role N { allow device.get unless \(condition) }
      role D { allow device.update  deny device.update when \(condition) }
      role U { allow device.delete  deny device.delete unless \(condition) }
      test "t" {
        as user "ada", A, N, D, U
        deny device.list, device.get, device.update, device.delete

      """
    var tests = text
    for values in yes {
      tests += "  allow device.list, device.delete with \(values)\n"
      tests += "  deny device.get, device.update with \(values)\n"
    }
    for values in no {
      tests += "  deny device.list, device.delete with \(values)\n"
      tests += "  allow device.get, device.update with \(values)\n"
    }
    #expect(try failures(tests + "}") == [])
  }

  @Test func `an empty set is there, and has no elements`() throws {
    let text = """
      role R {
        allow device.list when resource.tags contains any resource.others
        allow device.get when resource.tags contains all resource.others
        allow device.update when has resource.tags
        allow device.delete unless resource.tags contains "a"
      }
      """
    let set = try policySet(catalogue + text)
    func effect(_ path: String, tags: [String]?, others: [String]?) -> Bool {
      var request = RequestBuilder.holding("R", path, set)
      request.values[set.attribute("resource.tags")] = tags.map { .strings($0) }
      request.values[set.attribute("resource.others")] = others.map { .strings($0) }
      return set.effect(request) == .allow
    }
    #expect(!effect("device.list", tags: ["a"], others: []))
    #expect(effect("device.get", tags: ["a"], others: []))
    #expect(effect("device.get", tags: [], others: []))
    #expect(!effect("device.get", tags: nil, others: []))
    #expect(effect("device.update", tags: [], others: nil))
    #expect(!effect("device.update", tags: nil, others: nil))
    #expect(effect("device.delete", tags: [], others: nil))
    #expect(!effect("device.delete", tags: nil, others: nil))
  }

  @Test func `has is always true or false`() throws {
    let found = try failures(
      """
      role R { allow device.list when has context.ip  allow device.get when has resource }
      policy D { deny device.update unless has context.ip }
      role U { allow device.update }
      test "t" {
        as R, D, U
        deny device.list, device.get, device.update
        allow device.list, device.update with context.ip = "10.0.0.1"
        allow device.get with resource = "d-1"
      }
      """
    )
    #expect(found == [])
  }
}
