import PolicyAnalysis
import PolicyEngine
import PolicyModel
import PolicySource

/// Finds conditions, and parts of conditions, that no request makes true.
enum AlwaysFalse {
  static let lint = Lint(page, needs: .checkedSet, find: findings)

  static let page = CodePage(
    .alwaysFalse,
    finds: "a condition, or a part of one, that no request makes true",
    explanation: """
      What is marked, together with what is shown beside it, is false of every request, or unknown \
      where an attribute is missing; it is the smallest part that is. This is proved, not guessed. \
      The `when` and the `unless` of a rule are looked at together. An allow with such a condition \
      never applies. A deny with one still applies where the condition is unknown, which is rarely \
      what was meant.
      """,
    given: CodePage.portal,
    bad: """
      role Operator {
        allow device.update when resource.level > 5 and resource.level < 3
      }
      """,
    good: """
      role Operator {
        allow device.update when resource.level > 3 and resource.level < 5
      }
      """,
    severity: .warning
  )

  static func findings(_ context: LintContext) -> [Diagnostic] {
    var prover = context.ruleProver
    return context.constantFindings.filter(\.constant.constancy.isNegative).map { finding in
      let isFalse = finding.constant.constancy == .alwaysFalse
      return finding.diagnostic(
        .alwaysFalse,
        "\(finding.text(in: context.set)) is \(isFalse ? "always false" : "never true")",
        label: "not true",
        in: context,
        notes: effect(of: finding, &prover, in: context).map { [$0] } ?? [],
        help: finding.constant.core.count > 1
          ? "change one of them, or write `or` where either is meant"
          : "change it, or leave it out"
      )
    }
  }

  /// What becomes of the rule.
  private static func effect(
    of finding: ConstantFinding,
    _ prover: inout RuleProver,
    in context: LintContext
  ) -> String? {
    guard case .rule(let index) = finding.owner, finding.repetitions == 0,
      context.ruleJudgement.neverTrue.contains(index)
    else { return nil }
    let rule = context.set.rules[index]
    guard rule.effect == .deny, prover.applies(index) else {
      return "`\(rule.id)` never \(rule.effect == .allow ? "allows" : "denies") anything"
    }
    return "`\(rule.id)` denies only where what the condition reads is missing"
  }
}
