import PolicyEngine
import PolicyModel
import PolicySource
import PolicyTestSupport
import Testing

/// What a rule that did not apply was missing, and what a deny that did was not told.
@Suite struct NearMissTests {
  private func request(
    _ set: PolicySet,
    holding policies: [String] = [],
    _ values: [(String, Value)] = []
  ) -> RequestData {
    var request = RequestData(
      identity: .someone,
      groups: [],
      held: policies.map { Holding(set.policy($0)) },
      action: set.action("device.list"),
      unit: .outside
    )
    for (path, value) in values { request.values[set.attribute(path)] = value }
    return request
  }

  private func texts(_ shortfalls: [Shortfall], _ set: PolicySet) -> [String] {
    shortfalls.map { shortfall in
      switch shortfall {
      case .rule(let part): "\(describe(part.condition, in: set)) \(part.truth)"
      case .assignment(let part): "assignment \(describe(part.condition, in: set)) \(part.truth)"
      case .subjects(_, let truth): "subjects \(truth)"
      case .places(_, let truth): "places \(truth)"
      case .anonymousHolder: "anonymous"
      }
    }
  }

  @Test func `the failing parts of a conjunction are named, and no others`() throws {
    let set = try policySet(
      catalogue + """
        role R {
          allow device.list
            when context.mfa and context.level < 3 and (has context.ip or has context.time)
            unless principal.team == "a" or principal.team like "b*"
        }
        """
    )
    let misses = nearMisses(
      request(
        set,
        holding: ["R"],
        [("context.level", .int(5)), ("principal.team", .string("bb"))]
      ),
      in: set
    )
    let miss = try #require(misses.first)
    #expect(misses.count == 1 && miss.isInForce)
    #expect(
      texts(miss.shortfalls, set) == [
        "context.mfa unknown", "context.level < 3 no", "has context.ip or has context.time no",
        "principal.team not like \"b*\" no",
      ]
    )
    guard case .rule(let first) = miss.shortfalls[0], case .rule(let second) = miss.shortfalls[1]
    else {
      Issue.record("parts of the rule")
      return
    }
    #expect(first.missing == [.attribute(set.attribute("context.mfa"))])
    #expect(second.missing == [])
    #expect(second.readings.map(\.value) == [.int(5)])
    #expect(first.spans.map { set.sources.text($0) } == ["context.mfa"])
  }

  @Test func `a policy that is not in force says why`() throws {
    let set = try policySet(
      catalogue + """
        ou acme
        role R { allow device.list }
        role S { allow device.list }
        assign R to user "ada" in acme when context.mfa
        """
    )
    let misses = nearMisses(request(set), in: set)
    #expect(misses.map(\.rule) == [RuleIndex(0), RuleIndex(1)])
    #expect(misses.map(\.isInForce) == [false, false])
    #expect(misses[1].grants.isEmpty)
    #expect(misses[0].grants.count == 1)
    #expect(
      texts(misses[0].grants[0].shortfalls, set)
        == ["subjects no", "places no", "assignment context.mfa unknown"]
    )
  }

  @Test func `rules that applied and rules for other actions are no near misses`() throws {
    let set = try policySet(
      catalogue + "role R { allow device.list  allow device.get when context.mfa }"
    )
    #expect(nearMisses(request(set, holding: ["R"]), in: set).isEmpty)
  }

  @Test func `a deny that applies because something is missing says what`() throws {
    let set = try policySet(
      catalogue + """
        role R { allow device.list }
        policy D { deny device.list unless context.mfa and context.level > 3 }
        policy E { deny device.list when context.mfa }
        """
    )
    func doubts(_ policy: String, _ values: [(String, Value)]) -> [String] {
      let request = request(set, holding: ["R", policy], values)
      let decision = interpret(request, in: set)
      #expect(decision.effect == .deny && decision.deciding.count == 1)
      return decision.deciding.flatMap {
        texts(PolicyModel.doubts(about: $0, for: request, in: set), set)
      }
    }
    #expect(doubts("D", []) == ["context.mfa unknown", "context.level > 3 unknown"])
    #expect(doubts("D", [("context.level", .int(4))]) == ["context.mfa unknown"])
    #expect(doubts("D", [("context.level", .int(2))]) == [])
    #expect(doubts("E", [("context.mfa", .bool(true))]) == [])
  }
}
