import PolicySource

extension Parser {
  /// name: a word, whichever it is, or a name between backquotes.
  mutating func name(_ expected: String) {
    switch kind {
    case .word, .quotedName: leaf(.name)
    case .string:
      report(UnexpectedToken.stringForName(here, expected: expected, text: text(at: position)))
      leaf(.name)
    case .integer, .glob:
      unexpected(expected)
      leaf(.name)
    default: unexpected(expected)
    }
  }

  /// `policy-name ::= name`, and `let-name` likewise: not one of the reserved words.
  mutating func policyName(_ expected: String = "the name of a policy") {
    reportReserved("a policy")
    name(expected)
  }

  /// Reports a word that is a name only between backquotes.
  mutating func reportReserved(_ what: String) {
    guard kind == .word, at(TokenSet.reserved) else { return }
    note(ReservedName.finding(here, text: text(at: position), what: what))
  }

  /// id ::= name | string
  mutating func id(_ expected: String) {
    if at(.string) { leaf(.string) } else { name(expected) }
  }

  mutating func optionalTitle() {
    if at(.string) { leaf(.string) }
  }

  /// `item ( "," item )*`. A comma that no item follows is reported.
  ///
  /// - Parameter followers: Words that may follow the list; one that could also be an item is one
  ///   when the list goes on after it.
  mutating func commaList(
    first: TokenSet,
    followers: TokenSet,
    of what: String,
    item: (inout Parser) -> Void
  ) {
    item(&self)
    while true {
      if at(.comma) {
        guard continuesList(1, first, followers) else { return trailingComma(of: what) }
        bump()
      } else if continuesList(0, first, followers), !at(followers), !isFirstOnLine(position) {
        report(UnexpectedToken.missingComma(here, after: lastEnd, found: found))
      } else {
        return
      }
      item(&self)
    }
  }

  private func continuesList(_ offset: Int, _ first: TokenSet, _ followers: TokenSet) -> Bool {
    guard at(first, offset) else { return false }
    guard at(followers, offset) else { return true }
    return at(followers, offset + 1) || peek(offset + 1) == .comma
  }

  mutating func trailingComma(of what: String) {
    note(TrailingComma.finding(here, what))
    bump()
  }
}
