import PolicySource

enum ReservedName {
  static let page = CodePage(
    .reservedName,
    finds: "a policy, `let` or root unit that is called like a word of the language",
    explanation: """
      Policies and `let`s stand beside keywords: after `allow … when`, `assert` and `as`, \
      words such as `user`, `not` or `everyone` mean something else. They may be their \
      names between backquotes, and so may `outside` be the name of a root unit. Services, \
      actions, attributes, groups and other units may be called anything.

      Write the name between backquotes, or choose another.
      """,
    given: CodePage.portal,
    bad: """
      policy user {
        allow device.read
      }
      """,
    good: """
      policy `user` {
        allow device.read
      }
      """
  )

  static func finding(_ span: SourceSpan, text: String, what: String) -> Diagnostic {
    Diagnostic(
      .reservedName,
      "\(what) is called `\(text)` only between backquotes",
      at: span,
      help: "the word means something else where such a name stands",
      fixes: [Fix("write it between backquotes", [Edit(span, "`\(text)`")])]
    )
  }
}
