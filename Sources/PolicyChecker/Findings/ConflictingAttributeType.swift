import PolicyEngine
import PolicyModel
import PolicySource

/// An attribute that two services declare with different types.
enum ConflictingAttributeType {
  static let page = CodePage(
    .conflictingAttributeType,
    finds: "an attribute that is declared again with another type",
    explanation: """
      One attribute name has one type in a set, so that a condition on it means the same for every \
      service. Give one of the two another name, or both the same type.
      """,
    bad: """
      catalogue portal {
        service device { resource { level: Int } list }
        service user { resource { level: String } list }
      }
      """,
    good: """
      catalogue portal {
        service device { resource { level: Int } list }
        service user { resource { grade: String } list }
      }
      """
  )

  static func at(
    _ heading: Heading,
    type: AttributeType,
    first: Attribute
  ) -> Diagnostic {
    Diagnostic(
      .conflictingAttributeType,
      "`\(first.path)` is declared as \(type.word) and as \(first.type.word)",
      at: heading.nameSpan,
      label: "\(type.word) here",
      secondary: [Label(first.heading.nameSpan, "\(first.type.word) here")],
      help: "one attribute name has one type in a set"
    )
  }
}
