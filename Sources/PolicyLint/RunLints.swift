package import PolicySource
import PolicySyntax

/// All that is to be said about a policy set, in source order.
///
/// That is what the earlier stages found (`findings`) and what the lints do, at the levels of the
/// configuration, without what is suppressed.
package func lint(
  _ context: LintContext,
  findings: [Diagnostic] = [],
  configuration: LintConfiguration = LintConfiguration()
) -> [Diagnostic] {
  var suppressions = Suppressions(context.trees)
  var result: [Diagnostic] = []
  for finding in findings {
    guard let severity = configuration.level(of: finding).severity else { continue }
    guard severity == .error || !suppressions.silence(finding) else { continue }
    result.append(finding.with(severity))
  }
  // In a set that checks, errors are claims that do not hold: what lints say is true all the same.
  let damage = context.isChecked ? Damage() : Damage(of: context.trees, by: findings)
  var ran: Set<DiagnosticCode> = []
  for lint in allLints where context.isChecked || lint.needs == .tree {
    guard let severity = configuration.level(of: lint.page).severity else { continue }
    ran.insert(lint.code)
    for finding in lint.find(context) where !damage.covers(finding.primary.span) {
      guard !suppressions.silence(finding) else { continue }
      result.append(finding.with(severity))
    }
  }
  if let severity = configuration.level(of: UnusedSuppression.page).severity {
    let unused = suppressions.unused(ran: ran, isChecked: context.isChecked)
    // Where lints say nothing, nothing can have been silenced.
    result += unused.filter { !damage.covers($0.primary.span) }.map { $0.with(severity) }
  }
  return result.inSourceOrder()
}

extension Diagnostic {
  fileprivate func with(_ severity: Severity) -> Diagnostic {
    var result = self
    result.severity = severity
    return result
  }
}

/// The declarations that have errors in them: what a lint would say about them may be no more than
/// a consequence.
private struct Damage {
  private var spans: [FileID: [SourceSpan]] = [:]

  init() {}

  init(of trees: [SyntaxTree], by findings: [Diagnostic]) {
    let errors = Dictionary(
      grouping: findings.filter { $0.severity == .error }.map(\.primary.span),
      by: \.file
    )
    for tree in trees {
      guard let errors = errors[tree.file] else { continue }
      spans[tree.file] = tree.nodes(tree.root).map { tree.span($0) }.filter { declaration in
        errors.contains { $0.lower <= declaration.upper && declaration.lower <= $0.upper }
      }
    }
  }

  func covers(_ place: SourceSpan) -> Bool {
    spans[place.file]?.contains { $0.lower <= place.lower && place.upper <= $0.upper } ?? false
  }
}
