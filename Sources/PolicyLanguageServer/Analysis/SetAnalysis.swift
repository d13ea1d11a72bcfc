import PolicyAnalysis
import PolicyChecker
import PolicyLint
import PolicyModel
import PolicySource
import PolicyWorkspace

/// A policy set that was checked as a whole: what the features ask.
struct SetAnalysis: Sendable {
  let snapshot: SetSnapshot
  let checked: CheckedSources
  /// What the parser and the checker found, in source order.
  let findings: [Diagnostic]
  /// What is to be shown, once it was judged: the findings with assertions that do not hold and
  /// lints, without what is suppressed.
  private(set) var judged: [Diagnostic]?

  init(_ snapshot: SetSnapshot) {
    self.snapshot = snapshot
    checked = CheckedSources(snapshot.parsed.map(\.value), sources: snapshot.sources)
    findings = PolicyWorkspace.findings(
      syntax: snapshot.parsed.flatMap(\.diagnostics),
      names: checked.staged.diagnostics
    )
  }

  var set: PolicySet { checked.staged.value }

  /// All that can be shown so far.
  var diagnostics: [Diagnostic] { judged ?? findings }

  /// Proves the assertions of a set that checks, and lints it.
  mutating func judge() {
    let context = LintContext(
      trees: snapshot.parsed.map(\.value),
      set: set,
      isChecked: !findings.hasErrors
    )
    var found = findings
    if context.isChecked, !set.assertions.isEmpty {
      found += judgeAssertions(of: set, by: &context.prover).diagnostics
    }
    judged = lint(context, findings: found, configuration: snapshot.settings.lints)
  }
}
