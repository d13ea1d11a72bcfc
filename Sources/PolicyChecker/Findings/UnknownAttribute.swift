import PolicyModel
import PolicySource

/// A condition that reads an attribute which nothing declares.
enum UnknownAttribute {
  static let page = CodePage(
    .unknownAttribute,
    finds: "an attribute that no catalogue of the set declares",
    explanation: """
      Attributes of the principal, the context and the resource are declared with their types in \
      the catalogue. A condition on anything else could never be true.
      """,
    given: CodePage.portal,
    bad: "role Operator { allow device.delete when context.mfaa }",
    good: "role Operator { allow device.delete when context.mfa }"
  )

  static func at(
    _ span: SourceSpan,
    name: String,
    space: AttributeSpace,
    catalogue: String,
    attributes: [Attribute]
  ) -> Diagnostic {
    let near = Near(
      name,
      at: span,
      among: attributes.filter { $0.space == space }.map(\.heading.name)
    )
    let elsewhere = attributes.filter { $0.space != space && $0.heading.name == name }
    return Diagnostic(
      .unknownAttribute,
      "`\(space.rawValue)` has no attribute `\(name)`",
      at: span,
      label: "not in catalogue `\(catalogue)`",
      help: near.help ?? elsewhere.first.map { "did you mean `\($0.path)`?" },
      fixes: near.fixes
    )
  }
}
