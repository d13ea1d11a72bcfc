package import PolicyEngine
package import PolicyModel
package import PolicySource

/// What running the tests of a policy set found.
package struct TestRun: Sendable {
  package var tests = 0
  package var failedTests = 0
  /// Expectations of single actions.
  package var expectations = 0
  package var failedExpectations = 0
  /// What did not hold, each at its expectation.
  package var diagnostics: [Diagnostic] = []
  /// Requests that the tables answer otherwise than the interpreter: a fault of the program.
  package var faults: [String] = []

  package init() {}
}

/// Runs the tests of a policy set through the interpreter, and beside it through its tables.
///
/// - Parameters:
///   - set: The policy set.
///   - includes: Which tests to run, by title.
///   - tables: What the compiled tables decide; nil to ask the interpreter alone.
/// - Returns: Counts, and a diagnostic for each expectation that did not hold.
/// - Complexity: O(expectations × interpreter).
package func runTests(
  of set: PolicySet,
  where includes: (String) -> Bool = { _ in true },
  tables: ((RequestData) -> (isAllowed: Bool, isDefault: Bool))? = nil
) -> TestRun {
  var run = TestRun()
  for test in set.tests where includes(test.title) {
    run.tests += 1
    let before = run.failedExpectations
    for expectation in test.expectations {
      for action in expectation.actions.actions {
        run.expectations += 1
        let request = test.request(expectation, action)
        let decision = interpret(request, in: set)
        if let tables {
          let other = tables(request)
          if other.isAllowed != (decision.effect == .allow)
            || other.isDefault != (decision.basis == .byDefault)
          {
            run.faults.append(
              "\(set.catalogue.actions[action].path) in test \"\(test.title)\""
            )
          }
        }
        if let problem = TestFailed.check(decision, expectation, action, test, set) {
          run.failedExpectations += 1
          run.diagnostics.append(problem)
        }
      }
    }
    if run.failedExpectations > before { run.failedTests += 1 }
  }
  return run
}
