import PolicyEngine
import PolicyModel
import PolicySource

/// Finds policies that say nothing.
enum EmptyPolicy {
  static let lint = Lint(page, needs: .checkedSet, find: findings)

  static let page = CodePage(
    .emptyPolicy,
    finds: "a policy without rules that includes none",
    explanation: """
      Holding it allows nothing and denies nothing.
      """,
    given: CodePage.portal,
    bad: "role Observer {}",
    good: "role Observer { allow device.read }",
    severity: .warning
  )

  static func findings(_ context: LintContext) -> [Diagnostic] {
    context.set.policies.elements.filter { $0.rules.isEmpty && $0.includes.isEmpty }
      .map { policy in
        Diagnostic(
          .emptyPolicy,
          "\(policy.isRole ? "role" : "policy") `\(policy.heading.name)` has no rules",
          at: policy.heading.nameSpan,
          help: "add rules, include another policy, or remove it"
        )
      }
  }
}
