import PolicySource

enum MisplacedAnnotation {
  static let page = CodePage(
    .misplacedAnnotation,
    finds: "an annotation before nothing that takes one",
    explanation: """
      An annotation stands directly before a declaration, service, attribute, action, unit \
      or rule. Expectations, the members of groups and the attribute blocks of a catalogue \
      take none.

      Move it to what it is about, or remove it.
      """,
    given: CodePage.portal,
    bad: """
      policy reader {
        allow device.read
        @id("reads")
      }
      """,
    good: """
      policy reader {
        @id("reads")
        allow device.read
      }
      """
  )

  /// Reports annotations, with what they stand before in this place.
  static func finding(_ span: SourceSpan, before what: String?) -> Diagnostic {
    Diagnostic(
      .misplacedAnnotation,
      what.map { "an annotation here stands before \($0)" } ?? "nothing here takes an annotation",
      at: span,
      help: "move it to what it is about, or remove it"
    )
  }
}
