package import PolicyModel
package import PolicySource

/// What judging the assertions of a policy set found.
package struct AssertionRun: Sendable {
  package var proved = 0
  package var refuted = 0
  package var notProved = 0
  /// What does not hold, or is not known to.
  package var diagnostics: [Diagnostic] = []

  package var count: Int { proved + refuted + notProved }
}

/// Proves every assertion of a policy set, or says what breaks it.
package func judgeAssertions(of set: PolicySet) -> AssertionRun {
  guard !set.assertions.isEmpty else { return AssertionRun() }
  var prover = Prover(set)
  return judgeAssertions(of: set, by: &prover)
}

/// Proves every assertion of a policy set with a prover of that set, whose diagrams are kept.
package func judgeAssertions(of set: PolicySet, by prover: inout Prover) -> AssertionRun {
  var run = AssertionRun()
  for (position, assertion) in set.assertions.enumerated() {
    switch prover.judge(position) {
    case .proved(let exceptions):
      run.proved += 1
      if !exceptions.isEmpty {
        run.diagnostics.append(AssertionNotProved.beyond(assertion.span, exceptions))
      }
    case .refuted(let counterexample):
      run.refuted += 1
      run.diagnostics.append(AssertionFailed.broken(assertion, counterexample, set))
    case .together(let together):
      run.refuted += 1
      run.diagnostics.append(AssertionFailed.together(assertion, together, set))
    case .notProved(let reason):
      run.notProved += 1
      run.diagnostics.append(AssertionNotProved.at(assertion.span, reason: reason))
    }
  }
  return run
}
