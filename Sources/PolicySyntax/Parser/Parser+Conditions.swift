import PolicySource

extension Parser {
  /// What a rule asks for.
  ///
  ///     condition ::= conjunction ( "or" conjunction )*
  mutating func condition(expected: String = "a condition") {
    let mark = open()
    conjunction(expected)
    guard at(.or) else { return }
    while eat(.or) { conjunction("a condition after `or`") }
    close(mark, .orCondition)
  }

  /// What stands between two `or`s.
  ///
  ///     conjunction ::= negation ( "and" negation )*
  private mutating func conjunction(_ expected: String) {
    let mark = open()
    negation(expected)
    guard at(.and) else { return }
    while eat(.and) { negation("a condition after `and`") }
    close(mark, .andCondition)
  }

  /// What stands between two `and`s.
  ///
  ///     negation ::= "not" negation | "(" condition ")" | check
  private mutating func negation(_ expected: String) {
    guard at(.not) || at(.leftParenthesis) else { return check(expected) }
    let mark = open()
    guard enter() else {
      skipNested()
      return close(mark, .error)
    }
    if eat(.not) {
      negation("a condition after `not`")
      close(mark, .notCondition)
    } else {
      let opening = here
      bump()
      condition(expected: "a condition after `(`")
      closeParenthesis(opening)
      close(mark, .parenthesised)
    }
    leave()
  }

  /// Skips the `not`s and parentheses that are nested too deep, without recursion.
  private mutating func skipNested() {
    while at(.not) { bump() }
    if at(.leftParenthesis) {
      skipBalanced(.leftParenthesis, .rightParenthesis)
    } else {
      skip { $0.at(.rightParenthesis) || $0.at(TokenSet.ruleClause) || $0.at(TokenSet.effect) }
    }
  }

  /// One question about a request.
  ///
  ///     check ::= "has" attribute-ref
  ///              | "principal" "not"? "in" "group" name
  ///              | "principal" "is" ( "user" | "service-account" | "anonymous" )
  ///              | operand ( ( "==" | "!=" | "<" | "<=" | ">" | ">=" ) operand
  ///                        | "not"? "in" ( list | operand )
  ///                        | "not"? "like" string
  ///                        | "not"? "under" ( operand | list )
  ///                        | "not"? "contains" ( "any" | "all" )? ( operand | list ) )?
  private mutating func check(_ expected: String) {
    let mark = open()
    if eat(.has) {
      if at(TokenSet.attributes) {
        attributeRef()
      } else {
        unexpected("an attribute after `has`", words: [.principal, .resource, .context])
      }
      return close(mark, .hasCheck)
    }
    if at(.principal) {
      let isNegated = peekKeyword() == .not
      if peekKeyword() == .is { return kindCheck(mark) }
      if peekKeyword(isNegated ? 2 : 1) == .in, peekKeyword(isNegated ? 3 : 2) == .group {
        return groupCheck(mark)
      }
    }
    if operand(expected) { comparison(mark) }
  }

  private mutating func groupCheck(_ mark: Mark) {
    bump()
    _ = eat(.not)
    bump()
    bump()
    name("the name of a group", before: .afterOperand)
    close(mark, .groupCheck)
  }

  private mutating func kindCheck(_ mark: Mark) {
    bump()
    bump()
    if at(.user) || at(.serviceAccount) || at(.anonymous) {
      bump()
    } else {
      unexpected(
        "`user`, `service-account` or `anonymous`",
        words: [.user, .serviceAccount, .anonymous]
      )
    }
    close(mark, .kindCheck)
  }

  /// What may follow the operand of a check.
  private mutating func comparison(_ mark: Mark) {
    if at(.equal) {
      note(SingleEquals.finding(here))
      reclassify(as: .equalEqual)
    }
    if at(TokenSet.comparison) {
      bump()
      if operand("a value") { chain() }
      return close(mark, .comparison)
    }
    let offset = at(.not) ? 1 : 0
    switch peekKeyword(offset) {
    case .in:
      membership(offset, .inCheck, "a list or a value after `in`", mark)
    case .under:
      membership(offset, .underCheck, "a path after `under`", mark)
    case .contains:
      membership(offset, .containsCheck, "a value after `contains`", mark)
    case .like:
      if offset == 1 { bump() }
      bump()
      if at(.string) { leaf(.string) } else { unexpected("a string after `like`") }
      close(mark, .likeCheck)
    default: break
    }
  }

  private mutating func membership(
    _ offset: Int,
    _ kind: NodeKind,
    _ expected: String,
    _ mark: Mark
  ) {
    if offset == 1 { bump() }
    let isContains = at(.contains)
    bump()
    if isContains, !eat(.any) { _ = eat(.all) }
    operandOrList(expected)
    close(mark, kind)
  }

  /// `a < b < c` is reported, and read as its first comparison.
  private mutating func chain() {
    guard at(TokenSet.comparison) || at(.equal) else { return }
    let middle = source.text(lastNodeLower, lastUpper)
    note(ChainedComparison.finding(here, middle: middle, after: lastEnd))
    let mark = open()
    while at(TokenSet.comparison) || at(.equal) {
      bump()
      _ = operand("a value")
    }
    close(mark, .error)
  }
}
