import PolicySource

extension Parser {
  /// What must be true of every request.
  ///
  ///     assert ::= "assert"
  ///       ( ( policy-name | "anyone" | subject ) ( "can" | "cannot" ) actions
  ///         ( "in" place ( "," place )* )? ( "when" condition )?
  ///       | "only" policy-name ( "," policy-name )* "can" actions
  ///         ( "in" place ( "," place )* )? ( "when" condition )?
  ///       | "nobody" "holds" policy-name "," policy-name ( "," policy-name )* )
  mutating func assert(_ mark: Mark) {
    bump()
    switch keyword {
    case .only: onlyAssertion(mark)
    case .nobody: holdsAssertion(mark)
    default: canAssertion(mark)
    }
  }

  /// What someone can or cannot do.
  private mutating func canAssertion(_ mark: Mark) {
    if at(.anyone) {
      bump()
    } else if at(TokenSet.subject) {
      subject()
    } else if at(TokenSet.afterAssertedPolicies), !at(TokenSet.afterAssertedPolicies, 1) {
      unexpected("a policy, a principal, `anyone`, `only` or `nobody`")
    } else {
      policyName("a policy, a principal, `anyone`, `only` or `nobody`")
    }
    if !eat(.can), !eat(.cannot) {
      let help = at(.comma) ? "write one assertion for each" : nil
      unexpected("`can` or `cannot`", help: help, words: [.can, .cannot])
      skipVerb()
    }
    claim()
    close(mark, .canAssertion)
  }

  /// What nothing but some policies allows.
  private mutating func onlyAssertion(_ mark: Mark) {
    bump()
    commaList(.policy, followers: .afterAssertedPolicies) { $0.policyName() }
    if !eat(.can) {
      unexpected("`can`", words: [.can])
      skipVerb()
    }
    claim()
    close(mark, .onlyAssertion)
  }

  /// Skips a word that stands where `can` should stand.
  private mutating func skipVerb() {
    if at(.word), peek() != .dot, !isFirstOnLine(position) { leaf(.error) }
  }

  private mutating func claim() {
    guard !at(.comma), !mayEndDeclaration || peek() == .dot else {
      unexpected("an action")
      return endDeclaration("`can` or `cannot`")
    }
    actions(followers: .afterAssertedActions)
    var clauses = ClauseOrderChecker(self)
    while placeOrPremise(&clauses) {}
    endDeclaration(
      "`,`, `except`, `in`, `when` or the next declaration",
      words: [.except, .in, .when]
    )
  }

  /// Which policies nobody has together.
  private mutating func holdsAssertion(_ mark: Mark) {
    bump()
    if !eat(.holds) {
      unexpected("`holds`", words: [.holds])
      if at(.word), at(TokenSet.name, 1), !isFirstOnLine(position) { leaf(.error) }
    }
    guard at(TokenSet.name), !startsDeclaration() else {
      unexpected("the name of a policy")
      return close(mark, .holdsAssertion)
    }
    let start = position
    commaList(.policy, followers: .declaration) { $0.policyName() }
    if !hasReported, following(start) == position {
      unexpected("`,` and another policy", help: "separation of duties is about two policies")
    }
    endDeclaration("`,` or the next declaration")
    close(mark, .holdsAssertion)
  }
}
