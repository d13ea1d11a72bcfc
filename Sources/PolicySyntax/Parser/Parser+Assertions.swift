import PolicySource

extension Parser {
  /// assert ::= "assert" ( … | "only" … | "nobody" "holds" … )
  mutating func assertion(_ mark: Mark) {
    bump()
    switch keyword {
    case .only: onlyAssertion(mark)
    case .nobody: holdsAssertion(mark)
    default: canAssertion(mark)
    }
  }

  /// ( policy-name | "anyone" | subject ) ( "can" | "cannot" ) actions
  /// ( "in" place ( "," place )* )? ( "when" condition )?
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
    if !eat(.can), !eat(.cannot) { unexpected("`can` or `cannot`", words: [.can, .cannot]) }
    claim()
    close(mark, .canAssertion)
  }

  /// "only" policy-name ( "," policy-name )* "can" actions
  /// ( "in" place ( "," place )* )? ( "when" condition )?
  private mutating func onlyAssertion(_ mark: Mark) {
    bump()
    commaList(.policy, followers: .afterAssertedPolicies) { $0.policyName() }
    if !eat(.can) { unexpected("`can`", words: [.can]) }
    claim()
    close(mark, .onlyAssertion)
  }

  private mutating func claim() {
    guard !hasReported else { return }
    actions(followers: .afterAssertedActions)
    var clauses = ClauseOrderChecker(self)
    while placeOrPremise(&clauses) {}
    endDeclaration("`,`, `except`, `in`, `when`", words: [.except, .in, .when])
  }

  /// "nobody" "holds" policy-name "," policy-name ( "," policy-name )*
  private mutating func holdsAssertion(_ mark: Mark) {
    bump()
    if !eat(.holds) { unexpected("`holds`", words: [.holds]) }
    guard at(TokenSet.name), !startsDeclaration() else {
      unexpected("the name of a policy")
      return close(mark, .holdsAssertion)
    }
    let start = position
    commaList(.policy, followers: .declaration) { $0.policyName() }
    if !hasReported, following(start) == position {
      unexpected("`,` and another policy", help: "separation of duties is about two policies")
    }
    endDeclaration("`,`")
    close(mark, .holdsAssertion)
  }
}
