import PolicyCompiler
import PolicyEngine
import PolicyModel
import PolicySource
import PolicyTestSupport
import Testing

@testable import PolicyAnalysis

/// What is said of conditions, against the interpreter.
@Suite struct ConditionPropertyTests {
  private static let cases = RandomCases(30)

  @Test func `a constant condition is so for all requests, and every other part varies`() {
    var (reported, all, missing) = (0, 0, 0)
    let failure = Self.cases.firstFailure { random in
      guard let set = Self.set(&random) else { return "does not check" }
      var prover = ConditionProver(set)
      let search = WaySearch(set, prover.variables)
      let requests = RandomPolicies.requests(&random, in: set)
      for rule in set.rules.elements {
        let found = prover.constants(in: rule)
        reported += found.count
        for constant in found {
          let text = describe(constant.condition, in: set)
          for request in requests
          where !Self.agrees(truth(of: constant.condition, for: request, in: set), constant) {
            return "\(requestText(request, in: set)) refutes that `\(text)` is \(constant)"
          }
          guard Self.isCore(constant, &prover) else {
            return "the core of `\(text)` is not: \(constant.core)"
          }
        }
        guard found.isEmpty, let action = rule.actions.actions.first else { continue }
        for condition in [rule.condition, rule.exception].compactMap({ $0 }) {
          for (wanted, mapping) in [
            (Truth.yes, Mapping(no: 0, unknown: 0, yes: 2)),
            (Truth.no, Mapping(no: 2, unknown: 0, yes: 0)),
          ] {
            all += 1
            let wanting = prover.mapped(mapping, condition)
            let shown = search.request(wanting, for: action, in: prover.store) {
              truth(of: condition, for: $0, in: set) == wanted
            }
            if shown == nil { missing += 1 }
          }
        }
      }
      return nil
    }
    #expect(failure == nil)
    #expect(reported > 0)
    #expect(missing * 100 <= all, "\(missing) of \(all), \(reported) reported")
  }

  /// Larger conditions than in other tests, so that their parts contradict each other.
  private static func set(_ random: inout RandomSource) -> PolicySet? {
    let rules = (0..<6).map { _ in
      let parts = (0..<2 + random.below(3)).map { _ in RandomPolicies.part(&random, .allow) }
      var text =
        "allow device.* when \(parts.joined(separator: random.oneIn(3) ? " or " : " and "))"
      if random.oneIn(3) { text += " unless \(RandomPolicies.part(&random, .deny))" }
      return text
    }
    let text = RandomPolicies.text(&random) + "\nrole R { \(rules.joined(separator: "\n")) }"
    return try? policySet(RandomPolicies.catalogue + text)
  }

  private static func agrees(_ truth: Truth, _ constant: ConstantCondition) -> Bool {
    switch constant.constancy {
    case .alwaysFalse: truth == .no
    case .neverTrue: truth != .yes
    case .alwaysTrue: truth == .yes
    case .neverFalse: truth != .no
    }
  }

  /// Whether the core explains the verdict; a core of several alternatives explains each.
  private static func isCore(
    _ constant: ConstantCondition,
    _ prover: inout ConditionProver
  ) -> Bool {
    guard !constant.core.isEmpty else { return false }
    let parts = constant.constancy.isNegative ? constant.core : constant.core.map(\.negated)
    return prover.conflict(parts)
  }

  @Test func `policies that decide alike do so for all requests, and others do not`() {
    var (reported, all, missing) = (0, 0, 0)
    let failure = Self.cases.firstFailure { random in
      guard let set = RandomPolicies.overlapping(&random) else { return "does not check" }
      let prover = RuleProver(set, PolicyDiagrams(set))
      let equivalent = prover.equivalentPolicies()
      let requests = RandomPolicies.requests(&random, in: set)
      reported += equivalent.count
      for pair in equivalent {
        let (one, other) = (set.giving(pair.policy), set.giving(pair.first))
        for request in requests where Outcome(request, in: one) != Outcome(request, in: other) {
          return "\(requestText(request, in: set)) tells them apart"
        }
      }
      var store = prover.diagrams.store
      let search = WaySearch(set, prover.diagrams.variables)
      for policy in set.policies.indices {
        for other in set.policies.indices where other < policy {
          guard prover.diagrams.cells[policy] != prover.diagrams.cells[other] else { continue }
          all += 1
          let (one, two) = (set.giving(policy), set.giving(other))
          let shown = set.catalogue.actions.indices.lazy.compactMap { action in
            let differing = store.combine(
              Operation { $0 != $1 ? 2 : 0 },
              prover.diagrams.cell(policy, action),
              prover.diagrams.cell(other, action)
            )
            return search.request(differing, for: action, in: store) {
              Outcome($0, in: one) != Outcome($0, in: two)
            }
          }.first
          if shown == nil { missing += 1 }
        }
      }
      return nil
    }
    #expect(failure == nil)
    #expect(reported > 0)
    #expect(missing * 50 <= all, "\(missing) of \(all), \(reported) reported")
  }
}

extension ConditionProver {
  fileprivate mutating func mapped(_ mapping: Mapping, _ condition: Condition) -> Diagram {
    let diagram = diagram(of: condition)
    return store.map(mapping, diagram)
  }
}
