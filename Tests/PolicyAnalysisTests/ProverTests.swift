import PolicyAnalysis
import PolicyEngine
import PolicyModel
import PolicySource
import PolicyTestSupport
import Testing

/// Verdicts against requests made at random: what is proved no request breaks, and what is refuted
/// the shown request does break.
@Suite struct ProverTests {
  private static let cases = RandomCases(60)

  @Test func `no request breaks what is proved, and the one shown breaks what is refuted`() {
    let failure = Self.cases.firstFailure { random in
      let text =
        RandomPolicies.text(&random) + "\n"
        + RandomPolicies.assertions(&random).joined(separator: "\n")
      guard let set = try? policySet(RandomPolicies.catalogue + text) else {
        return "does not check:\n\(text)"
      }
      var prover = Prover(set)
      let verdicts = set.assertions.indices.map { prover.judge($0) }
      for (assertion, verdict) in zip(set.assertions, verdicts) {
        guard case .refuted(let shown) = verdict else { continue }
        if !isBroken(assertion, by: shown.request, in: set) {
          let words = set.sources.text(assertion.span)
          return "\(requestText(shown.request, in: set)) does not break `\(words)`:\n\(text)"
        }
      }
      for _ in 0..<400 {
        let request = RandomPolicies.request(&random, in: set)
        for (assertion, verdict) in zip(set.assertions, verdicts) {
          guard case .proved = verdict else { continue }
          for request in variants(request, assertion, &random, in: set)
          where isBroken(assertion, by: request, in: set) {
            let words = set.sources.text(assertion.span)
            return "`\(words)` is proved, but \(requestText(request, in: set)):\n\(text)"
          }
        }
      }
      return nil
    }
    #expect(failure == nil)
  }

  @Test func `few are left open`() {
    var open = 0
    var all = 0
    for seed in Self.cases.seeds {
      var random = RandomSource(seed: seed)
      let text =
        RandomPolicies.text(&random) + "\n"
        + RandomPolicies.assertions(&random).joined(separator: "\n")
      guard let set = try? policySet(RandomPolicies.catalogue + text) else { continue }
      let run = judgeAssertions(of: set)
      open += run.notProved
      all += run.count
    }
    #expect(open * 50 <= all, "\(open) of \(all)")
  }

  /// A request as those whom an assertion speaks of make it: with what they hold, or none of it.
  private func variants(
    _ request: RequestData,
    _ assertion: Assertion,
    _ random: inout RandomSource,
    in set: PolicySet
  ) -> [RequestData] {
    var request = request
    request.action = random.element(of: actions(of: assertion).actions)
    let policies: [PolicyIndex?]
    switch assertion.claim {
    case .can(.policy(let policy), _), .cannot(.policy(let policy), _): policies = [policy]
    case .can(.anyone, _), .cannot(.anyone, _), .only: policies = [nil] + set.policies.indices
    default: policies = [nil]
    }
    return policies.map { policy in
      var variant = request
      variant.held = policy.map { [Holding($0)] } ?? []
      return variant
    }
  }

  private func actions(of assertion: Assertion) -> ActionSet {
    switch assertion.claim {
    case .can(_, let actions), .cannot(_, let actions), .only(_, let actions): actions
    case .nobodyHolds: ActionSet()
    }
  }

  /// The meaning of an assertion, for one request: section 6 of the language, read directly.
  private func isBroken(
    _ assertion: Assertion,
    by request: RequestData,
    in set: PolicySet
  ) -> Bool {
    if let condition = assertion.condition, truth(of: condition, for: request, in: set) != .yes {
      return false
    }
    let isPlaced = assertion.places.contains { place in
      switch place {
      case .outside: request.unit == .outside
      case .unit(let place): anyPlace([place], covers: request.unit, in: set) == .yes
      }
    }
    guard isPlaced || assertion.places.isEmpty else { return false }
    let effect = set.effect(request)
    func decides(_ effect: Effect, _ subjects: [Subject]) -> Bool {
      set.effect(request) == effect && given(subjects, set).effect(request) == effect
    }
    switch assertion.claim {
    case .nobodyHolds: return false
    case .only(let named, _):
      let isSpokenOf = named.allSatisfy {
        (bestGrant(of: $0, to: request, in: set)?.force ?? .no) != .yes
      }
      let subjects: [Subject] = request.kind == .anonymous ? [.everyone, .anonymous] : [.everyone]
      return isSpokenOf && decides(.allow, subjects)
    case .can(let who, _), .cannot(let who, _):
      let broken: Effect = if case .can = assertion.claim { .deny } else { .allow }
      switch who {
      case .policy:
        return request.kind != .anonymous && decides(broken, [.everyone])
      case .anyone:
        // Whoever holds any policies: every principal with all that it gets.
        return effect == broken
          && (broken == .allow
            || decides(
              broken,
              request.kind == .anonymous ? [.everyone, .anonymous] : [.everyone]
            ))
      case .subject(.everyone): return decides(broken, [.everyone])
      case .subject(.anonymous): return request.kind == .anonymous && effect == broken
      case .subject(.principal(let id)):
        return request.principalID == id && request.groups == [] && effect == broken
      case .subject(.group(let group)):
        guard membership(of: request, in: group, in: set) == .yes else { return false }
        return decides(
          broken,
          [.everyone] + set.groups.indices.filter { contains($0, group, set) }.map { .group($0) }
        )
      }
    }
  }

  private func contains(_ outer: GroupIndex, _ inner: GroupIndex, _ set: PolicySet) -> Bool {
    outer == inner || set.groups[outer].groups.contains { contains($0, inner, set) }
  }

  /// The set with the assignments to some subjects alone.
  private func given(_ subjects: [Subject], _ set: PolicySet) -> PolicySet {
    var given = set
    given.assignments = Table(
      set.assignments.elements
        .filter { $0.subjects.contains { subjects.contains($0) } }
    )
    return given
  }
}
