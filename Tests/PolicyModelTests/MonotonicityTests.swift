import PolicyEngine
import PolicyModel
import PolicyTestSupport
import Testing

/// Knowing less never allows more, nor does another deny: on random policy sets and requests.
///
/// The sets are text that checks, since that `has` stands only where absence restricts is what the
/// checker sees to.
@Suite struct MonotonicityTests {
  private static let cases = RandomCases(120)

  @Test func `saying less never widens`() {
    let failure = Self.cases.firstFailure { random in
      let text = RandomPolicies.text(&random)
      guard let set = try? policySet(catalogue + text) else { return "does not check:\n\(text)" }
      for _ in 0..<20 {
        let request = RandomPolicies.request(&random, in: set)
        guard set.effect(request) == .deny else { continue }
        // A request that is denied stays so when it says less, in each single way.
        for less in RandomPolicies.saidLess(request) where set.effect(less) == .allow {
          return "\(less) is allowed, and \(request) is not:\n\(text)"
        }
      }
      return nil
    }
    #expect(failure == nil)
  }

  @Test func `adding a deny never widens`() {
    let failure = Self.cases.firstFailure { random in
      let text = RandomPolicies.text(&random)
      let deny =
        "deny \(RandomPolicies.actions(&random)) when \(RandomPolicies.part(&random, .deny))"
      let policy = random.element(of: RandomPolicies.names)
      let added = text.replacing("role \(policy) {", with: "role \(policy) { \(deny)")
      guard let before = try? policySet(catalogue + text),
        let after = try? policySet(catalogue + added)
      else { return "does not check:\n\(added)" }
      for _ in 0..<20 {
        let request = RandomPolicies.request(&random, in: before)
        if before.effect(request) == .deny, after.effect(request) == .allow {
          return "\(request) is allowed after adding \(deny):\n\(text)"
        }
      }
      return nil
    }
    #expect(failure == nil)
  }

  @Test func `the order of declarations and rules changes nothing`() {
    let failure = Self.cases.firstFailure { random in
      let parts = RandomPolicies.declarations(&random)
      var shuffled = parts
      shuffled.shuffle(using: &random)
      guard let set = try? policySet(catalogue + parts.joined(separator: "\n")),
        let other = try? policySet(catalogue + shuffled.joined(separator: "\n"))
      else { return "does not check:\n\(parts)" }
      for _ in 0..<10 {
        let request = RandomPolicies.request(&random, in: set)
        var same = request
        same.held = request.held.map { holding in
          Holding(
            other.policy(set.policies[holding.policy].heading.name),
            in: holding.unit.map { other.unit(set.units[$0].path) }
          )
        }
        same.groups = request.groups.map {
          Set($0.map { other.group(set.groups[$0].heading.name) })
        }
        if case .unit(let unit) = request.unit {
          same.unit = .unit(other.unit(set.units[unit].path))
        }
        if interpret(request, in: set).effect != interpret(same, in: other).effect {
          return "\(request) is decided in two ways:\n\(shuffled.joined(separator: "\n"))"
        }
      }
      return nil
    }
    #expect(failure == nil)
  }
}
