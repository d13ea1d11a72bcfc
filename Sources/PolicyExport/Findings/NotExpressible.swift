import PolicyEngine
package import PolicySource

/// Something that a policy set says and the format of an export has no words for.
package enum NotExpressible {
  package static let page = CodePage(
    .notExpressible,
    finds: "something that the format of an export cannot say",
    explanation: """
      `pol export` writes what a policy set means, or nothing: what another system has no words for \
      is not left out and not written as something near. The message names the format, since another \
      one may be able to say it. No format but `cedar` says a point in time beyond the years 0000 to \
      9999, to which RFC 3339 is limited; an offset can lead there.

      Write the policy without it, or export to a format that can say it.
      """,
    given: CodePage.portal,
    bad: """
      policy access {
        allow device.list when context.time < "9999-12-31T23:59:59-01:00"
      }
      """,
    good: """
      policy access {
        allow device.list when context.time < "9999-12-31T23:59:59Z"
      }
      """
  )

  /// A finding: what cannot be said, and the format that cannot.
  static func finding(
    _ what: String,
    in format: String,
    at span: SourceSpan,
    secondary: [Label] = [],
    help: String? = nil
  ) -> Diagnostic {
    Diagnostic(
      .notExpressible,
      "\(format) cannot say \(what)",
      at: span,
      secondary: secondary,
      help: help
    )
  }

  /// A point in time that no RFC 3339 text says.
  static func time(_ time: Instant, in format: String, at span: SourceSpan) -> Diagnostic {
    finding(
      time.seconds < 0 ? "a time before the year 0000" : "a time after the year 9999",
      in: format,
      at: span,
      help: "years are counted in UTC: an offset can lead out of them"
    )
  }
}

/// The pages of the codes that exports report.
package let exportPages: [CodePage] = [NotExpressible.page]
