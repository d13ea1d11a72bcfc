import PolicyAnalysis
import PolicyEngine
import PolicyModel
import PolicyReport
import PolicySource
import PolicyWorkspace

extension Command {
  private static let filter = Option(
    "filter",
    .text("TEXT"),
    "run only the tests with this in their title, and no assertions"
  )

  static let testCommand = Command(
    "test",
    summary: "run the tests, and prove the assertions",
    synopsis: "[PATH…]",
    details: """
      Every request of a `test` is decided by the interpreter and by the compiled tables. An \
      `assert` is proved over every request there can be; one that does not hold is shown with a \
      request that breaks it, and one that could not be proved is never counted as proved.
      """,
    options: [filter, .format],
    statuses: [
      (.success, "all of them hold"),
      (.negative, "an expectation or an assertion does not"),
      (.unable, "bad usage, an unreadable file, or nothing to run"),
      (.unchecked, "the policy set does not check"),
      (.fault, "the tables decide otherwise than the interpreter"),
    ],
    examples: [
      Example("pol test", "run everything in and below the current directory"),
      Example("pol test policies --filter observer", "run the tests about observers"),
    ]
  ) { (arguments, console) throws(Failure) in
    let sources = try sources(at: arguments.positionals)
    let compilation = try pipeline(sources, console)
    try refuseErrors(compilation.diagnostics, in: sources, arguments, console)
    guard let compiled = compilation.value.compiled else { return .unchecked }
    let engine = try engine(of: compiled)
    let set = compilation.value.set
    let outcome = try TestOutcome(of: set, by: engine, arguments.value(filter), console)
    if arguments.value(.format) == "json" {
      console.write(JSONWriter.document(outcome.json(in: sources)))
    } else {
      let renderer = DiagnosticText(sources, on: console.terminal(arguments.color))
      for finding in outcome.diagnostics { console.write(renderer.text(finding) + "\n") }
      console.write(outcome.summary)
    }
    return outcome.diagnostics.hasErrors ? .negative : .success
  }
}

/// What running the tests and assertions of a policy set came to.
private struct TestOutcome {
  private let tests: TestRun
  /// Nil where they were not asked for.
  private let assertions: AssertionRun?
  let diagnostics: [Diagnostic]

  init(
    of set: PolicySet,
    by engine: PolicyEngine,
    _ filter: String?,
    _ console: Console
  ) throws(Failure) {
    tests = try console.work("running \(Tally.count(set.tests.count, "test"))") {
      () throws(Failure) in
      runTests(
        of: set,
        where: { title in filter.map { title.contains($0) } ?? true },
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
    assertions = filter == nil ? try judgement(of: set, console) : nil
    diagnostics = (tests.diagnostics + (assertions?.diagnostics ?? [])).inSourceOrder()
    guard tests.tests + (assertions?.count ?? 0) > 0 else {
      throw Failure(
        filter.map { "no test has `\($0)` in its title" } ?? "there are no tests and no assertions",
        help: filter == nil ? "`pol init DIR` writes some to begin with" : nil
      )
    }
  }

  /// What was run, and how it went, a line each.
  var summary: String {
    let all = Tally.count(tests.tests, "test")
    let expectations = Tally.count(tests.expectations, "expectation")
    var text =
      tests.failedTests == 0
      ? "\(all) passed, with \(expectations)\n"
      : "\(Tally.grouped(tests.failedTests)) of \(all) failed: "
        + "\(Tally.grouped(tests.failedExpectations)) of \(expectations) do not hold\n"
    guard let assertions else { return text }
    var verdicts = ["\(assertions.proved) proved"]
    if assertions.refuted > 0 { verdicts.append("\(assertions.refuted) refuted") }
    if assertions.notProved > 0 { verdicts.append("\(assertions.notProved) not proved") }
    let isWhole = assertions.proved == assertions.count
    let count = Tally.count(assertions.count, "assertion")
    text += count + (isWhole ? " proved\n" : ": " + verdicts.joined(separator: ", ") + "\n")
    return text
  }

  func json(in sources: SourceMap) -> JSONValue {
    let verdicts: JSONValue =
      assertions.map {
        [
          "proved": .int($0.proved), "refuted": .int($0.refuted), "notProved": .int($0.notProved),
        ]
      } ?? .null
    return [
      "schema": .int(DiagnosticJSON.schema),
      "tests": ["run": .int(tests.tests), "failed": .int(tests.failedTests)],
      "expectations": [
        "run": .int(tests.expectations), "failed": .int(tests.failedExpectations),
      ],
      "assertions": verdicts,
      "diagnostics": .array(diagnostics.map { DiagnosticJSON.value($0, in: sources) }),
    ]
  }
}
