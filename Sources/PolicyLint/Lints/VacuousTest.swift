import PolicySource
import PolicySyntax

/// Finds tests that expect nothing.
enum VacuousTest {
  static let lint = Lint(page, needs: .tree, find: findings)

  static let page = CodePage(
    .vacuousTest,
    finds: "a test that expects nothing",
    explanation: """
      It has no `allow` and no `deny`, makes no request, and passes whatever the policies say.
      """,
    given: CodePage.portal + "\nrole Observer { allow device.read }",
    bad: """
      test "observers look" { as Observer }
      """,
    good: """
      test "observers look" {
        as Observer
        allow device.read
      }
      """,
    severity: .warning
  )

  static func findings(_ context: LintContext) -> [Diagnostic] {
    context.trees.flatMap { tree in
      tree.nodes(tree.root, .test).compactMap { test in
        guard tree.first(test, .expectation) == nil, let title = tree.first(test, .string) else {
          return nil
        }
        return Diagnostic(
          .vacuousTest,
          "this test expects nothing",
          at: tree.span(title),
          help: "say what is allowed, or what is denied"
        )
      }
    }
  }
}
