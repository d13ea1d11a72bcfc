import PolicyModel
import PolicySource

/// Something that is declared twice.
enum DuplicateDeclaration {
  static let page = CodePage(
    .duplicateDeclaration,
    finds: "something that is declared twice",
    explanation: """
      A name stands for one thing in the whole set, whichever file declares it. Within a service, \
      actions and action groups share one name space. Remove one declaration, or give it another \
      name.
      """,
    given: CodePage.portal,
    bad: """
      role Observer { allow device.read }
      role Observer { allow user.read }
      """,
    good: """
      role Observer { allow device.read, user.read }
      """
  )

  static func of(_ what: String, _ heading: Heading, first: SourceSpan) -> Diagnostic {
    make("\(what) `\(heading.name)` is declared twice", at: heading.nameSpan, first: first)
  }

  static func ofMember(
    _ heading: Heading,
    service: String,
    first: SourceSpan,
    isMixed: Bool
  ) -> Diagnostic {
    var diagnostic = make(
      "service `\(service)` declares `\(heading.name)` twice",
      at: heading.nameSpan,
      first: first
    )
    if isMixed {
      diagnostic.notes = ["the actions and the action groups of a service share one name space"]
    }
    return diagnostic
  }

  static func ofPolicy(_ heading: Heading, first: SourceSpan, isBuiltIn: Bool) -> Diagnostic {
    var diagnostic = of("policy", heading, first: first)
    if isBuiltIn {
      diagnostic.notes = ["`\(heading.name)` is built in, and a built-in policy is fixed"]
      diagnostic.help = "declare a policy of another name that includes it"
    }
    return diagnostic
  }

  static func ofWord(_ word: String, at span: SourceSpan, first: SourceSpan) -> Diagnostic {
    make("the word \"\(word)\" is listed twice", at: span, first: first)
  }

  static func ofRuleID(_ id: String, at span: SourceSpan, first: SourceSpan) -> Diagnostic {
    var diagnostic = make("two rules have the id `\(id)`", at: span, first: first)
    diagnostic.help = "rule ids are unique in the set"
    return diagnostic
  }

  /// Of an `@id` that is the policy and number of another rule, which has none.
  static func ofRuleNumber(_ id: String, at span: SourceSpan, rule: SourceSpan) -> Diagnostic {
    Diagnostic(
      .duplicateDeclaration,
      "two rules have the id `\(id)`",
      at: span,
      secondary: [Label(rule, "a rule without `@id` is called by its policy and number")],
      help: "rule ids are unique in the set"
    )
  }

  static func ofTest(_ title: String, at span: SourceSpan, first: SourceSpan) -> Diagnostic {
    make("two tests have the title \"\(title)\"", at: span, first: first)
  }

  static func ofBinding(_ path: String, at span: SourceSpan, first: SourceSpan) -> Diagnostic {
    make("`\(path)` is given two values", at: span, first: first)
  }

  private static func make(
    _ message: String,
    at span: SourceSpan,
    first: SourceSpan
  ) -> Diagnostic {
    Diagnostic(
      .duplicateDeclaration,
      message,
      at: span,
      label: "and again here",
      secondary: [Label(first, "first declared here")]
    )
  }
}
