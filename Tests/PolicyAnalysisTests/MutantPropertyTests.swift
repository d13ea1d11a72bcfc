import PolicyChecker
import PolicyEngine
import PolicyModel
import PolicySource
import PolicySyntax
import PolicyTestSupport
import Testing

@testable import PolicyAnalysis

/// What is said of mutants, against the interpreter and the tests and assertions themselves.
@Suite struct MutantPropertyTests {
  private static let cases = RandomCases(8)

  private struct Count {
    var caught = 0
    var refuted = 0
    var equivalent = 0
    var survived = 0
    var undecided = 0
  }

  @Test func `a verdict on a mutant of a random set is true`() {
    var count = Count()
    let failure = Self.cases.firstFailure { random in
      let text =
        RandomPolicies.catalogue
        + (RandomPolicies.declarations(&random) + RandomPolicies.assertions(&random))
        .joined(separator: "\n")
      let file = SourceFile(path: "set.pol", text: text)
      guard let checked = try? policySet([file]) else { return "does not check" }
      let set = checked.withTests(6, &random)
      let patterns = rulePatterns(of: set, in: [parse(file, as: FileID(0)).value])
      var prover = Prover(set)
      let proved = set.assertions.indices.filter {
        if case .proved = prover.judge($0) { true } else { false }
      }
      let judge = MutantJudge(
        set,
        patterns,
        tests: Array(set.tests.indices),
        assertions: proved
      )
      let requests = RandomPolicies.requests(&random, in: set).prefix(60)
      for mutant in findMutants(in: set, patterns) {
        let verdict = judge.judge(mutant)
        let mutated = judge.mutated(mutant.mutation)
        let problem = Self.problem(verdict, set, mutated, proved, requests, &count)
        if let problem { return "\(mutantText(mutant, in: set, patterns)): \(problem)" }
      }
      return nil
    }
    #expect(failure == nil)
    #expect(min(count.caught, count.refuted, count.equivalent, count.survived) > 0, "\(count)")
    #expect(count.undecided * 5 < count.survived, "\(count)")
  }

  /// What is wrong about a verdict.
  private static func problem(
    _ verdict: MutantVerdict,
    _ set: PolicySet,
    _ mutated: PolicySet,
    _ proved: [Int],
    _ requests: ArraySlice<RequestData>,
    _ count: inout Count
  ) -> String? {
    let failed = runTests(of: mutated).results.filter { !$0.isPassed }.map(\.test)
    func refuted() -> [Int] {
      var prover = Prover(mutated)
      return proved.filter {
        if case .refuted = prover.judge($0) { true } else { false }
      }
    }
    switch verdict {
    case .caught(.expectation(let test, _)):
      count.caught += 1
      return failed.first == test ? nil : "tests \(failed) fail, and not first \(test)"
    case .caught(.assertion(let position)):
      count.refuted += 1
      if failed != [] { return "tests \(failed) fail before" }
      return refuted().first == position ? nil : "assertion \(position) is not refuted"
    case .equivalent:
      count.equivalent += 1
      return requests.first { set.effect($0) != mutated.effect($0) }
        .map { "not equivalent: \(requestText($0, in: set))" }
    case .survived(let witness):
      count.survived += 1
      if failed != [] || refuted() != [] { return "it is caught by \(failed), \(refuted())" }
      let isShown =
        set.effect(witness.request) == witness.decision.effect
        && mutated.effect(witness.request) == witness.mutated
        && witness.decision.effect != witness.mutated
      return isShown ? nil : "its witness does not tell it apart"
    case .undecided:
      count.undecided += 1
      return failed == [] && refuted() == [] ? nil : "it is caught"
    }
  }
}
