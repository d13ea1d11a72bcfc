import PolicyAnalysis
import PolicyEngine
import PolicyModel
import PolicySource

/// Finds denies of what no rule allows.
enum DenyWithoutEffect {
  static let lint = Lint(page, needs: .checkedSet, find: findings)

  static let page = CodePage(
    .denyWithoutEffect,
    finds: "a deny of what no rule of the set allows",
    explanation: """
      What is not allowed is denied anyway. In no case in which this rule applies does any rule of \
      any policy allow one of its actions, so that every decision is the same without it. This is \
      proved for every request. A rule with a `because` is not reported, since the reason that it \
      gives is part of a decision. Where the rule is there to guard against rules that are yet to be \
      written, say so, with `because` or `@suppress`.
      """,
    given: CodePage.portal,
    bad: """
      role Observer {
        allow device.read
        deny  device.delete
      }
      """,
    good: """
      role Observer {
        allow device.read
      }
      """,
    severity: .warning
  )

  static func findings(_ context: LintContext) -> [Diagnostic] {
    context.ruleJudgement.withoutEffect.map { index in
      let rule = context.set.rules[index]
      return Diagnostic(
        .denyWithoutEffect,
        "`\(rule.id)` denies what no rule allows",
        at: rule.actionsSpan,
        help: "remove it, or say with `because` what it is to guard against"
      )
    }
  }
}
