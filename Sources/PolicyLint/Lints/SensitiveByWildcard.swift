import PolicyChecker
import PolicyEngine
import PolicyModel
import PolicySource
import PolicySyntax

/// Finds allows that reach sensitive actions through a star.
enum SensitiveByWildcard {
  static let lint = Lint(page, needs: .checkedSet, find: findings)

  static let page = CodePage(
    .sensitiveByWildcard,
    finds: "an allow that reaches a `@sensitive` action through a star and does not name it",
    explanation: """
      A star stands for every service, every action, or all whose names match; whoever reads the \
      rule does not see that a sensitive action is among them. Name it, or its group, beside the \
      star, or take it out with `except`. An allow of `*` is reported as `wildcard-allow` alone.
      """,
    given: """
      catalogue portal {
        context { mfa: Bool }
        service device { list  @sensitive delete }
      }
      """,
    bad: "role Operator { allow device.* when context.mfa }",
    good: "role Operator { allow device.{list, delete} when context.mfa }",
    severity: .warning
  )

  static func findings(_ context: LintContext) -> [Diagnostic] {
    let set = context.set
    let sensitive = set.actions(where: \.isSensitive)
    guard !sensitive.isEmpty else { return [] }
    var rules: [SourceSpan: Rule] = [:]
    for rule in set.rules.elements
    where rule.effect == .allow && !rule.actions.intersection(sensitive).isEmpty {
      rules[rule.actionsSpan] = rule
    }
    guard !rules.isEmpty else { return [] }
    var reader = PatternReader(context.trees, sources: context.sources)
    return context.trees.flatMap { tree -> [Diagnostic] in
      tree.allNodes(.actions).flatMap { list -> [Diagnostic] in
        guard let rule = rules[tree.span(list)] else { return [] }
        let reached = rule.actions.intersection(sensitive)
        return stars(in: list, of: tree, &reader).compactMap { star in
          let found = star.actions.intersection(reached)
          guard !found.isEmpty else { return nil }
          return Diagnostic(
            .sensitiveByWildcard,
            "`\(tree.text(star.span))` reaches \(set.named(found)), marked `@sensitive`",
            at: star.span,
            help: "name \(found.count == 1 ? "it" : "them"), or take "
              + "\(found.count == 1 ? "it" : "them") out with `except`"
          )
        }
      }
    }
  }

  /// The patterns with a star, each with what it reaches that no pattern without one names.
  private static func stars(
    in list: NodeID,
    of tree: SyntaxTree,
    _ reader: inout PatternReader
  ) -> [(span: SourceSpan, actions: ActionSet)] {
    let patterns = tree.nodes(list, .pattern)
    guard !patterns.contains(where: { tree.isEverything($0) }) else { return [] }
    var named: [Range<Int>] = []
    var stars: [(span: SourceSpan, actions: ActionSet)] = []
    for pattern in patterns {
      let parts = tree.nodes(pattern)
      guard parts.count == 2 else { continue }
      let isEverywhere = tree.kind(parts[0]) == .star
      let isSet = tree.kind(parts[1]) == .memberSet
      for (position, member) in (isSet ? tree.nodes(parts[1]) : [parts[1]]).enumerated() {
        let actions = reader.matches(pattern, in: tree, memberAt: isSet ? position : nil).reached
        if isEverywhere || [.star, .glob].contains(tree.kind(member)) {
          stars.append((isSet ? tree.span(member) : tree.span(pattern), actions))
        } else {
          named += actions.ranges
        }
      }
    }
    let plain = ActionSet(named)
    return stars.map { ($0.span, $0.actions.subtracting(plain)) }
  }
}
