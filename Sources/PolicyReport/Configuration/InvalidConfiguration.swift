package import PolicySource

/// A setting that is not understood.
package enum InvalidConfiguration {
  package static let page = CodePage(
    .invalidConfiguration,
    finds: "a `pol.json` says something that is not understood",
    explanation: """
      `pol.json` beside the files of a policy set says how seriously findings are taken. It is read \
      strictly, because a misspelt code would leave a finding at another level than the one that \
      was meant, and nobody would notice.

      `lints` gives codes one of the levels `off`, `note`, `warning` and `error`. Errors have no \
      other level. `fail-on` is the least severity that fails `pol check`, `baseline` a file of \
      findings that were there before. `Grammar/pol.schema.json` is its JSON Schema.
      """,
    bad: """
      {
        "lints": { "wildcard-alow": "error", "unused-let": "of" }
      }
      """,
    good: """
      {
        "lints": { "wildcard-allow": "error", "unused-let": "off" },
        "fail-on": "warning"
      }
      """
  )

  static func diagnostic(
    _ message: String,
    at span: SourceSpan,
    help: String?,
    fixes: [Fix]
  ) -> Diagnostic {
    Diagnostic(.invalidConfiguration, message, at: span, help: help, fixes: fixes)
  }
}

/// The pages of what this module reports.
package let configurationPages: [CodePage] = [InvalidConfiguration.page]
