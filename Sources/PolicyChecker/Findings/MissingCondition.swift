import PolicyModel
import PolicySource

/// An assignment that names its condition and has none.
enum MissingCondition {
  static let page = CodePage(
    .missingCondition,
    finds: "a `@condition` on an assignment without a `when`",
    explanation: """
      `@condition("name")` names the condition of an assignment, so that policies can be granted on \
      it while a program runs. Where there is none, a grant on that condition would be one on none, \
      and allow what the name says it should not. For grants without a condition no name is needed.
      """,
    given: CodePage.portal,
    bad: """
      role Observer { allow device.read }
      group nobody {}
      @condition("second-factor")
      assign Observer to group nobody
      """,
    good: """
      role Observer { allow device.read }
      group nobody {}
      @condition("second-factor")
      assign Observer to group nobody when context.mfa
      """
  )

  static func at(_ mark: Annotation) -> Diagnostic {
    let name = mark.arguments.first.map { "`\($0)`" } ?? "`@condition`"
    return Diagnostic(
      .missingCondition,
      "\(name) names a condition, and the assignment has none",
      at: mark.span,
      help: "write the condition after `when`, or remove `@condition`"
    )
  }
}
