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

  /// `reference` is the name with the space before it.
  static func at(
    _ span: SourceSpan,
    name: String,
    space: AttributeSpace,
    label: String,
    attributes: [Attribute],
    reference: SourceSpan
  ) -> Diagnostic {
    let near = Near(
      name,
      at: span,
      among: attributes.filter { $0.space == space }.map(\.heading.name)
    )
    let elsewhere = attributes.filter { $0.space != space && $0.heading.name == name }
      .prefix(near.help == nil ? 1 : 0).map(\.path)
    return Diagnostic(
      .unknownAttribute,
      "`\(space.rawValue)` has no attribute `\(name)`",
      at: span,
      label: label,
      help: near.help ?? Suggestion.question(elsewhere),
      fixes: near.fixes
        + elsewhere.map { Fix("change to `\($0)`", [Edit(reference, $0)], isSafe: false) }
    )
  }
}
