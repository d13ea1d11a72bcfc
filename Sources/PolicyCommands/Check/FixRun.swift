import PolicyAnalysis
import PolicyModel
import PolicyReport
import PolicySource

/// Applies the safe fixes of what is shown until none is left, in memory.
///
/// Every step is proved: while the policy set checks, a step after which a request would be decided
/// otherwise, or might be, is taken back. Fixes that are right alone may be wrong together (of two
/// rules that say the same, either may go), so that a step that fails is tried with half of its
/// fixes, down to one, which is then left alone for good.
struct FixRun {
  /// Fixes applied; more than any repository has mistakes, so that fixes that undo each other end.
  private static let most = 100_000
  private static let mostRounds = 1000

  /// Finds what is wrong with sources.
  private let examine: (SourceMap) throws(Failure) -> CheckRun.Outcome
  private let console: Console
  private(set) var fixed: FixedSources
  private(set) var outcome: CheckRun.Outcome
  /// The policy set whose decisions stay: the first that checked.
  private var reference: PolicySet?
  private(set) var applied = 0
  /// Findings whose fix would change decisions, and what it would change.
  private(set) var refused: [(finding: String, difference: Difference?)] = []
  private var refusedFixes: Set<Fingerprint> = []
  /// Whether the set checked before anything was done.
  let checkedBefore: Bool

  init(
    _ sources: SourceMap,
    _ console: Console,
    examine: @escaping (SourceMap) throws(Failure) -> CheckRun.Outcome
  ) throws(Failure) {
    self.examine = examine
    self.console = console
    fixed = FixedSources(sources)
    outcome = try examine(sources)
    checkedBefore = outcome.isChecked
    reference = outcome.isChecked ? outcome.set : nil
  }

  /// - Complexity: A whole check for each round; about as many rounds as fixes that are refused,
  ///   times the logarithm of the fixes.
  mutating func run() throws(Failure) {
    var count = Int.max
    for _ in 0..<Self.mostRounds where applied < Self.most {
      let candidates = candidates()
      let fixes = FixedSources.compatible(candidates.map(\.fix), atMost: count)
      guard !fixes.isEmpty else { return }
      var next = fixed
      next.apply(fixes)
      let after = try examine(next.sources)
      let done = candidates.filter { fixes.contains($0.fix) }
      let verdict = try verdict(on: after, in: next.sources, of: done)
      if case .good = verdict {
        fixed = next
        outcome = after
        applied += fixes.count
        if reference == nil, after.isChecked { reference = after.set }
        count = Int.max
      } else if fixes.count > 1 {
        count = fixes.count / 2
      } else {
        for candidate in done { refuse(candidate, verdict) }
        count = Int.max
      }
    }
  }

  private enum Verdict {
    case good
    /// The set no longer checks, or what was to be mended is still there.
    case broken
    case changed(Difference)
  }

  /// A finding with a safe fix.
  private struct Candidate {
    let finding: Diagnostic
    let fix: Fix
    let fingerprint: Fingerprint
  }

  /// The safe fixes of what is shown, in source order, without those that were refused.
  private func candidates() -> [Candidate] {
    var prints = Fingerprints(fixed.sources, below: "")
    return outcome.shown.compactMap { finding in
      guard let fix = finding.fixes.first(where: \.isSafe) else { return nil }
      let fingerprint = prints.fingerprint(of: finding)
      guard !refusedFixes.contains(fingerprint) else { return nil }
      return Candidate(finding: finding, fix: fix, fingerprint: fingerprint)
    }
  }

  /// What a step came to, after which sources are as given.
  private func verdict(
    on after: CheckRun.Outcome,
    in sources: SourceMap,
    of fixes: [Candidate]
  ) throws(Failure) -> Verdict {
    let before = Self.counts(outcome.findings, in: fixed.sources)
    let now = Self.counts(after.findings, in: sources)
    let isMended = fixes.allSatisfy {
      now[$0.fingerprint, default: 0] < before[$0.fingerprint, default: 0]
    }
    // While nothing is decided, mending one mistake may well uncover others.
    guard let reference else { return isMended ? .good : .broken }
    guard after.isChecked, isMended else { return .broken }
    let difference = try console.work("comparing") { () throws(Failure) in
      compare(reference, after.set)
    }
    return difference.isEmpty ? .good : .changed(difference)
  }

  /// How often each finding is there.
  private static func counts(
    _ findings: [Diagnostic],
    in sources: SourceMap
  ) -> [Fingerprint: Int] {
    var prints = Fingerprints(sources, below: "")
    var counts: [Fingerprint: Int] = [:]
    for finding in findings { counts[prints.fingerprint(of: finding), default: 0] += 1 }
    return counts
  }

  private mutating func refuse(_ candidate: Candidate, _ verdict: Verdict) {
    refusedFixes.insert(candidate.fingerprint)
    let place = fixed.sources.description(candidate.finding.primary.span)
    let finding = "\(place): \(candidate.finding.code.rawValue)"
    if case .changed(let difference) = verdict {
      refused.append((finding, difference))
    } else {
      refused.append((finding, nil))
    }
  }
}
