import PolicyEngine
import PolicyModel
import PolicySource
import PolicySyntax

/// Finds allows of `*`.
enum WildcardAllow {
  static let lint = Lint(page, needs: .checkedSet, find: findings)

  static let page = CodePage(
    .wildcardAllow,
    finds: "an allow of every action of every service",
    explanation: """
      The pattern `*` (or `*.*`) in an allow grants what is in the catalogue today, and silently \
      whatever is added to it. Name the services, or say with `@suppress` why the policy is to grow \
      with the catalogue. Actions marked `@explicit` are never reached by a star. What the star \
      reaches is not reported as `sensitive-by-wildcard` too.
      """,
    given: CodePage.portal,
    bad: "role Administrator { allow * }",
    good: "role Administrator { allow {device, user}.* }",
    severity: .warning
  )

  static func findings(_ context: LintContext) -> [Diagnostic] {
    let services = context.set.catalogue.services.elements
    let names = services.prefix(3).map { describe(name: $0.heading.name) }
    let known = names.count == 1 ? "\(names[0]).*" : "{\(names.joined(separator: ", "))}.*"
    return context.trees.flatMap { tree in
      tree.allNodes(.rule).flatMap { rule -> [Diagnostic] in
        guard tree.has(rule, .allow), let actions = tree.first(rule, .actions) else { return [] }
        return tree.nodes(actions, .pattern).filter { tree.isEverything($0) }.map { pattern in
          Diagnostic(
            .wildcardAllow,
            "`\(tree.text(tree.span(pattern)))` also allows whatever is added to the catalogue",
            at: tree.span(pattern),
            help: services.count > 3
              ? "name the services, as in `\(known)`" : "name the services: `\(known)`"
          )
        }
      }
    }
  }
}

extension SyntaxTree {
  /// Whether a pattern is `*` or `*.*`: every action of every service.
  func isEverything(_ pattern: NodeID) -> Bool {
    nodes(pattern).allSatisfy { kind($0) == .star }
  }
}
