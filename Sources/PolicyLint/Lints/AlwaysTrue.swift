import PolicyAnalysis
import PolicyModel
import PolicySource

/// Finds conditions, and parts of conditions, that no request makes false.
enum AlwaysTrue {
  static let lint = Lint(page, needs: .checkedSet, find: findings)

  static let page = CodePage(
    .alwaysTrue,
    finds: "a condition, or a part of one, that no request makes false",
    explanation: """
      What is marked, with what is shown beside it as the other alternatives, is true of every \
      request that has what it reads. This is proved, not guessed. It restricts nothing, unless the \
      attribute is missing: then it is unknown, and an allow does not apply. Where that is what it \
      is for, `has` says so.
      """,
    given: CodePage.portal,
    bad: """
      role Operator {
        allow device.update when context.mfa and (resource.level < 5 or resource.level >= 5)
      }
      """,
    good: """
      role Operator {
        allow device.update when context.mfa and has resource.level
      }
      """,
    severity: .warning
  )

  static func findings(_ context: LintContext) -> [Diagnostic] {
    context.constantFindings.filter { !$0.constant.constancy.isNegative }.map { finding in
      let isTrue = finding.constant.constancy == .alwaysTrue
      return finding.diagnostic(
        .alwaysTrue,
        "\(finding.text(in: context.set)) is \(isTrue ? "always true" : "never false")",
        label: "true otherwise",
        in: context,
        notes: isTrue ? [] : ["it may be unknown where something that it reads is missing"],
        help: isTrue
          ? "change it, or leave it out"
          : "change it, leave it out, or write `has` if that is what it is for"
      )
    }
  }
}
