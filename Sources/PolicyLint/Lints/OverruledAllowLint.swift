import PolicyAnalysis
import PolicyEngine
import PolicyModel
import PolicySource

/// Finds allows that a deny overrules whenever they apply.
enum OverruledAllowLint {
  static let lint = Lint(page, needs: .checkedSet, find: findings)

  static let page = CodePage(
    .overruledAllow,
    finds: "an allow whose every case is denied",
    explanation: """
      For each action of the rule, every request that fulfils its condition is denied: by its own \
      policy, with those that it includes, or by a policy that is assigned to everyone, where and \
      when that is in force. This is proved for every request. A deny always beats an allow, \
      wherever they stand, so the rule grants nothing.
      """,
    given: CodePage.portal,
    bad: """
      role Operator {
        allow user.list
        allow user.create when context.mfa
        deny  user.create
      }
      """,
    good: """
      role Operator {
        allow user.list
        allow user.create when context.mfa
      }
      """,
    severity: .warning
  )

  static func findings(_ context: LintContext) -> [Diagnostic] {
    let set = context.set
    return context.ruleJudgement.overruled.map { overruled in
      let rule = set.rules[overruled.rule]
      let names = overruled.overruledBy.map { "`\(set.rules[$0].id)`" }
      let by =
        names.isEmpty || names.count > 4
        ? "every case is denied"
        : "\(names.listed) den\(names.count == 1 ? "ies" : "y") every case"
      return Diagnostic(
        .overruledAllow,
        "`\(rule.id)` allows nothing: \(by)",
        at: rule.actionsSpan,
        secondary: overruled.overruledBy.prefix(4).map {
          Label(set.rules[$0].actionsSpan, "denies it")
        },
        help: "remove it, or say when the deny does not apply"
      )
    }
  }
}
