import PolicySource

/// The general message, and the special ones that have no code of their own.
enum UnexpectedToken {
  static let page = CodePage(
    .unexpectedToken,
    finds: "text that the grammar does not allow where it stands",
    explanation: """
      The message says what may stand there and what does. Where one thing is missing and \
      it is clear which, the fix inserts it.

      One mistake is reported once: what follows it on its line is passed over, so mend \
      the first message of a line before looking for others.
      """,
    given: CodePage.portal,
    bad: """
      policy reader {
        allow device.list user.list
      }
      """,
    good: """
      policy reader {
        allow device.list, user.list
      }
      """
  )

  static func finding(
    _ span: SourceSpan,
    expected: String,
    found: String,
    help: String? = nil,
    fix: Fix? = nil
  ) -> Diagnostic {
    Diagnostic(
      .unexpectedToken,
      "expected \(expected), found \(found)",
      at: span,
      help: help,
      fixes: fix.map { [$0] } ?? []
    )
  }

  /// Words of other languages for ours.
  static let synonyms: [String: Keyword] = [
    "permit": .allow, "grant": .allow, "forbid": .deny, "where": .when,
    "extends": .includes, "inherits": .includes, "const": .let, "var": .let,
    "matches": .like, "xor": .or,
  ]

  static func missingComma(
    _ span: SourceSpan,
    after place: SourceSpan,
    found: String
  )
    -> Diagnostic
  {
    finding(
      span,
      expected: "`,`",
      found: found,
      fix: Fix("insert `,`", [Edit(place, ",")], isSafe: false)
    )
  }

  static func stringForName(_ span: SourceSpan, expected: String, text: String) -> Diagnostic {
    let name = "`" + text.dropFirst().dropLast() + "`"
    return finding(
      span,
      expected: expected,
      found: "a string",
      help: "a name is never between `\"`",
      fix: Fix("write it between backquotes", [Edit(span, name)])
    )
  }

  static func missingAction(
    _ span: SourceSpan,
    service: String,
    found: String,
    after place: SourceSpan,
    insert: String
  ) -> Diagnostic {
    finding(
      span,
      expected: "`.` and an action of `\(service)`",
      found: found,
      help: insert == "." ? nil : "`\(service).*` is every action of the service",
      fix: insert == "." ? Fix("insert `.`", [Edit(place, insert)], isSafe: false) : nil
    )
  }

  static func quotedAction(_ span: SourceSpan, found: String, action: String) -> Diagnostic {
    finding(
      span,
      expected: "an action",
      found: found,
      help: "an action is written `service.action`, without quotes",
      fix: Fix("remove the quotes", [Edit(span, action)], isSafe: false)
    )
  }

  static func nestedPath(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .unexpectedToken,
      "an action is named without its groups",
      at: span,
      help: "write the service, `.` and the action or group: names are unique in a service"
    )
  }

  static func attributeAmongActions(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .unexpectedToken,
      "an attribute stands among actions",
      at: span,
      help: "the attributes of a service stand in `resource { … }`, first in the service"
    )
  }

  static func lateAttributes(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .unexpectedToken,
      "the attributes of a service stand before its actions, in one block",
      at: span
    )
  }

  static func severalPlaces(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .unexpectedToken,
      "a request is about one place",
      at: span,
      help: "write one expectation for each place"
    )
  }

  static func strayBrace(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .unexpectedToken,
      "this `}` closes nothing",
      at: span,
      fixes: [Fix("remove it", [Edit(span, "")], isSafe: false)]
    )
  }

  static func unclosedParenthesis(
    _ span: SourceSpan,
    opening: SourceSpan,
    after place: SourceSpan,
    found: String
  ) -> Diagnostic {
    Diagnostic(
      .unexpectedToken,
      "expected `)`, found \(found)",
      at: span,
      secondary: [Label(opening, "it closes this")],
      fixes: [Fix("insert `)`", [Edit(place, ")")], isSafe: false)]
    )
  }

  static func unclosedList(
    _ span: SourceSpan,
    opening: SourceSpan,
    after place: SourceSpan,
    found: String
  ) -> Diagnostic {
    Diagnostic(
      .unexpectedToken,
      "expected `,` or `]`, found \(found)",
      at: span,
      secondary: [Label(opening, "the list begins here")],
      fixes: [Fix("insert `]`", [Edit(place, "]")], isSafe: false)]
    )
  }
}
