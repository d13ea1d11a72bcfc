import PolicyAnalysis
import PolicyModel
import PolicySource
import PolicySyntax

/// Finds assertions whose condition no request fulfils.
enum VacuousAssertion {
  static let lint = Lint(page, needs: .checkedSet, find: findings)

  static let page = CodePage(
    .vacuousAssertion,
    finds: "an assertion whose condition is never true",
    explanation: """
      The diagrams prove that no request of those that the assertion speaks of makes its `when` \
      true, in its places. So it holds whatever the policies say, and protects nothing.
      """,
    given: CodePage.portal + "\nrole Observer { allow device.read }",
    bad: """
      assert Observer cannot device.write when resource.level > 3 and resource.level < 2
      """,
    good: """
      assert Observer cannot device.write when resource.level > 3
      """,
    severity: .warning
  )

  static func findings(_ context: LintContext) -> [Diagnostic] {
    guard context.set.assertions.contains(where: { $0.condition != nil }) else { return [] }
    var conditions: [SourceSpan: SourceSpan] = [:]
    for tree in context.trees {
      for node in tree.allNodes(.canAssertion, .onlyAssertion) {
        guard let clause = tree.first(node, .whenClause) else { continue }
        conditions[tree.span(node)] = tree.nodes(clause).first.map { tree.span($0) }
      }
    }
    // Of a copy, once: a lazy property is not changed in place.
    var prover = context.prover
    return context.set.assertions.indices.compactMap { position in
      let span = context.set.assertions[position].span
      guard let condition = conditions[span], prover.isVacuous(position) else {
        return nil
      }
      return Diagnostic(
        .vacuousAssertion,
        "no request makes this condition true, so the assertion says nothing",
        at: condition
      )
    }
  }
}
