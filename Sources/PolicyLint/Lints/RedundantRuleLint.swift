import PolicyAnalysis
import PolicyEngine
import PolicyModel
import PolicySource

/// Finds rules that can be taken away without changing a decision.
enum RedundantRuleLint {
  static let lint = Lint(page, needs: .checkedSet, find: findings)

  static let page = CodePage(
    .redundantRule,
    finds: "a rule without which every decision is the same",
    explanation: """
      The other rules of its policy, with those of the policies that it includes, already say all \
      that it says, for each of its actions: one of them, or several together. This is proved for \
      every request, whoever holds the policy. What other policies say does not count, since a \
      principal may hold this one alone. Of two rules that cover each other both are reported: \
      remove one at a time. The fix removes those that can go together. A rule with a `because` or \
      an `@id` has no fix, since reasons and reports name it.
      """,
    given: CodePage.portal,
    bad: """
      role Observer {
        allow device.read, user.list
        allow device.list when context.mfa
      }
      """,
    good: """
      role Observer {
        allow device.read, user.list
      }
      """,
    severity: .warning
  )

  static func findings(_ context: LintContext) -> [Diagnostic] {
    let set = context.set
    return context.ruleJudgement.redundant.map { redundant in
      let rule = set.rules[redundant.rule]
      let covers = redundant.coveredBy
      let names = covers.map { "`\(set.rules[$0].id)`" }
      let tail =
        names.isEmpty || names.count > 4
        ? "other rules cover it"
        : "\(names.listed) cover\(names.count == 1 ? "s" : "") it"
      var help = "remove it"
      if !redundant.isRemovable {
        help = "remove it, or what covers it: one is needed"
      }
      return Diagnostic(
        .redundantRule,
        "`\(rule.id)` changes no decision: \(tail)",
        at: rule.actionsSpan,
        secondary: covers.prefix(4).map {
          Label(set.rules[$0].actionsSpan, covers.count == 1 ? "covers it" : "covers a part")
        },
        help: help,
        fixes: fix(redundant, rule, context).map { [$0] } ?? []
      )
    }
  }

  private static func fix(
    _ redundant: RedundantRule,
    _ rule: Rule,
    _ context: LintContext
  ) -> Fix? {
    guard redundant.isRemovable, rule.because == nil,
      !rule.annotations.contains(where: { $0.name == "id" }),
      let node = context.ruleNodes[rule.span]
    else { return nil }
    return context.tree(rule.span.file).removal(of: node, "remove the rule")
  }
}
