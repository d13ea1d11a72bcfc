import PolicyModel
import PolicySource

/// Finds explicit actions that no policy names.
enum ExplicitNeverGranted {
  static let lint = Lint(page, needs: .checkedSet, find: findings)

  static let page = CodePage(
    .explicitNeverGranted,
    finds: "an `@explicit` action that no policy names in an allow",
    explanation: """
      Stars do not reach it, and no allow names it, so every request for it is denied. That may be \
      meant: say so with `@suppress`, or with an assertion that anyone cannot. A set that allows \
      nothing is not reported.
      """,
    given: "catalogue portal { service user { list  @explicit impersonate } }",
    bad: "role Support { allow user.* }",
    good: "role Support { allow user.{list, impersonate} }",
    severity: .note
  )

  static func findings(_ context: LintContext) -> [Diagnostic] {
    let never = NeverGranted(context.set)
    guard never.isAsked else { return [] }
    return never.declarations(explicit: true).map { what, heading in
      Diagnostic(
        .explicitNeverGranted,
        what.isEmpty
          ? "`\(heading.name)` is `@explicit`, and no allow names it"
          : "no allow names any `@explicit` action of \(what) `\(heading.name)`",
        at: heading.nameSpan
      )
    }
  }
}
