import PolicySource

/// A pattern that matches no action.
enum EmptyPattern {
  static let page = CodePage(
    .emptyPattern,
    finds: "a pattern that matches no action",
    explanation: """
      A pattern is expanded against the catalogue when the set is checked; one that matches nothing \
      grants and forbids nothing, which is never what was meant.
      """,
    given: CodePage.portal,
    bad: "role Observer { allow device.fetch* }",
    good: "role Observer { allow device.get* }"
  )

  /// Of a pattern that matches nothing in some services; none stand for all of them.
  static func at(_ span: SourceSpan, text: String, services: [String] = []) -> Diagnostic {
    let names = services.map { "`\($0)`" }.joined(separator: ", ")
    let place = services.isEmpty ? "" : " of service\(services.count == 1 ? "" : "s") \(names)"
    return Diagnostic(.emptyPattern, "the pattern `\(text)` matches no action\(place)", at: span)
  }

  static func nothingLeft(at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .emptyPattern,
      "the `except` removes every action",
      at: span,
      help: "remove the rule, or except less"
    )
  }
}

/// An `except` that removes nothing.
enum NeedlessExcept {
  static let page = CodePage(
    .needlessExcept,
    finds: "a pattern after `except` that removes nothing",
    explanation: """
      `except` takes actions away from the patterns before it. One that takes nothing away usually \
      names the wrong service or the wrong action, so that what should be left out is still in.
      """,
    given: CodePage.portal,
    bad: "role Observer { allow device.read except user.list }",
    good: "role Observer { allow *.read except user.list }"
  )

  static func at(_ span: SourceSpan, text: String) -> Diagnostic {
    Diagnostic(
      .needlessExcept,
      "`except \(text)` removes nothing",
      at: span,
      label: "none of these is in the patterns before `except`"
    )
  }
}

/// An allow that matches only explicit actions without naming one.
enum ExplicitNotNamed {
  static let page = CodePage(
    .explicitNotNamed,
    finds: "an allow that matches only `@explicit` actions and names none",
    explanation: """
      An action marked `@explicit` is never allowed through a star or a group: an allow must name \
      it, service and action. This rule therefore allows nothing. A deny reaches explicit actions \
      by any pattern.
      """,
    given: "catalogue portal { service user { list  @explicit impersonate } }",
    bad: "role Support { allow user.imp* }",
    good: "role Support { allow user.impersonate }"
  )

  static func at(_ span: SourceSpan, actions: [String]) -> Diagnostic {
    let names = actions.map { path in
      path.split(separator: ".", maxSplits: 1).map { String($0).asName }.joined(separator: ".")
    }
    return Diagnostic(
      .explicitNotNamed,
      "every action matched here is marked `@explicit`, and none is named",
      at: span,
      help: "name them: `\(names.joined(separator: ", "))`",
      fixes: [Fix("name them", [Edit(span, names.joined(separator: ", "))], isSafe: false)]
    )
  }
}
