import PolicyModel
import PolicyReport
import PolicySource

/// One run of `pol check` over sources that were read.
struct CheckRun {
  let settings: CheckSettings
  let paths: [String]
  let console: Console
  /// The policy set as it was, where findings have to be newer.
  private let past: ChangedSince?

  init(_ settings: CheckSettings, at paths: [String], _ console: Console) throws(Failure) {
    self.settings = settings
    self.paths = paths
    self.console = console
    past = try settings.revision.map { (revision) throws(Failure) in
      try ChangedSince(revision, at: paths, settings, console)
    }
  }

  /// What was found, and what of it is told.
  struct Outcome {
    /// What was checked; it has a meaning if it checks.
    let set: PolicySet
    let isChecked: Bool
    /// All of it.
    let findings: [Diagnostic]
    let shown: [Diagnostic]
    let remarks: [String]
    let fails: Bool
    /// What is told of the lock beside the files, which has places of its own.
    var ofLock: [FindingsReport.Part] = []
    /// How many findings were not asked for, or were known before.
    var hidden = 0
  }

  /// Finds what is wrong, and leaves out what was not asked for or was known.
  func outcome(of sources: SourceMap) throws(Failure) -> Outcome {
    let (set, isChecked, findings, ofLock) = try findings(
      in: sources,
      configuration: settings.lints,
      beside: paths,
      console
    )
    var shown = findings.filter { settings.selection.includes($0.code) }
    if let past { shown = past.news(among: shown, in: sources, settings) }
    let known = try KnownFindings(shown, in: sources, settings)
    let shownOfLock = [ofLock].compactMap { $0 }.filter { part in
      part.diagnostics.contains { settings.selection.includes($0.code) }
    }
    let fails =
      ofLock != nil || findings.contains(where: settings.alwaysFails)
      || known.shown.contains { $0.severity >= settings.failing }
    return Outcome(
      set: set,
      isChecked: isChecked,
      findings: findings,
      shown: known.shown,
      remarks: [past?.remark].compactMap { $0 } + known.remarks,
      fails: fails,
      ofLock: shownOfLock,
      hidden: findings.count - known.shown.count
        + (ofLock == nil ? 0 : 1 - shownOfLock.count)
    )
  }

  /// The report of an outcome.
  func report(_ outcome: Outcome, in sources: SourceMap, remarks: [String] = []) -> FindingsReport {
    FindingsReport(
      command: "check",
      parts: outcome.ofLock + [FindingsReport.Part(outcome.shown, in: sources)],
      hidden: outcome.hidden,
      remarks: outcome.remarks + remarks,
      failing: settings.failing,
      pages: allPages
    )
  }
}
