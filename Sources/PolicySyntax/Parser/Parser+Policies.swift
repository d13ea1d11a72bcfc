import PolicySource

extension Parser {
  /// A policy, or role.
  ///
  ///     policy ::= "built-in"? ( "policy" | "role" ) policy-name string?
  ///                 ( "includes" policy-name ( "," policy-name )* )? "{" rule* "}"
  mutating func policy(_ mark: Mark) {
    let start = position
    if eat(.builtIn), !at(.policy), !at(.role) {
      unexpected("`policy` or `role`", words: [.policy, .role])
    } else {
      bump()
    }
    policyName("the name of the policy")
    optionalTitle()
    if at(.includes) { includes() }
    if at(.string) {
      report(ClauseOrder.title(here))
      leaf(.string)
    }
    block(.policy, of: start) { $0.rule() }
    close(mark, .policy)
  }

  private mutating func includes() {
    let mark = open()
    bump()
    commaList(.policy) { $0.policyName() }
    close(mark, .includes)
  }

  /// A rule of a policy.
  ///
  ///     rule ::= annotation* ( "allow" | "deny" ) actions ( "when" condition )?
  ///               ( "unless" condition )? ( "because" string )?
  private mutating func rule() {
    let mark = open()
    let annotations = optionalAnnotations()
    let hasEffect = eat(.allow) || eat(.deny)
    if !hasEffect {
      if let annotations, at(.rightBrace) || at(.endOfFile) || startsDeclaration() {
        report(MisplacedAnnotation.finding(annotations, before: "a rule"))
      } else {
        missingEffect()
      }
      guard lacksEffect(.policy) else { return close(mark, .error) }
    }
    actions(followers: .afterRuleActions)
    var clauses = ClauseOrderChecker(self)
    while ruleClause(&clauses) {}
    close(mark, hasEffect ? .rule : .error)
  }

  /// One clause, in whatever order; nothing when the rule ends.
  private mutating func ruleClause(_ clauses: inout ClauseOrderChecker) -> Bool {
    switch keyword {
    case .when:
      clauses.clause(1, .when, &self) { $0.conditionClause(.whenClause, after: .when) }
    case .unless:
      clauses.clause(2, .unless, &self) { $0.conditionClause(.unlessClause, after: .unless) }
    case .because:
      clauses.clause(3, .because, &self) { $0.becauseClause() }
    default:
      if endsRule { return false }
      if clauses.rank == 0, startsCondition {
        unexpected("`when` or `unless`", insert: " when")
        conditionClause(.whenClause, after: nil)
        return true
      }
      unexpected(
        Self.afterRule[clauses.rank],
        words: [.when, .unless, .because, .except, .and, .or, .allow, .deny],
        isStranger: true
      )
      skip { $0.resumesRule }
      return at(TokenSet.ruleClause)
    }
    return true
  }

  /// What may follow the actions, the `when`, the `unless` and the `because` of a rule.
  private static let afterRule = [
    "`,`, `except`, `when`, `unless`, `because` or the next rule",
    "`and`, `or`, `unless`, `because` or the next rule",
    "`and`, `or`, `because` or the next rule",
    "the next rule",
  ]

  private var endsRule: Bool {
    at(TokenSet.effect) || at(.at) || at(.rightBrace) || at(.endOfFile) || startsDeclaration()
      || isFirstOnLine(position)
        && (lacksEffect(.policy) || missingBraces > 0 && column(position) == 0)
  }

  /// Whether a rule goes on here, or another begins, after a mistake.
  private var resumesRule: Bool {
    guard at(TokenSet.ruleClause) || at(TokenSet.effect) || at(.at) else {
      return startsDeclarationLine || isFirstOnLine(position) && lacksEffect(.policy)
    }
    return !lastWas(".")
  }

  /// `"when" condition` or `"unless" condition`.
  mutating func conditionClause(_ kind: NodeKind, after keyword: Keyword?) {
    let mark = open()
    if keyword != nil { bump() }
    condition(expected: "a condition after `\(keyword?.rawValue ?? "")`")
    close(mark, kind)
  }

  /// Whether a condition begins here that no keyword announces.
  private var startsCondition: Bool {
    at(.not) || at(.has) || at(.leftParenthesis)
      || at(TokenSet.attributes) && (peek() == .dot || at(TokenSet.comparison, 1))
  }

  /// `"because" string`.
  mutating func becauseClause() {
    let mark = open()
    bump()
    if at(.string) { leaf(.string) } else { unexpected("a string after `because`") }
    close(mark, .becauseClause)
  }
}
