import PolicySource

extension Parser {
  /// A word, whichever it is, or a name between backquotes.
  mutating func name(_ expected: String) {
    switch kind {
    case .word, .quotedName: leaf(.name)
    case .string:
      report(UnexpectedToken.stringForName(here, expected: expected, text: text(at: position)))
      leaf(.name)
    case .integer, .glob, .star:
      unexpected(expected)
      leaf(.error)
    default: unexpected(expected)
    }
  }

  /// A name that may be missing before a declaration; the followers are what else may come next.
  mutating func name(_ expected: String, before followers: TokenSet) {
    if startsDeclaration(insteadOfNameBefore: followers) {
      unexpected(expected)
    } else {
      name(expected)
    }
  }

  /// The name of a policy: not one of the reserved words.
  ///
  ///     policy-name ::= name
  mutating func policyName(_ expected: String = "the name of a policy") {
    reportReserved("a policy")
    name(expected)
  }

  /// Reports a word that is a name only between backquotes.
  mutating func reportReserved(_ what: String) {
    guard kind == .word, at(TokenSet.reserved) else { return }
    report(ReservedName.finding(here, text: text(at: position), what: what))
  }

  /// The id of a user or service account.
  ///
  ///     id ::= name | string
  mutating func id(_ expected: String) {
    if at(.string) { leaf(.string) } else { name(expected) }
  }

  mutating func optionalTitle() {
    if at(.string) { leaf(.string) }
  }
}
