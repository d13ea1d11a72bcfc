import PolicyModel
import PolicySource

/// A known annotation with the wrong arguments or in the wrong place.
enum InvalidAnnotation {
  static let page = CodePage(
    .invalidAnnotation,
    finds: "a known annotation with the wrong arguments, or in the wrong place",
    explanation: """
      `@explicit` and `@sensitive` stand on actions and action groups, `@id("name")` on rules, \
      `@deprecated("why")` and `@suppress(code, "why")` on anything; reasons may not be empty. \
      `@grants(attribute)` stands on an action that changes what somebody may do, and names the \
      attribute of its resource, of type Principal, that says who; it can be left out where there \
      is one only. Any other name is kept as metadata.
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
        ? "it stands on a rule"
        : known == .grants ? "it stands on an action" : "it stands on an action or an action group"
    )
  }

  /// A `@grants` that leads to no attribute; `known` are those that it could name.
  static func noGrantee(_ mark: Annotation, service: String, known: [String]) -> Diagnostic {
    let forms = known.map { "`@grants(\($0.asName))`" }.joined(separator: " or ")
    return Diagnostic(
      .invalidAnnotation,
      mark.arguments.first.map {
        "resources of `\(service)` have no attribute `\($0)` of type Principal"
      } ?? "`@grants` does not say whom it is about",
      at: mark.span,
      help: known.isEmpty
        ? "declare an attribute of type Principal in the `resource { … }` of `\(service)`"
        : "write \(forms)"
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
