import PolicySource

enum UnclosedBlock {
  static let page = CodePage(
    .unclosedBlock,
    finds: "a `{` without its `}`",
    explanation: """
      The message stands where the `}` is missing, as far as the next declaration or the \
      indentation of the lines shows, and points to the `{`.

      Close the block.
      """,
    given: CodePage.portal,
    bad: """
      policy reader {
        allow device.read

      policy writer {
        allow device.write
      }
      """,
    good: """
      policy reader {
        allow device.read
      }

      policy writer {
        allow device.write
      }
      """
  )

  /// Reports the point where a `}` is missing.
  static func finding(_ span: SourceSpan, opening: SourceSpan?, insert: String) -> Diagnostic {
    Diagnostic(
      .unclosedBlock,
      "expected `}`",
      at: span,
      secondary: opening.map { [Label($0, "it closes this")] } ?? [],
      fixes: [Fix("insert `}`", [Edit(span, insert)], isSafe: false)]
    )
  }
}
