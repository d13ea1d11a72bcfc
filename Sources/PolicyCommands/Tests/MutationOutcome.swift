import PolicyAnalysis
import PolicyChecker
import PolicyEngine
import PolicyModel
import PolicyReport
import PolicySource
import PolicyWorkspace

/// What the mutants of a policy set came to, judged by the tests and assertions that were run.
struct MutationOutcome {
  let run: MutantRun
  let set: PolicySet
  /// The score that is asked for, in hundredths of a percent; nil where none is.
  let goal: Int?

  /// Judges mutants, so many at most, by tests and assertions that hold; on all cores, which changes
  /// nothing of the result.
  init(
    of outcome: TestOutcome,
    atMost most: Int,
    goal: Int?,
    _ console: Console
  ) throws(Failure) {
    set = outcome.set
    self.goal = goal
    let patterns = try Self.patterns(of: outcome.set, console)
    let all = findMutants(in: outcome.set, patterns)
    let mutants = sampled(all, atMost: most)
    let verdicts = try mutants.judged(by: outcome.judge(patterns), console)
    run = MutantRun(
      zip(mutants, verdicts).map { mutant, verdict in
        MutantRun.Judged(
          mutant: mutant,
          verdict: verdict,
          text: mutantText(mutant, in: outcome.set, patterns)
        )
      },
      of: all.count
    )
  }

  /// The parts of the patterns of all rules, which only the trees have.
  static func patterns(
    of set: PolicySet,
    _ console: Console
  ) throws(Failure) -> [RulePatterns] {
    try console.work("reading \(Tally.count(set.rules.count, "rule"))") { () throws(Failure) in
      rulePatterns(of: set, in: loadWithTrees(set.sources).trees)
    }
  }

  /// Whether too few mutants are caught.
  var isMissed: Bool { goal.map { run.score.covered * 10_000 < $0 * run.score.all } ?? false }

  /// What lacks to the goal.
  var complaint: String? {
    guard let goal, isMissed else { return nil }
    return "too little: the score is \(run.score.percent), and \(CoverageShare.percent(goal)) "
      + "is asked for"
  }

  /// The goal as a case, where the first mutant is that nothing notices.
  var goalCase: ReportCase? {
    guard let goal else { return nil }
    let first = run.diagnostics(in: set).first
    return ReportCase(
      "mutants caught, at least \(CoverageShare.percent(goal))",
      file: first.map { set.sources[$0.primary.span.file].path }
        ?? set.sources.files.first?.path ?? "",
      line: first.map { set.sources.place($0.primary.span).line } ?? 1,
      isMissed ? .failed : .passed,
      message: complaint,
      output: isMissed ? MutantText.summary(run) : ""
    )
  }
}

extension [Mutant] {
  /// What becomes of each, on all cores.
  func judged(
    by judge: MutantJudge,
    _ console: Console
  ) throws(Failure) -> [MutantVerdict] {
    try console.work("judging \(Tally.count(count, "mutant"))") { () throws(Failure) in
      Parallel.map(count) { judge.judge(self[$0]) }
    }
  }
}

extension TestOutcome {
  /// Judges mutants by the tests that were run, and by what is proved.
  func judge(_ patterns: [RulePatterns]) -> MutantJudge {
    MutantJudge(
      set,
      patterns,
      tests: tests.results.map(\.test),
      assertions: provedAssertions
    )
  }

  /// The positions of the assertions that are proved.
  private var provedAssertions: [Int] {
    guard let assertions else { return [] }
    let doubtful = Set(
      assertions.diagnostics.filter { $0.severity > .note }.map(\.primary.span)
    )
    return set.assertions.indices.filter { !doubtful.contains(set.assertions[$0].span) }
  }
}
