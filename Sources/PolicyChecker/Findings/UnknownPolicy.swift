import PolicySource

/// A name of a policy or role that the set does not declare.
enum UnknownPolicy {
  static let page = CodePage(
    .unknownPolicy,
    finds: "a policy or role that the set does not declare",
    explanation: """
      Policies are included, assigned, tested and asserted by name; every name must be declared in \
      some file of the same directory.
      """,
    given: CodePage.portal,
    bad: """
      role Observer { allow device.read }
      assign Obsrver to everyone
      """,
    good: """
      role Observer { allow device.read }
      assign Observer to everyone
      """
  )

  static func at(_ span: SourceSpan, name: String, known: [String]) -> Diagnostic {
    let near = Near(name, at: span, among: known)
    return Diagnostic(
      .unknownPolicy,
      "there is no policy `\(name)`",
      at: span,
      label: "not declared in this set",
      help: near.help,
      fixes: near.fixes
    )
  }
}
