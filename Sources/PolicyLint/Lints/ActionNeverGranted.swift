import PolicyModel
import PolicySource

/// Finds actions that no policy allows.
enum ActionNeverGranted {
  static let lint = Lint(page, needs: .checkedSet, find: findings)

  static let page = CodePage(
    .actionNeverGranted,
    finds: "an action that no policy allows to anybody",
    explanation: """
      No allow of any policy matches it, assigned or not: as the set stands, every request for it \
      is denied. Where a whole group or service is never granted, that is said once. Actions that \
      are `@explicit` are reported as `explicit-never-granted`, and `@deprecated` ones not at all; \
      nor is a set reported that allows nothing.
      """,
    given: "catalogue portal { service device { list  get  archive } }",
    bad: "role Observer { allow device.{list, get} }",
    good: "role Observer { allow device.{list, get, archive} }",
    severity: .note
  )

  static func findings(_ context: LintContext) -> [Diagnostic] {
    let never = NeverGranted(context.set)
    guard never.isAsked else { return [] }
    return never.declarations(explicit: false).map { what, heading in
      Diagnostic(
        .actionNeverGranted,
        what.isEmpty
          ? "no policy allows `\(heading.name)`"
          : "no policy allows anything of \(what) `\(heading.name)`",
        at: heading.nameSpan
      )
    }
  }
}
