package import PolicyCompiler
package import PolicyEngine
package import PolicyModel
package import PolicySource

/// What running the tests of a policy set found.
package struct TestRun: Sendable {
  /// How one test went.
  package struct Result: Sendable {
    /// Its position among the tests of the set.
    package let test: Int
    package var expectations = 0
    /// What did not hold, each at its expectation.
    package var diagnostics: [Diagnostic] = []

    package var isPassed: Bool { diagnostics.isEmpty }
  }

  /// The tests that were run, in the order of the set.
  package fileprivate(set) var results: [Result] = []
  /// Requests that the tables answer otherwise than the interpreter: a fault of the program.
  package fileprivate(set) var faults: [String] = []
  /// What the tests exercise; nil unless it was asked for.
  package fileprivate(set) var coverage: Coverage?

  package init() {}

  package var tests: Int { results.count }
  package var failedTests: Int { results.count { !$0.isPassed } }
  /// Expectations of single actions.
  package var expectations: Int { results.reduce(0) { $0 + $1.expectations } }
  package var failedExpectations: Int { results.reduce(0) { $0 + $1.diagnostics.count } }
  /// What did not hold, each at its expectation.
  package var diagnostics: [Diagnostic] { results.flatMap(\.diagnostics) }
}

/// Runs the tests of a policy set through the interpreter, and beside it through its tables.
///
/// - Parameters:
///   - set: The policy set.
///   - includes: Which tests to run, by title.
///   - diagrams: Those of the set, to measure coverage; nil to measure none.
///   - tables: What the compiled tables decide; nil to ask the interpreter alone.
/// - Returns: How each test went, with a diagnostic for each expectation that did not hold.
/// - Complexity: O(expectations × interpreter).
package func runTests(
  of set: PolicySet,
  where includes: (String) -> Bool = { _ in true },
  measuring diagrams: PolicyDiagrams? = nil,
  tables: ((RequestData) -> (isAllowed: Bool, isDefault: Bool))? = nil
) -> TestRun {
  var run = TestRun()
  var recorder = diagrams.map { CoverageRecorder(set, $0) }
  for (position, test) in set.tests.enumerated() where includes(test.title) {
    var result = TestRun.Result(test: position)
    for expectation in test.expectations {
      recorder?.begin()
      for action in expectation.actions.actions {
        result.expectations += 1
        let request = test.request(expectation, action)
        let decision = interpret(request, in: set)
        recorder?.record(request, decision)
        if let tables, !agree(tables(request), decision) {
          run.faults.append("\(set.catalogue.actions[action].path) in test \"\(test.title)\"")
        }
        if let problem = TestFailed.check(decision, expectation, action, test, set) {
          result.diagnostics.append(problem)
        }
      }
    }
    run.results.append(result)
  }
  run.coverage = recorder?.coverage
  return run
}

private func agree(_ answer: (isAllowed: Bool, isDefault: Bool), _ decision: Decision) -> Bool {
  answer.isAllowed == (decision.effect == .allow)
    && answer.isDefault == (decision.basis == .byDefault)
}
