import PolicyCompiler
package import PolicyEngine
package import PolicyModel

/// What was found out about a mutant.
package enum MutantVerdict: Sendable {
  /// An expectation of a test does not hold for it, or an assertion is refuted.
  case caught(MutantCatcher)
  /// It decides every request as the policy set does: the diagrams were compared.
  case equivalent
  /// It decides a request otherwise, and nothing notices.
  case survived(MutantWitness)
  /// Neither a request that it decides otherwise was found nor a proof that there is none.
  case undecided
}

/// What notices a mutant.
package enum MutantCatcher: Hashable, Sendable {
  /// Positions of a test and of its expectation.
  case expectation(test: Int, number: Int)
  /// The position of an assertion.
  case assertion(Int)
}

/// A request that a mutant decides otherwise; the interpreter decided it by both.
package struct MutantWitness: Sendable {
  package let request: RequestData
  /// What the policy set decides.
  package let decision: Decision
  /// What the mutant decides.
  package let mutated: Effect
}

/// Judges mutants of a policy set, each by itself, so that many can be judged at a time.
package struct MutantJudge: Sendable {
  package let set: PolicySet
  private let patterns: [RulePatterns]
  private let uses: ConditionUses
  private let tests: [Int]
  private let assertions: [Int]

  /// - Parameters:
  ///   - set: A policy set that checks.
  ///   - patterns: Those of its rules, by position.
  ///   - tests: The positions of the tests that count, all of which pass.
  ///   - assertions: The positions of the assertions that count, all of which are proved.
  /// - Complexity: O(size of all conditions).
  package init(
    _ set: PolicySet,
    _ patterns: [RulePatterns],
    tests: [Int],
    assertions: [Int]
  ) {
    self.set = set
    self.patterns = patterns
    uses = ConditionUses(set)
    self.tests = tests
    self.assertions = assertions
  }

  /// What becomes of a mutant: tests are asked first, then assertions, then the diagrams.
  ///
  /// Only rules for actions that the mutation touches are looked at, only tests and assertions about
  /// these, and of actions that no rule tells apart only the first.
  /// - Complexity: O(rules) and, for what is touched, that of running tests, proving assertions and
  ///   comparing two sets.
  package func judge(_ mutant: Mutant) -> MutantVerdict {
    let change = change(mutant.mutation)
    guard !change.actions.isEmpty else { return .equivalent }
    let slice = SetSlice(set, change)
    if let expectation = expectation(slice, change) { return .caught(expectation) }
    if let assertion = assertion(slice, change) { return .caught(assertion) }
    return slice.comparison()
  }

  /// The set with a mutation, whole.
  ///
  /// - Complexity: O(rules).
  package func mutated(_ mutation: Mutation) -> PolicySet {
    change(mutation).applied(to: set)
  }

  func change(_ mutation: Mutation) -> SetChange { SetChange(mutation, in: set, patterns, uses) }

  // MARK: Tests

  private func expectation(_ slice: SetSlice, _ change: SetChange) -> MutantCatcher? {
    let cuts = slice.bothCuts
    for position in tests {
      let test = set.tests[position]
      for (number, expectation) in test.expectations.enumerated()
      where expectation.actions.meets(change.actions) {
        let actions = expectation.actions.intersection(change.actions)
        let first = ActionIndex(actions.ranges[0].lowerBound)
        guard isInForce(change, for: test.request(expectation, first), slice) else { continue }
        for run in actions.runs(cutAt: cuts) {
          let request = test.request(expectation, ActionIndex(run.lowerBound))
          let decision = interpret(request, in: slice.new)
          guard expectation.isMet(by: decision, in: slice.new) else {
            return .expectation(test: position, number: number)
          }
        }
      }
    }
    return nil
  }

  /// The cases that are decided otherwise by a mutant.
  func noticing(_ mutation: Mutation, among cases: [SuiteCase]) -> [Int] {
    let change = change(mutation)
    let slice = SetSlice(set, change)
    let cuts = slice.bothCuts
    return cases.indices.filter { position in
      let item = cases[position]
      guard item.actions.meets(change.actions) else { return false }
      let actions = item.actions.intersection(change.actions)
      guard isInForce(change, for: item.request, slice) else { return false }
      return actions.runs(cutAt: cuts).contains { run in
        var request = item.request
        request.action = ActionIndex(run.lowerBound)
        return interpret(request, in: slice.new).effect != item.effect
      }
    }
  }

  /// Whether anything that is changed can come into a decision for a principal, whatever the action:
  /// a rule or include of a policy that may be given to it, or an assignment that may speak of it.
  private func isInForce(_ change: SetChange, for request: RequestData, _ slice: SetSlice) -> Bool {
    let speaks = change.assignments.contains { index, changed in
      [set.assignments[index], changed].contains { truth(of: $0, for: request, in: set) != .no }
    }
    return speaks
      || Set(change.rules.values.map(\.policy)).union(change.policies.keys).contains { policy in
        bestGrant(of: policy, to: request, in: slice.old) != nil
      }
  }

  // MARK: Assertions

  private func assertion(_ slice: SetSlice, _ change: SetChange) -> MutantCatcher? {
    let asked = assertions.filter { set.assertions[$0].claim.actions.meets(change.actions) }
    guard !asked.isEmpty else { return nil }
    var mutated = slice.new
    mutated.assertions = asked.map { position in
      let assertion = change.assertions[position] ?? set.assertions[position]
      return Assertion(
        claim: assertion.claim.about(assertion.claim.actions.intersection(change.actions)),
        places: assertion.places,
        condition: assertion.condition,
        annotations: assertion.annotations,
        span: assertion.span
      )
    }
    var prover = Prover(mutated)
    for (number, position) in asked.enumerated() {
      if case .refuted = prover.judge(number) { return .assertion(position) }
    }
    return nil
  }
}
