import PolicyAnalysis
import PolicyCompiler
import PolicyEngine
import PolicyFormatter
import PolicyModel
import PolicyReport
import PolicySource
import PolicyWorkspace

/// Tests for what those of a policy set leave open.
struct GeneratedSuite {
  /// Policy text, laid out; empty where nothing is left open.
  let text: String
  let tests: Int
  /// What was found and what was left out, a line each.
  let remarks: [String]

  private static let heading = """
    // Written by `pol test --generate`: what the policies decide now, at every outcome and boundary that
    // no test showed. Read it before you keep it: a mistake in a policy is written down here too.

    """

  /// Finds cases on all cores, which changes nothing of the result, for so many tests at most; of
  /// mistakes that nothing notices so many are looked at.
  init(
    of outcome: TestOutcome,
    mostTests: Int,
    mostMutants: Int,
    _ console: Console
  ) throws(Failure) {
    let set = outcome.set
    let patterns = try MutationOutcome.patterns(of: set, console)
    let all = findMutants(in: set, patterns, atBoundaries: true)
    let mutants = sampled(all, atMost: mostMutants)
    let judge = outcome.judge(patterns)
    let verdicts = try mutants.judged(by: judge, console)
    let survivors = zip(mutants, verdicts).compactMap { mutant, verdict in
      if case .survived(let witness) = verdict { (mutant, witness) } else { nil }
    }
    let cases = try console.work("looking for cases") { () throws(Failure) in
      let draft = SuiteDraft(judge, survivors: survivors, atMost: mostTests)
      let noticing = Parallel.map(draft.mutants) { draft.noticing($0) }
      return (draft, draft.suite(noticing: noticing))
    }
    let suite = SuiteText(cases.1, in: set, atMost: mostTests)
    var remarks: [String] = []
    let mayLack = cases.0.leftPolicies > 0 || suite.left > 0
    if mutants.count < all.count {
      remarks.append(
        "\(Tally.grouped(mutants.count)) of \(Tally.grouped(all.count)) boundaries were looked at: "
          + "`--max-mutants` takes more"
      )
    }
    if mayLack {
      let policies = Tally.count(cases.0.leftPolicies, "policy", "policies")
      remarks.append(
        "\(Tally.count(suite.left, "test")) and the outcomes of \(policies) were left out: "
          + "`--max-tests` takes more"
      )
    }
    if cases.0.untestable > 0 {
      let count = Tally.count(cases.0.untestable, "boundary", "boundaries")
      remarks.append("\(count) cannot be tested: requests that do not say who makes them")
    }
    tests = suite.tests
    self.remarks = remarks
    guard !suite.text.isEmpty else {
      text = ""
      return
    }
    let source = SourceFile(path: "generated.pol", text: Self.heading + "\n" + suite.text)
    text = String(decoding: format(source).bytes, as: UTF8.self)
    try verify(beside: set.sources, console)
  }

  /// Runs the tests that were written: a fault of the program where they do not pass.
  ///
  /// The interpreter decides the first action of each expectation, the tables all: a suite may say
  /// something of every action for every policy.
  private func verify(beside sources: SourceMap, _ console: Console) throws(Failure) {
    let own = SourceFile(path: "generated.pol", text: text)
    let compilation = try pipeline(SourceMap(sources.files + [own]), console)
    if let error = compilation.diagnostics.first(where: { $0.severity == .error }) {
      throw Failure("the tests that were written do not check: \(error.message)", status: .fault)
    }
    guard let compiled = compilation.value.compiled else { return }
    let engine = try engine(of: compiled)
    let set = compilation.value.set
    let file = set.sources.ids.first { set.sources[$0].path == own.path }
    for test in set.tests where test.span.file == file {
      for expectation in test.expectations {
        for (number, action) in expectation.actions.actions.enumerated() {
          let request = test.request(expectation, action)
          let isAllowed = expectation.effect == .allow
          guard engine.decide(request).isAllowed == isAllowed,
            number > 0 || (interpret(request, in: set).effect == .allow) == isAllowed
          else {
            let path = set.catalogue.actions[action].path
            throw Failure("a test that was written does not pass: `\(path)`", status: .fault)
          }
        }
      }
    }
  }
}
