import PolicySource

extension Parser {
  /// Requests and what is expected of them.
  ///
  ///     test ::= "test" string "{" ( "as" who ( "," who )* )? ( "in" place )? ( "with" bindings )?
  ///               expectation* "}"
  mutating func test(_ mark: Mark) {
    let start = position
    bump()
    if at(.string) {
      leaf(.string)
    } else {
      unexpected("the title of the test")
      if at(TokenSet.name), peek() == .leftBrace { leaf(.error) }
    }
    var clauses = ClauseOrderChecker(self)
    block(.test, of: start) { $0.testItem(&clauses) }
    close(mark, .test)
  }

  private mutating func testItem(_ clauses: inout ClauseOrderChecker) {
    switch keyword {
    case .as: clauses.clause(1, .as, &self) { $0.asClause() }
    case .in: clauses.clause(2, .in, &self) { $0.singlePlace() }
    case .with: clauses.clause(3, .with, &self) { $0.withClause() }
    default: expectation(&clauses)
    }
  }

  private mutating func asClause() {
    let mark = open()
    bump()
    commaList(.who, followers: .afterWho) { $0.who() }
    close(mark, .asClause)
  }

  /// What a test says of its principal.
  ///
  ///     who ::= policy-name | subject
  private mutating func who() {
    if at(TokenSet.subject) { subject() } else { policyName("a policy or a principal") }
  }

  /// What a test expects of some actions.
  ///
  ///     expectation ::= ( "allow" | "deny" ) actions ( "in" place )? ( "with" bindings )?
  ///                      ( "because" string )?
  private mutating func expectation(_ outer: inout ClauseOrderChecker) {
    let mark = open()
    let effect = at(TokenSet.effect) ? keyword : nil
    outer.clause(4, effect ?? .allow, &self, isRepeatable: true) { parser in
      if effect == nil { parser.missingEffect() } else { parser.bump() }
      parser.actions(followers: .afterExpectedActions)
      var clauses = ClauseOrderChecker(parser)
      while parser.expectationClause(&clauses) {}
    }
    close(mark, effect == nil ? .error : .expectation)
  }

  private mutating func expectationClause(_ clauses: inout ClauseOrderChecker) -> Bool {
    switch keyword {
    case .in: clauses.clause(1, .in, &self) { $0.singlePlace() }
    case .with: clauses.clause(2, .with, &self) { $0.withClause() }
    case .because: clauses.clause(3, .because, &self) { $0.becauseClause() }
    default:
      if endsExpectation { return false }
      if clauses.rank < 2, at(TokenSet.attributes) {
        unexpected("`with`", insert: " with")
        clauses.clause(2, .with, &self) { $0.withClause(isAnnounced: false) }
        return true
      }
      unexpected(
        "`,`, `except`, `in`, `with`, `because` or the next expectation",
        words: [.except, .in, .with, .because, .allow, .deny],
        isStranger: true
      )
      skip { $0.resumesExpectation }
      return !at(TokenSet.effect)
    }
    return true
  }

  private var endsExpectation: Bool {
    startsItem(.test) || at(.at) || at(.rightBrace) || at(.endOfFile) || startsDeclaration()
      || isFirstOnLine(position) && lacksEffect(.test)
  }

  /// Whether an expectation goes on here, or another begins, after a mistake.
  private var resumesExpectation: Bool {
    guard !lastWas(".") else { return false }
    return at(TokenSet.effect) || at(.in) || at(.with) || at(.because)
      || startsDeclarationLine || isFirstOnLine(position) && (lacksEffect(.test) || at(.at))
  }

  /// `"in" place`: a request is about one place.
  private mutating func singlePlace() {
    let mark = open()
    bump()
    singleItem(.place, followers: .afterPlaces) { $0.place() }
    close(mark, .placeList)
  }

  private mutating func withClause(isAnnounced: Bool = true) {
    let mark = open()
    if isAnnounced { bump() }
    bindings()
    close(mark, .withClause)
  }

  /// The attributes that a test gives.
  ///
  ///     bindings ::= binding ( "," binding )*
  private mutating func bindings() {
    commaList(.attribute, followers: .afterBindings) { $0.binding() }
  }

  /// One attribute and its value.
  ///
  ///     binding ::= attribute-ref "=" ( operand | list )
  private mutating func binding() {
    let mark = open()
    guard at(TokenSet.attributes) else {
      return unexpected("an attribute", words: [.principal, .resource, .context])
    }
    attributeRef()
    if at(.equalEqual) {
      note(OperatorSpelling.finding(here, text: "==", "=", replacement: "="))
      reclassify(as: .equal)
    }
    if !eat(.equal) {
      unexpected("`=` and a value", insert: at(TokenSet.operand) ? " =" : nil)
      if at(.colon) { leaf(.error) }
      guard at(TokenSet.operand), !at(TokenSet.effect) else { return close(mark, .binding) }
    }
    operandOrList("a value after `=`")
    close(mark, .binding)
  }
}
