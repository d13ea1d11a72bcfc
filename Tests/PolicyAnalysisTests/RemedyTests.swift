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
    return remedies(for: request, in: set).map { changeText($0, in: set) }
  }

  @Test func `a value that is missing, or another`() throws {
    let text =
      "role R { allow device.list when context.mfa and context.level >= 3 } assign R to everyone"
    #expect(try changes(text) == [])
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

  @Test func `every change that is named does allow`() {
    let failure = RandomCases(60).firstFailure { random in
      let text = RandomPolicies.text(&random)
      guard let set = try? policySet(RandomPolicies.catalogue + text) else { return text }
      for _ in 0..<5 {
        let request = RandomPolicies.request(&random, in: set)
        for change in remedies(for: request, in: set) {
          var changed = request
          changed.apply(change)
          if interpret(changed, in: set).effect == .deny {
            return "\(changeText(change, in: set)) does not help:\n\(text)"
          }
        }
      }
      return nil
    }
    #expect(failure == nil)
  }
}
