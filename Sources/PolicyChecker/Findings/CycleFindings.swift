import PolicyModel
import PolicySource

/// Policies that include each other.
enum IncludeCycle {
  static let page = CodePage(
    .includeCycle,
    finds: "policies that include each other",
    explanation: """
      Holding a policy is holding all that it includes, so a cycle would make its members one and \
      the same. Move what they share into a policy that both include.
      """,
    given: CodePage.portal,
    bad: """
      role Reader includes Writer { allow device.read }
      role Writer includes Reader { allow device.write }
      """,
    good: """
      role Reader { allow device.read }
      role Writer includes Reader { allow device.write }
      """
  )

  static func of(_ cycle: [Heading]) -> Diagnostic {
    cyclic(.includeCycle, "policy", "includes", cycle)
  }
}

/// Groups that contain each other.
enum GroupCycle {
  static let page = CodePage(
    .groupCycle,
    finds: "groups that contain each other",
    explanation: """
      A nested group's members are members of the group around it; a cycle would make them all one \
      group. Remove one of the nestings.
      """,
    bad: """
      group day { user "ada"  group night }
      group night { user "bob"  group day }
      """,
    good: """
      group day { user "ada"  group night }
      group night { user "bob" }
      """
  )

  static func of(_ cycle: [Heading]) -> Diagnostic {
    cyclic(.groupCycle, "group", "contains", cycle)
  }
}

/// `let`s that stand for each other.
enum LetCycle {
  static let page = CodePage(
    .letCycle,
    finds: "a `let` that stands for itself",
    explanation: """
      A `let` is expanded where it is used, so one that leads back to itself stands for nothing.
      """,
    given: CodePage.portal,
    bad: """
      let strong = context.mfa and near
      let near = strong
      role Operator { allow device.delete when context.mfa }
      """,
    good: """
      let near = context.ip in "10.0.0.0/8"
      let strong = context.mfa and near
      role Operator { allow device.delete when strong }
      """
  )

  static func of(_ cycle: [Heading]) -> Diagnostic {
    cyclic(.letCycle, "let", "uses", cycle)
  }
}

private func cyclic(
  _ code: DiagnosticCode,
  _ what: String,
  _ verb: String,
  _ cycle: [Heading]
) -> Diagnostic {
  let names = cycle.map { "`\($0.name)`" }
  guard let first = cycle.first else { preconditionFailure("a cycle has members") }
  let message =
    cycle.count == 1
    ? "\(what) \(names[0]) \(verb) itself"
    : "\(what) \(names[0]) \(verb) itself through \(names.dropFirst().joined(separator: ", "))"
  return Diagnostic(
    code,
    message,
    at: first.nameSpan,
    secondary: cycle.dropFirst().map { Label($0.nameSpan, "part of the cycle") }
  )
}
