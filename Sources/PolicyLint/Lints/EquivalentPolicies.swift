import PolicyAnalysis
import PolicyEngine
import PolicyModel
import PolicySource

/// Finds policies that decide alike.
enum EquivalentPolicies {
  static let lint = Lint(page, needs: .checkedSet, find: findings)

  static let page = CodePage(
    .equivalentPolicies,
    finds: "two policies that decide alike",
    explanation: """
      With what they include, the two say the same of every action and every request, however \
      differently they are written. This is proved. When one is changed the other will be \
      forgotten; a policy without rules that includes the other is a second name for it, and is not \
      reported.
      """,
    given: CodePage.portal,
    bad: """
      role Observer { allow device.read }
      role Auditor  { allow device.{list, get} }
      """,
    good: """
      role Observer { allow device.read }
      role Auditor includes Observer {}
      """,
    severity: .warning
  )

  static func findings(_ context: LintContext) -> [Diagnostic] {
    context.ruleProver.equivalentPolicies().map { pair in
      let policy = context.set.policies[pair.policy].heading
      let first = context.set.policies[pair.first].heading
      return Diagnostic(
        .equivalentPolicies,
        "`\(policy.name)` decides as `\(first.name)` does",
        at: policy.nameSpan,
        secondary: [Label(first.nameSpan, "decides alike")],
        help: "keep one, or let the one include the other and have no rules of its own"
      )
    }
  }
}
