import PolicySource

extension Parser {
  /// A name for a condition, a value or a list.
  ///
  ///     let ::= "let" let-name "=" ( condition | list )
  mutating func `let`(_ mark: Mark) {
    bump()
    letName()
    if at(.equalEqual) {
      note(OperatorSpelling.finding(here, text: "==", "=", replacement: "="))
      reclassify(as: .equal)
    }
    if !eat(.equal) { unexpected("`=`", insert: " =") }
    if at(.leftBracket) {
      list()
    } else if !hasReported {
      condition(expected: "a condition, a value or a list")
    }
    endDeclaration("`and`, `or` or the next declaration")
    close(mark, .letDeclaration)
  }

  /// The name of a `let`: not one of the reserved words.
  ///
  ///     let-name ::= name
  private mutating func letName() {
    reportReserved("a `let`")
    name("the name of the `let`")
  }
}
