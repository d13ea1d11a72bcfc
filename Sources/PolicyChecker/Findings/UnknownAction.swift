import PolicySource

/// A pattern that names an action, or action group, which the service does not have.
enum UnknownAction {
  static let page = CodePage(
    .unknownAction,
    finds: "an action or action group that the service does not have",
    explanation: """
      Policies are checked against the catalogue, so that a misspelt action is an error here and \
      not a grant that is missing in production. `device.read` may name an action or a group of \
      actions; `device.get*` matches the actions whose names begin with `get`.
      """,
    given: CodePage.portal,
    bad: "role Operator { allow device.delte when context.mfa }",
    good: "role Operator { allow device.delete when context.mfa }"
  )

  static func at(
    _ span: SourceSpan,
    name: String,
    services: [String],
    label: String,
    known: [String]
  ) -> Diagnostic {
    let names = services.map { "`\($0)`" }.joined(separator: ", ")
    let message =
      services.count == 1
      ? "service \(names) has no action `\(name)`" : "services \(names) have no action `\(name)`"
    return make(message, at: span, name: name, label: label, known: known)
  }

  static func anywhere(
    _ span: SourceSpan,
    name: String,
    label: String,
    known: [String]
  ) -> Diagnostic {
    make(
      "no service has an action `\(name)`",
      at: span,
      name: name,
      label: label,
      known: known
    )
  }

  private static func make(
    _ message: String,
    at span: SourceSpan,
    name: String,
    label: String,
    known: [String]
  ) -> Diagnostic {
    let near = Near(name, at: span, among: known)
    return Diagnostic(
      .unknownAction,
      message,
      at: span,
      label: label,
      help: near.help,
      fixes: near.fixes
    )
  }
}
