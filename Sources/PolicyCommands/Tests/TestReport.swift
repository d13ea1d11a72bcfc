import PolicyAnalysis
import PolicyModel
import PolicyReport
import PolicySource

/// What `pol test` reports of an outcome.
struct TestReport {
  /// How many gaps of a measure are shown where not all of them were asked for.
  private static let most = 10

  /// How much is told of coverage.
  enum Detail: Comparable {
    /// How much of each measure is covered.
    case summary
    /// Some of what is not.
    case some
    /// All of it.
    case all
  }

  let outcome: TestOutcome
  let goals: [CoverageGoal]
  let detail: Detail
  /// Whether coverage is told though not all tests were run, or none.
  let tellsCoverage: Bool
  /// Nil where mutants were not asked for, or nothing could be said of them.
  var mutation: MutationOutcome?
  /// Whether mutants were asked for, and not all holds.
  var isMutationSkipped = false

  /// The goals that are not reached.
  var missed: [CoverageGoal] {
    goals.filter { !$0.isReached(by: outcome.coverage.share(of: $0.measure)) }
  }

  /// What lacks to the goals, a line each.
  var complaints: [String] {
    let skipped =
      isMutationSkipped
      ? "no mutants were judged: tests and assertions have to hold before" : nil
    return missed.map(complaint) + [mutation?.complaint, skipped].compactMap { $0 }
  }

  /// The report for a format; a comment takes no more than some of what is not covered.
  func report(for format: ReportFormat) -> FindingsReport {
    let detail = format == .markdown ? min(detail, .some) : detail
    let table = table(detail)
    return FindingsReport(
      command: "test",
      parts: [FindingsReport.Part(diagnostics, in: outcome.set.sources)],
      cases: outcome.cases + goals.map(coverageCase) + [mutation?.goalCase].compactMap { $0 },
      verdict: outcome.verdict,
      remarks: [outcome.assertionVerdict, summary, mutants].compactMap { $0 } + complaints,
      details: table.isEmpty ? nil : FindingsReport.Details("Not covered", table),
      members: outcome.members + mutantMembers,
      pages: allPages
    )
  }

  /// What does not hold or is not known to, and the mistakes that survive, in source order.
  var diagnostics: [Diagnostic] {
    let survivors = mutation?.run.diagnostics(in: outcome.set) ?? []
    return (outcome.diagnostics + survivors).inSourceOrder()
  }

  private var mutants: String? { mutation.map { MutantText.summary($0.run) } }

  private var mutantMembers: [JSONMember] {
    mutation.map { [JSONMember("mutants", MutantJSON.value($0.run, of: outcome.set))] } ?? []
  }

  private var summary: String? {
    tellsCoverage || outcome.assertions != nil && outcome.tests.tests > 0
      ? CoverageText.summary(outcome.coverage) : nil
  }

  private func table(_ detail: Detail) -> String {
    let measures = detail == .summary ? missed.map(\.measure) : CoverageMeasure.allCases
    return CoverageText.table(
      outcome.coverage,
      of: outcome.set,
      measures: measures,
      atMost: detail == .all ? nil : Self.most
    )
  }

  private func complaint(_ goal: CoverageGoal) -> String {
    let share = outcome.coverage.share(of: goal.measure)
    return "too little: \(share.percent) of \(goal.measure.count(share.all)) "
      + "\(share.all == 1 ? "is" : "are") covered, and \(goal.percent) is asked for"
  }

  /// A goal as a case, where the first gap is.
  private func coverageCase(_ goal: CoverageGoal) -> ReportCase {
    let set = outcome.set
    let isMissed = missed.contains(goal)
    let gap = isMissed ? outcome.coverage.gaps(in: goal.measure, of: set).first : nil
    return ReportCase(
      "\(goal.measure.rawValue) covered, at least \(goal.percent)",
      file: gap.map { set.sources[$0.span.file].path } ?? set.sources.files.first?.path ?? "",
      line: gap.map { set.sources.place($0.span).line } ?? 1,
      isMissed ? .failed : .passed,
      message: isMissed ? complaint(goal) : nil,
      output: isMissed
        ? CoverageText.table(outcome.coverage, of: set, measures: [goal.measure], atMost: Self.most)
        : ""
    )
  }
}
