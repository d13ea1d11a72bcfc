import PolicySource

/// A name of a group that the set does not declare.
enum UnknownGroup {
  static let page = CodePage(
    .unknownGroup,
    finds: "a group that the set does not declare",
    explanation: """
      Groups are declared: with a block that lists their members, or without one when requests say \
      who is in them. An undeclared group would have no members that anybody could see.
      """,
    given: CodePage.portal,
    bad: """
      group operators { user "bob" }
      role Observer { allow device.read }
      assign Observer to group operatrs
      """,
    good: """
      group operators { user "bob" }
      role Observer { allow device.read }
      assign Observer to group operators
      """
  )

  static func at(_ span: SourceSpan, name: String, known: [String]) -> Diagnostic {
    let near = Near(name, at: span, among: known)
    return Diagnostic(
      .unknownGroup,
      "there is no group `\(name)`",
      at: span,
      label: "not declared in this set",
      help: near.help ?? "declare it: `group \(name.asName)`",
      fixes: near.fixes
    )
  }
}
