import PolicyEngine
import PolicyModel
import PolicySource

/// Finds policies that no test and no assertion speaks of.
enum UntestedPolicy {
  static let lint = Lint(page, needs: .checkedSet, find: findings)

  static let page = CodePage(
    .untestedPolicy,
    finds: "a policy that no test and no assertion speaks of, in a set that has some",
    explanation: """
      No test's principal holds it, by `as` or because it is assigned to them; no assertion names \
      it, or somebody it is assigned to; and no assertion about anyone speaks of an action of its \
      rules. A policy is held by whoever holds one that includes it. Policies without rules, those \
      that are assigned to nobody (`unassigned-policy`), and sets without tests and assertions are \
      not reported. `pol test` tells how much of a policy the \
      tests see.
      """,
    given: CodePage.portal,
    bad: """
      role Observer { allow device.read }
      role Operator { allow device.write }
      test "observers look" { as Observer allow device.list }
      """,
    good: """
      role Observer { allow device.read }
      role Operator { allow device.write }
      test "observers look" { as Observer allow device.list }
      assert Operator cannot device.read
      """,
    severity: .note
  )

  static func findings(_ context: LintContext) -> [Diagnostic] {
    let set = context.set
    guard !set.tests.isEmpty || !set.assertions.isEmpty else { return [] }
    var principals: Set<Subject> = [.everyone]
    for test in set.tests { principals.formUnion(subjects(of: test, in: set)) }
    principals.formUnion(spokenOf(in: set))
    var held = Set(set.tests.flatMap(\.held)).union(named(in: set))
    for assignment in set.assignments.elements
    where assignment.subjects.contains(where: { principals.contains($0) }) {
      held.formUnion(assignment.policies)
    }
    let tested = Set(held.flatMap { set.policies[$0].closure })
    let anyones = ActionSet(
      set.assertions.flatMap { assertion -> [Range<Int>] in
        switch assertion.claim {
        case .can(.anyone, let actions), .cannot(.anyone, let actions), .only(_, let actions):
          actions.ranges
        default: []
        }
      }
    )
    let unassigned = Set(UnassignedPolicy.policies(in: set))
    return set.policies.indices.compactMap { index in
      let policy = set.policies[index]
      guard !policy.rules.isEmpty, !tested.contains(index), !unassigned.contains(index),
        policy.rules.allSatisfy({ set.rules[$0].actions.intersection(anyones).isEmpty })
      else { return nil }
      return Diagnostic(
        .untestedPolicy,
        "no test or assertion speaks of `\(policy.heading.name)`",
        at: policy.heading.nameSpan
      )
    }
  }

  /// Who the principal of a test is, as assignments name it.
  private static func subjects(of test: TestCase, in set: PolicySet) -> [Subject] {
    var result: [Subject] = test.kind == .anonymous ? [.anonymous] : []
    if case .named(let id) = test.identity {
      result.append(.principal(PrincipalID(kind: test.kind, id: id)))
    }
    let request = RequestData(
      kind: test.kind,
      identity: test.identity,
      groups: test.groups,
      action: ActionIndex(0)
    )
    for group in set.groups.indices where membership(of: request, in: group, in: set) == .yes {
      result.append(.group(group))
    }
    return result
  }

  /// The subjects of the assertions.
  private static func spokenOf(in set: PolicySet) -> [Subject] {
    set.assertions.compactMap { assertion in
      switch assertion.claim {
      case .can(.subject(let subject), _), .cannot(.subject(let subject), _): subject
      default: nil
      }
    }
  }

  /// The policies that assertions name.
  private static func named(in set: PolicySet) -> [PolicyIndex] {
    set.assertions.flatMap { assertion -> [PolicyIndex] in
      switch assertion.claim {
      case .can(.policy(let policy), _), .cannot(.policy(let policy), _): [policy]
      case .only(let policies, _), .nobodyHolds(let policies): policies
      default: []
      }
    }
  }
}
