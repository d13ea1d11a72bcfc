import PolicyAnalysis
import PolicyCompiler
import PolicyEngine
import PolicyModel
import PolicyTestSupport
import Testing

/// Compiled decisions are the interpreter's, effect, basis and reasons.
@Suite struct DifferentialTests {
  @Test("random policy sets, random requests")
  func random() {
    let failure = RandomCases(600).firstFailure { random in
      var sets = RandomSets(seed: random.next())
      return difference(&sets, CompileOptions())
    }
    #expect(failure == nil)
  }

  @Test("without tables, everything is a diagram")
  func diagramsOnly() {
    let failure = RandomCases(100, from: 10_000).firstFailure { random in
      var sets = RandomSets(seed: random.next())
      return difference(&sets, CompileOptions(tableBudget: 0))
    }
    #expect(failure == nil)
  }

  @Test("random policy sets, the classes of their cells, the constants and the principals")
  func classes() {
    let failure = RandomCases(25, from: 50_000).firstFailure { random in
      let seed = random.next()
      var sets = RandomSets(seed: seed)
      let set = sets.set()
      guard let engine = try? PolicyEngine(bytes: compile(set).bytes) else { return "refused" }
      let found = verify(engine, against: set, VerificationOptions(budget: 1200, seed: seed))
      switch found {
      case .otherDeclarations(let what): return what
      case .compared(_, let difference):
        return difference.map {
          "decided \($0.decided), meant \($0.meant): \(requestText($0.request, in: set))"
        }
      }
    }
    #expect(failure == nil)
  }

  private func difference(_ sets: inout RandomSets, _ options: CompileOptions) -> String? {
    let set = sets.set()
    let engine: PolicyEngine
    do {
      engine = try PolicyEngine(bytes: compile(set, options: options).bytes)
    } catch {
      return "refused: \(error)"
    }
    for _ in 0..<60 {
      let request = sets.request(set)
      let meant = interpret(request, in: set)
      if let problem = difference(engine.decide(request), meant) {
        return "\(problem) for \(request)"
      }
      let explained = engine.explain(request)
      if let problem = difference(explained.decision, meant) {
        return "explained: \(problem) for \(request)"
      }
      let reasons = explained.reasons.map { reason in
        DecidingRule(
          rule: reason.rule.index,
          via: reason.policyIndex,
          grant: reason.assignment.map { .assignment($0) }
            ?? .holding(request.held[reason.holding ?? 0])
        )
      }
      if reasons != meant.deciding {
        return "reasons \(reasons), meant \(meant.deciding) for \(request)"
      }
    }
    return nil
  }

  private func difference(_ got: PolicyEngine.Decision, _ meant: Decision) -> String? {
    let isSame =
      (got.effect == .allow) == (meant.effect == .allow)
      && (got.basis == .rule) == (meant.basis == .rule)
    return isSame ? nil : "decided \(got), meant \(meant)"
  }
}
