import PolicyModel
import PolicySource

/// The use of something that is marked `@deprecated`.
enum DeprecatedName {
  static let page = CodePage(
    .deprecatedName,
    finds: "the use of something that is marked `@deprecated`",
    explanation: """
      The declaration says why it should not be used any more, and usually what to use instead.
      """,
    bad: """
      catalogue portal {
        service device { @deprecated("use `list`") list-all  list }
      }
      role Observer { allow device.list-all }
      """,
    good: """
      catalogue portal {
        service device { @deprecated("use `list`") list-all  list }
      }
      role Observer { allow device.list }
      """,
    severity: .warning
  )

  static func at(
    _ span: SourceSpan,
    what: String,
    heading: Heading,
    why: String?
  ) -> Diagnostic {
    Diagnostic(
      .deprecatedName,
      "\(what) `\(heading.name)` is deprecated",
      at: span,
      severity: .warning,
      secondary: [Label(heading.nameSpan, "declared here")],
      notes: why.map { [$0] } ?? []
    )
  }
}
