import PolicyEngine
import PolicyModel
import PolicySource

/// Finds unconditional allows of sensitive actions.
enum SensitiveUnconditional {
  static let lint = Lint(page, needs: .checkedSet, find: findings)

  static let page = CodePage(
    .sensitiveUnconditional,
    finds: "an allow of a `@sensitive` action on which no condition bears",
    explanation: """
      The rule has no `when` and no `unless`, and a user who holds its policy is allowed the action \
      by a request that says nothing else: no deny of the policy, or of the policies assigned to \
      everyone, asks for something. A policy that is assigned, and always with a `when`, is not \
      reported.
      """,
    given: """
      catalogue portal {
        context { mfa: Bool }
        service device { list  @sensitive delete }
      }
      """,
    bad: "role Operator { allow device.{list, delete} }",
    good: """
      role Operator {
        allow device.list
        allow device.delete when context.mfa
      }
      """,
    severity: .warning
  )

  static func findings(_ context: LintContext) -> [Diagnostic] {
    let set = context.set
    let sensitive = set.actions(where: \.isSensitive)
    guard !sensitive.isEmpty else { return [] }
    let unconditional = Unconditional(set)
    let ofEveryone = Set(
      set.assignments.elements.filter { $0.subjects.contains(.everyone) }
        .flatMap(\.policies).flatMap { set.policies[$0].closure }
    )
    return set.rules.elements.compactMap { rule in
      guard rule.effect == .allow, !rule.actions.intersection(sensitive).isEmpty else { return nil }
      let found = unconditional.actions(of: rule).intersection(sensitive)
      guard !found.isEmpty else { return nil }
      return Diagnostic(
        .sensitiveUnconditional,
        "\(set.named(found)), marked `@sensitive`, \(found.count == 1 ? "is" : "are") allowed "
          + "without a condition",
        at: rule.actionsSpan,
        notes: ofEveryone.contains(rule.policy) ? ["the policy is assigned to everyone"] : [],
        help: "say when, or deny it to everyone unless something holds"
      )
    }
  }
}
