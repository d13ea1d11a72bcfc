import PolicyModel
import PolicySource

/// How many levels of policies one may include, and of groups one may contain.
///
/// Each has all that is below it, compiled and in memory: without a limit a chain of n would be n² / 2.
let inclusionLimit = 100

/// Policies that include others that include others, too many times.
enum IncludeTooDeep {
  static let page = CodePage(
    .includeTooDeep,
    finds: "policies that include others on more than 100 levels",
    explanation: """
      A policy is compiled with all that it includes, and who reads what it grants follows every \
      level. More than 100 levels are those of no organisation; they would make compiled policies \
      grow with the square of their number. Include the policies that have the rules, without \
      those between.
      """,
    given: CodePage.portal,
    bad: chain(inclusionLimit + 1),
    good: chain(3)
  )

  private static func chain(_ levels: Int) -> String {
    let roles = (1...levels).map { "role R\($0) includes R\($0 - 1) {}" }
    return (["role R0 { allow device.read }"] + roles).joined(separator: " ")
  }

  static func at(_ span: SourceSpan, in policy: Heading) -> Diagnostic {
    deep(.includeTooDeep, "policy `\(policy.name)` includes policies", span, "rules")
  }
}

/// Groups that contain groups that contain groups, too many times.
enum GroupTooDeep {
  static let page = CodePage(
    .groupTooDeep,
    finds: "groups that contain others on more than 100 levels",
    explanation: """
      A member of a group is a member of every group around it, which is written down for each when \
      groups are compiled. More than 100 levels are those of no organisation; they would make \
      compiled policies grow with the square of the number of groups. Name the groups that have the \
      members, without those between.
      """,
    bad: chain(inclusionLimit + 1),
    good: chain(3)
  )

  private static func chain(_ levels: Int) -> String {
    let groups = (1...levels).map { "group g\($0) { group g\($0 - 1) }" }
    return (["group g0 { user ada }"] + groups).joined(separator: " ")
  }

  static func at(_ span: SourceSpan, in group: Heading) -> Diagnostic {
    deep(.groupTooDeep, "group `\(group.name)` contains groups", span, "members")
  }
}

private func deep(
  _ code: DiagnosticCode,
  _ what: String,
  _ span: SourceSpan,
  _ contents: String
) -> Diagnostic {
  Diagnostic(
    code,
    "\(what) on more than \(inclusionLimit) levels",
    at: span,
    label: "there are \(inclusionLimit) levels with this one",
    help: "name what has the \(contents), without those between"
  )
}
