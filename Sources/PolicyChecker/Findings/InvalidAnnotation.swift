import PolicySource

/// A known annotation with the wrong arguments or in the wrong place.
enum InvalidAnnotation {
  static let page = CodePage(
    .invalidAnnotation,
    finds: "a known annotation with the wrong arguments, or in the wrong place",
    explanation: """
      `@explicit` and `@sensitive` stand on actions and action groups, `@id("name")` on rules, \
      `@deprecated("why")` and `@suppress(code, "why")` on anything; reasons may not be empty. Any \
      other name is kept as metadata.
      """,
    given: CodePage.portal,
    bad: """
      role Observer {
        @id allow device.read
      }
      """,
    good: """
      role Observer {
        @id("observer-reads") allow device.read
      }
      """
  )

  static func misplaced(
    _ known: KnownAnnotation,
    on target: AnnotationTarget,
    at span: SourceSpan
  ) -> Diagnostic {
    Diagnostic(
      .invalidAnnotation,
      "\(known.form) means nothing on \(target.withArticle)",
      at: span,
      help: known == .id
        ? "it stands on a rule" : "it stands on an action or an action group"
    )
  }

  static func arguments(_ known: KnownAnnotation, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .invalidAnnotation,
      "`@\(known.rawValue)` has the wrong arguments",
      at: span,
      help: "write \(known.form)"
    )
  }

  static func repeated(_ name: String, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .invalidAnnotation,
      "`@\(name)` stands here twice",
      at: span,
      help: "remove one of them"
    )
  }

  static func unknownCode(
    _ code: String,
    at span: SourceSpan,
    suggestions: [String]
  ) -> Diagnostic {
    Diagnostic(
      .invalidAnnotation,
      "there is no diagnostic code `\(code)`",
      at: span,
      help: Suggestion.question(suggestions) ?? "`pol rule --list` lists the codes"
    )
  }
}

/// An annotation one edit away from a known one.
enum AnnotationTypo {
  static let page = CodePage(
    .annotationTypo,
    finds: "an annotation that is one letter away from a known one",
    explanation: """
      Any annotation is kept as metadata, so a misspelt `@explicit` would protect nothing without \
      anybody noticing.
      """,
    bad: "catalogue portal { service user { @explict impersonate } }",
    good: "catalogue portal { service user { @explicit impersonate } }",
    severity: .warning
  )

  static func at(_ span: SourceSpan, name: String, near: String) -> Diagnostic {
    Diagnostic(
      .annotationTypo,
      "`@\(name)` is metadata without a meaning",
      at: span,
      severity: .warning,
      help: "did you mean `@\(near)`?",
      fixes: [Fix("change to `@\(near)`", [Edit(span, near)], isSafe: false)]
    )
  }
}
