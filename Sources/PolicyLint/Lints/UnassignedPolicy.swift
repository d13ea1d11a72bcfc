import PolicyEngine
import PolicyModel
import PolicySource

/// Finds policies that the set gives to nobody.
enum UnassignedPolicy {
  static let lint = Lint(page, needs: .checkedSet, find: findings)

  static let page = CodePage(
    .unassignedPolicy,
    finds: "a policy that is neither assigned nor included",
    explanation: """
      Nobody has it, unless requests say so (tokens can carry policies). Built-in policies are there \
      to be assigned some day, and are not reported. A policy that allows something is reported \
      only in a set that gives policies to users, service accounts or groups: in others all roles \
      may come with the requests. A policy that only denies never takes effect that way, since \
      requests cannot be trusted to carry it; it is reported in any set with assignments.
      """,
    given: CodePage.portal,
    bad: """
      role Operator { allow device.* }
      policy guardrails { deny device.delete unless context.mfa }
      assign Operator to user "bob@acme.example"
      """,
    good: """
      role Operator { allow device.* }
      policy guardrails { deny device.delete unless context.mfa }
      assign Operator to user "bob@acme.example"
      assign guardrails to everyone
      """,
    severity: .warning
  )

  static func findings(_ context: LintContext) -> [Diagnostic] {
    let set = context.set
    return policies(in: set).map { index in
      let policy = set.policies[index]
      return Diagnostic(
        .unassignedPolicy,
        "\(policy.isRole ? "role" : "policy") `\(policy.heading.name)` is assigned to nobody",
        at: policy.heading.nameSpan,
        help: onlyDenies(index, in: set)
          ? "assign it, to everyone perhaps" : "assign it, or remove it"
      )
    }
  }

  /// The policies that are reported.
  ///
  /// - Complexity: O(size of the closures and the assignments).
  static func policies(in set: PolicySet) -> [PolicyIndex] {
    guard !set.assignments.isEmpty else { return [] }
    let assigned = Set(set.assignments.elements.flatMap(\.policies))
    let included = Set(set.policies.elements.flatMap(\.includes))
    let givesRoles = set.assignments.elements.contains { assignment in
      assignment.subjects.contains { $0 != .everyone && $0 != .anonymous }
    }
    return set.policies.indices.filter { index in
      let policy = set.policies[index]
      guard !assigned.contains(index), !included.contains(index), !policy.isBuiltIn,
        policy.closure.contains(where: { !set.policies[$0].rules.isEmpty })
      else { return false }
      return givesRoles || onlyDenies(index, in: set)
    }
  }

  private static func onlyDenies(_ policy: PolicyIndex, in set: PolicySet) -> Bool {
    set.policies[policy].closure.allSatisfy { included in
      set.policies[included].rules.allSatisfy { set.rules[$0].effect == .deny }
    }
  }
}
