import PolicyEngine
import PolicyModel
import PolicySource
import PolicySyntax

/// Finds changes that everyone is allowed to make.
enum EveryoneWrite {
  static let lint = Lint(page, needs: .checkedSet, find: findings)

  /// The names of action groups whose actions change something.
  static let groupNames: Set<String> = [
    "administer", "change", "changes", "create", "delete", "edit", "manage", "update", "write",
  ]

  static let page = CodePage(
    .everyoneWrite,
    finds: "a policy of everyone, or of the anonymous, that allows changes without a condition",
    explanation: """
      Everyone includes those who have not signed in. Changes are the actions of an action group \
      called `write`, `change`, `changes`, `create`, `update`, `edit`, `delete`, `manage` or \
      `administer`. Reported is the assignment, if neither it nor the rule has a condition, and no \
      deny of the policy, or of the policies of everyone, asks for something. Actions marked \
      `@sensitive` are reported as `sensitive-unconditional`.
      """,
    given: CodePage.portal,
    bad: """
      role Contributor { allow device.create }
      assign Contributor to everyone
      """,
    good: """
      role Contributor { allow device.create when context.mfa }
      assign Contributor to everyone
      """,
    severity: .warning
  )

  static func findings(_ context: LintContext) -> [Diagnostic] {
    let set = context.set
    let changes = set.actions { action in
      !action.isSensitive && action.groups.contains { groupNames.contains($0) }
    }
    guard !changes.isEmpty else { return [] }
    var nodes: [SourceSpan: NodeID] = [:]
    for tree in context.trees {
      for node in tree.nodes(tree.root, .assign) { nodes[tree.span(node)] = node }
    }
    let unconditional = Unconditional(set)
    return set.assignments.elements.compactMap { assignment in
      guard assignment.condition == nil, let node = nodes[assignment.span] else { return nil }
      let subjects = assignment.subjects.filter { $0 == .everyone || $0 == .anonymous }
      guard let subject = subjects.first else { return nil }
      let rules = Set(assignment.policies.flatMap { set.policies[$0].closure })
        .flatMap { set.policies[$0].rules }.map { set.rules[$0] }
      let found = ActionSet(rules.flatMap { unconditional.actions(of: $0).ranges })
        .intersection(changes)
      guard !found.isEmpty else { return nil }
      let who = subject == .everyone ? Keyword.everyone : .anonymous
      let tree = context.tree(assignment.span.file)
      let place = tree.nodes(node, .subject).first { tree.has($0, who) }
      return Diagnostic(
        .everyoneWrite,
        "\(subject == .everyone ? "everyone" : "an anonymous principal") is allowed \(set.named(found)) without a condition",
        at: place.map { tree.span($0) } ?? assignment.span,
        help: "assign it to a group, or say when"
      )
    }
  }
}
