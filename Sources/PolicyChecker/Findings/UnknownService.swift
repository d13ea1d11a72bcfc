import PolicySource

/// A pattern that names a service which no catalogue declares.
enum UnknownService {
  static let page = CodePage(
    .unknownService,
    finds: "a service that no catalogue of the set declares",
    explanation: """
      A pattern can only speak of declared services, so that a misspelt one is never a grant that \
      is silently missing. Declare the service, or write the name as it is declared.
      """,
    given: CodePage.portal,
    bad: "role Observer { allow devise.list }",
    good: "role Observer { allow device.list }"
  )

  static func at(
    _ span: SourceSpan,
    name: String,
    label: String,
    known: [String]
  ) -> Diagnostic {
    let near = Near(name, at: span, among: known)
    return Diagnostic(
      .unknownService,
      "there is no service `\(name)`",
      at: span,
      label: label,
      help: near.help,
      fixes: near.fixes
    )
  }
}
