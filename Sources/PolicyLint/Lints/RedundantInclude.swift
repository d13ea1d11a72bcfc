import PolicyEngine
import PolicyModel
import PolicySource
import PolicySyntax

/// Finds included policies that another included policy includes.
enum RedundantInclude {
  static let lint = Lint(page, needs: .checkedSet, find: findings)

  static let page = CodePage(
    .redundantInclude,
    finds: "an included policy that another included one brings along, or that is named twice",
    explanation: """
      Including is transitive: what an included policy includes is included. Removing the name \
      changes no decision.
      """,
    given: CodePage.portal,
    bad: """
      role Observer { allow device.read }
      role Operator includes Observer { allow device.write }
      role Administrator includes Operator, Observer { allow user.write }
      """,
    good: """
      role Observer { allow device.read }
      role Operator includes Observer { allow device.write }
      role Administrator includes Operator { allow user.write }
      """,
    severity: .warning
  )

  static func findings(_ context: LintContext) -> [Diagnostic] {
    var byName: [String: Policy] = [:]
    for policy in context.set.policies.elements { byName[policy.heading.name] = policy }
    return context.trees.flatMap { tree in
      tree.allNodes(.includes).flatMap { list in
        findings(in: tree.nodes(list, .name), of: tree) { byName[$0]?.closure ?? [] }
      }
    }
  }

  private static func findings(
    in names: [NodeID],
    of tree: SyntaxTree,
    closure: (String) -> [PolicyIndex]
  ) -> [Diagnostic] {
    guard names.count > 1 else { return [] }
    let texts = names.map { tree.nameText($0) }
    let closures = texts.map { Set(closure($0)) }
    var removed: Set<Int> = []
    var covers: [(position: Int, cover: Int)] = []
    for position in names.indices.reversed() {
      let cover = names.indices.first { other in
        other != position && !removed.contains(other)
          && closures[position].isSubset(of: closures[other])
      }
      guard let cover else { continue }
      removed.insert(position)
      covers.append((position, cover))
    }
    return covers.map { position, cover in
      let isRepetition = texts[position].utf8.elementsEqual(texts[cover].utf8)
      return Diagnostic(
        .redundantInclude,
        isRepetition
          ? "`\(texts[position])` is included twice"
          : "`\(texts[cover])` includes `\(texts[position])`",
        at: tree.span(names[position]),
        secondary: [Label(tree.span(names[cover]), isRepetition ? "and here" : "with this")],
        help: "remove it",
        fixes: tree.removal(of: position, from: names, removed: removed, "remove it")
          .map { [$0] } ?? []
      )
    }
  }
}
