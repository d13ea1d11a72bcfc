import PolicyAnalysis
import PolicyCompiler
import PolicyEngine
import PolicyModel
import PolicyReport
import PolicySource

/// What running the tests and assertions of a policy set came to.
struct TestOutcome {
  let set: PolicySet
  let tests: TestRun
  let coverage: Coverage
  /// Nil where they were not asked for.
  let assertions: AssertionRun?

  /// Runs the tests that the filter leaves; a filter leaves no assertions.
  ///
  /// That there is nothing to
  /// run ends the command, since an empty run is not a green run, unless it `mayBeEmpty`.
  init(
    of set: PolicySet,
    _ compiled: CompiledSet,
    _ filter: TestFilter?,
    mayBeEmpty: Bool = false,
    _ console: Console
  ) throws(Failure) {
    self.set = set
    let engine = try engine(of: compiled)
    let tests = try console.work("running \(Tally.count(set.tests.count, "test"))") {
      () throws(Failure) in
      runTests(
        of: set,
        where: { title in filter?.includes(title) ?? true },
        measuring: compiled.diagrams,
        tables: { request in
          let decision = engine.decide(request)
          return (decision.isAllowed, decision.basis == .byDefault)
        }
      )
    }
    if let fault = tests.faults.first {
      let what = "the tables decide otherwise than the interpreter: \(fault)"
      throw Failure(what, status: .fault)
    }
    if let filter, tests.tests == 0 { throw filter.failure(among: set.tests) }
    guard let coverage = tests.coverage else {
      throw Failure("coverage was not measured", status: .fault)
    }
    self.tests = tests
    self.coverage = coverage
    assertions = filter == nil ? try judgement(of: set, console) : nil
    guard mayBeEmpty || tests.tests + (assertions?.count ?? 0) > 0 else {
      throw Failure(
        "there are no tests and no assertions",
        help: "`pol test --generate` writes tests of what the policies decide now"
      )
    }
  }

  var diagnostics: [Diagnostic] {
    (tests.diagnostics + (assertions?.diagnostics ?? [])).inSourceOrder()
  }

  /// How the tests went, in one line.
  var verdict: String {
    let all = Tally.count(tests.tests, "test")
    let expectations = Tally.count(tests.expectations, "expectation")
    return tests.failedTests == 0
      ? "\(all) passed, with \(expectations)"
      : "\(Tally.grouped(tests.failedTests)) of \(all) failed: "
        + "\(Tally.grouped(tests.failedExpectations)) of \(expectations) do not hold"
  }

  /// How the assertions went, in one line.
  var assertionVerdict: String? {
    guard let assertions else { return nil }
    var verdicts = ["\(assertions.proved) proved"]
    if assertions.refuted > 0 { verdicts.append("\(assertions.refuted) refuted") }
    if assertions.notProved > 0 { verdicts.append("\(assertions.notProved) not proved") }
    let isWhole = assertions.proved == assertions.count
    return Tally.count(assertions.count, "assertion")
      + (isWhole ? " proved" : ": " + verdicts.joined(separator: ", "))
  }

  /// The numbers, for the JSON document.
  var members: [JSONMember] {
    let verdicts: JSONValue =
      assertions.map {
        [
          "proved": .int($0.proved), "refuted": .int($0.refuted), "notProved": .int($0.notProved),
        ]
      } ?? .null
    return [
      JSONMember("tests", ["run": .int(tests.tests), "failed": .int(tests.failedTests)]),
      JSONMember(
        "expectations",
        ["run": .int(tests.expectations), "failed": .int(tests.failedExpectations)]
      ),
      JSONMember("assertions", verdicts),
      JSONMember("coverage", CoverageJSON.value(coverage, of: set)),
    ]
  }

  /// Every test and assertion, in source order.
  var cases: [ReportCase] {
    let renderer = DiagnosticText(set.sources)
    var cases: [(span: SourceSpan, item: ReportCase)] = []
    func add(_ name: String, _ span: SourceSpan, _ found: [Diagnostic]) {
      let worst = found.max { $0.severity < $1.severity }
      // What is not proved has neither passed nor failed.
      let outcome: ReportCase.Outcome =
        switch worst?.severity {
        case .error: .failed
        case .warning: .skipped
        case .note, nil: .passed
        }
      let item = ReportCase(
        name,
        file: set.sources[span.file].path,
        line: set.sources.place(span).line,
        outcome,
        message: outcome == .passed ? nil : worst.map { Self.message($0, among: found.count) },
        output: found.map { renderer.text($0) }.joined(separator: "\n")
      )
      cases.append((span, item))
    }
    for result in tests.results {
      let test = set.tests[result.test]
      add(test.title, test.titleSpan, result.diagnostics)
    }
    if let assertions {
      let found = Dictionary(grouping: assertions.diagnostics, by: \.primary.span)
      for assertion in set.assertions {
        let name = Fingerprint.words(set.sources.text(assertion.span))
        add(name, assertion.span, found[assertion.span] ?? [])
      }
    }
    return cases.sorted { $0.span < $1.span }.map(\.item)
  }

  /// The message of the worst finding, with how many others there are.
  private static func message(_ worst: Diagnostic, among count: Int) -> String {
    let reason = worst.severity == .warning ? worst.notes.prefix(1) : []
    return ([worst.message] + reason).joined(separator: ": ")
      + (count > 1 ? " (and \(Tally.grouped(count - 1)) more)" : "")
  }
}
