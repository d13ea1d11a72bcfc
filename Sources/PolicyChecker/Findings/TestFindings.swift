import PolicySource

/// `outside` as the place of an assignment.
enum OutsideNotAllowed {
  static let page = CodePage(
    .outsideNotAllowed,
    finds: "`outside` as the place of an assignment",
    explanation: """
      `outside` stands for resources that belong to no unit. Tests and assertions may speak of \
      them; an assignment covers units, or everything when it has no `in`.
      """,
    given: CodePage.portal,
    bad: """
      role Observer { allow device.read }
      assign Observer to everyone in outside
      """,
    good: """
      role Observer { allow device.read }
      assign Observer to everyone
      """
  )

  static func at(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .outsideNotAllowed,
      "an assignment cannot be limited to what is outside every unit",
      at: span,
      help: "name a unit, or leave out `in` to cover everything"
    )
  }
}

/// A test whose principal cannot be one.
enum ConflictingPrincipal {
  static let page = CodePage(
    .conflictingPrincipal,
    finds: "a test whose principal cannot exist",
    explanation: """
      A test makes requests as one principal: at most one user, service account or `anonymous`, \
      with any policies and groups. An anonymous principal holds no policies and is in no groups. \
      Who the principal is comes after `as`, not after `with`.
      """,
    given: CodePage.portal,
    bad: """
      test "two people" {
        as user "ada", user "bob"
        deny device.list
      }
      """,
    good: """
      test "one person" {
        as user "ada"
        deny device.list
      }
      """
  )

  static func two(at span: SourceSpan, first: SourceSpan) -> Diagnostic {
    Diagnostic(
      .conflictingPrincipal,
      "a test makes requests as one principal, and this is a second",
      at: span,
      secondary: [Label(first, "the first")],
      help: "write a test for each"
    )
  }

  static func anonymousHolds(at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .conflictingPrincipal,
      "an anonymous principal holds no policies and is in no groups",
      at: span
    )
  }

  static func bound(at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .conflictingPrincipal,
      "the principal of a test is not given with `with`",
      at: span,
      help: "write it after `as`"
    )
  }
}
