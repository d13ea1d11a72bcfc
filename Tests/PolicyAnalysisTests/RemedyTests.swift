import PolicyAnalysis
import PolicyEngine
import PolicyModel
import PolicyTestSupport
import Testing

/// What one change would allow.
@Suite struct RemedyTests {
  private func changes(
    _ text: String,
    _ change: (inout RequestData, PolicySet) -> Void = { _, _ in }
  )
    throws -> [String]
  {
    let set = try policySet(catalogue + text)
    var request = RequestData(
      identity: .named("ada"),
      groups: [],
      action: ActionIndex(0),
      unit: .outside
    )
    change(&request, set)
    return remedies(for: request, in: set).map { remedyText($0, in: set) }
  }

  @Test func `a value that is missing, or another`() throws {
    let text =
      "role R { allow device.list when context.mfa and context.level >= 3 } assign R to everyone"
    #expect(
      try changes(text) == [
        "`context.mfa` is `true`, and `context.level` is `3`"
      ]
    )
    let level = AttributeIndex(1)
    let mfa = AttributeIndex(0)
    #expect(
      try changes(text) { request, _ in request.values[level] = .int(3) }
        == ["`context.mfa` is `true`"]
    )
    #expect(
      try changes(text) { request, _ in
        request.values[level] = .int(1)
        request.values[mfa] = .bool(true)
      } == ["`context.level` is `3`"]
    )
  }

  @Test func `what escapes a deny`() throws {
    let text = """
      policy G { deny device.list unless context.mfa } role R { allow device.list }
      assign G, R to everyone
      """
    #expect(try changes(text) == ["`context.mfa` is `true`"])
  }

  @Test func `an owner, a place, a group, a policy`() throws {
    let text = """
      ou acme group g
      role O { allow device.list when resource.owner == principal }
      role R { allow device.list }
      assign O to everyone
      assign R to everyone in acme
      assign R to group g
      """
    #expect(
      try changes(text) == [
        "`resource.owner` is `user \"ada\"`", "the resource is in `acme`",
        "the principal is in `group g`", "the principal holds `R`",
      ]
    )
  }

  @Test func `nothing for what is allowed`() throws {
    #expect(try changes("role R { allow device.list } assign R to everyone") == [])
  }

  @Test func `two and three changes at once, and none for nothing`() throws {
    let text = """
      policy G { deny device.list unless context.mfa }
      role R { allow device.list when context.level >= 3 and context.ip in "10.0.0.0/8" }
      assign G, R to everyone
      """
    let found = try changes(text)
    #expect(
      found == [
        "`context.mfa` is `true`, and `context.level` is `3`, and `context.ip` is `\"10.0.0.0\"`"
      ]
    )
    let more = """
      ou acme
      policy G { deny device.list unless context.mfa } role R { allow device.list }
      assign G to everyone
      assign R to user "ada" in acme
      """
    #expect(
      try changes(more) == [
        "`context.mfa` is `true`, and the resource is in `acme`",
        "`context.mfa` is `true`, and the principal holds `R`",
      ]
    )
  }

  @Test func `several elements of one set`() throws {
    let text = """
      role R { allow device.list when resource.tags contains all ["a", "b"] }
      assign R to everyone
      """
    #expect(try changes(text) == ["`resource.tags` is `[\"a\", \"b\"]`"])
  }

  @Test func `every remedy allows, and nothing less does`() {
    var sizes: [Int: Int] = [:]
    let failure = RandomCases(25).firstFailure { random in
      let text = RandomPolicies.text(&random)
      guard let set = try? policySet(RandomPolicies.catalogue + text) else { return text }
      for _ in 0..<4 {
        let request = RandomPolicies.request(&random, in: set)
        for remedy in remedies(for: request, in: set) {
          sizes[remedy.changes.count, default: 0] += 1
          for skipped in -1..<remedy.changes.count {
            var changed = request
            for (index, change) in remedy.changes.enumerated() where index != skipped {
              changed.apply(change)
            }
            if (interpret(changed, in: set).effect == .allow) != (skipped == -1) {
              return "without \(skipped): \(remedyText(remedy, in: set))\n\(text)"
            }
          }
        }
      }
      return nil
    }
    #expect(failure == nil)
    #expect(sizes[1] != nil && sizes[2] != nil, "\(sizes)")
  }
}
