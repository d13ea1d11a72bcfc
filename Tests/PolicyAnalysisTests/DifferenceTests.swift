import PolicyAnalysis
import PolicyEngine
import PolicyModel
import PolicyTestSupport
import Testing

/// What `compare` reports is true, and it is all there is.
@Suite struct DifferenceTests {
  @Test(arguments: samples)
  func `a sample does not differ from itself`(name: String) throws {
    let set = try sample(name)
    let difference = compare(set, set)
    #expect(difference.isEmpty)
    #expect(difference.renamed.isEmpty)
    #expect(difference.withoutEffect.isEmpty)
  }

  @Test func `random pairs differ exactly where the interpreter says`() throws {
    let failure = RandomCases(60).firstFailure { random in
      let (old, new) = RandomPairs.texts(&random)
      do {
        let sets = SidePair(try policySet(old), try policySet(new))
        return Self.problem(sets, &random).map { "\($0)\n--- old\n\(old)\n--- new\n\(new)" }
      } catch {
        return "does not check: \(error)\n\(old)\n\(new)"
      }
    }
    #expect(failure == nil)
  }

  /// What is wrong with the difference between two sets.
  static func problem(_ sets: SidePair<PolicySet>, _ random: inout RandomSource) -> String? {
    let difference = compare(sets.old, sets.new)
    for change in difference.changes {
      if (change.widening != nil) != (change.kind != .narrowed) { return "widening of \(change)" }
      if (change.narrowing != nil) != (change.kind != .widened) { return "narrowing of \(change)" }
      if let evidence = change.widening, !shows(evidence, difference, .widening) {
        return "not widened: \(change)"
      }
      if let evidence = change.narrowing, !shows(evidence, difference, .narrowing) {
        return "not narrowed: \(change)"
      }
    }
    for growth in difference.gained where !shows(growth.evidence, difference, .widening) {
      return "not gained: \(growth)"
    }
    let undecided = Set(difference.undecided.map(\.direction))
    for _ in 0..<200 {
      let request = RandomPairs.request(&random, difference.joined)
      guard let old = difference.joined.request(request, .old),
        let new = difference.joined.request(request, .new)
      else { continue }
      let effects = (interpret(old, in: sets.old).effect, interpret(new, in: sets.new).effect)
      switch effects {
      case (.deny, .allow) where !difference.isWidened && !undecided.contains(.widening):
        return "widened: \(requestText(request, in: difference.joined.set))"
      case (.allow, .deny) where !difference.isNarrowed && !undecided.contains(.narrowing):
        return "narrowed: \(requestText(request, in: difference.joined.set))"
      default: break
      }
    }
    let back = compare(sets.new, sets.old)
    let (there, mirrored) = (summary(difference), summary(back, mirrored: true))
    return there == mirrored ? nil : "\(there)\nis not the mirror of\n\(mirrored)"
  }

  private static func shows(
    _ evidence: Evidence,
    _ difference: Difference,
    _ direction: Direction
  ) -> Bool {
    Side.allCases.allSatisfy { side in
      let request = difference.joined.request(evidence.request, side)
      let decision = request.map { interpret($0, in: difference.joined.sets[side]) }
      return decision == evidence.decisions[side]
        && (decision?.effect == .allow) == (side == direction.allowing)
    }
  }

  /// What changed, without its evidence, in an order that does not depend on the side.
  static func summary(_ difference: Difference, mirrored: Bool = false) -> [String] {
    let set = difference.joined.set
    func names(_ pair: PolicyPair) -> String {
      let names = [pair.old, pair.new].map { $0.map { set.policies[$0].heading.name } ?? "-" }
      return (mirrored ? names.reversed() : names).joined(separator: ">")
    }
    func paths(_ actions: ActionSet) -> String {
      actions.actions.map { set.catalogue.actions[$0].path }.sorted().joined(separator: " ")
    }
    func subject(_ subject: ChangeSubject) -> String {
      switch subject {
      case .policy(let pair): names(pair)
      case .principal(let words): words
      }
    }
    var lines: [String] = []
    for change in difference.changes {
      let kind: ChangeKind =
        switch change.kind {
        case .widened where mirrored: .narrowed
        case .narrowed where mirrored: .widened
        default: change.kind
        }
      for action in change.actions.actions {
        for name in change.subjects.map(subject) {
          lines.append("\(kind) \(name) \(set.catalogue.actions[action].path)")
        }
      }
    }
    for growth in mirrored ? difference.lost : difference.gained {
      lines.append("gained \(growth.policies.map(names)) \(paths(growth.actions))")
    }
    for growth in mirrored ? difference.gained : difference.lost {
      lines.append("lost \(growth.policies.map(names)) \(paths(growth.actions))")
    }
    lines += difference.renamed.map { "renamed \(names($0))" }
    return lines.sorted()
  }
}
