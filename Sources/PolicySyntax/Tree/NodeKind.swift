/// The kinds of nodes of a syntax tree, with what stands in each, in source order.
///
/// "Tokens" are those of keywords, operators and punctuation; whatever has a meaning of its own is
/// a child node. A part that the text lacks is simply absent.
package enum NodeKind: UInt8, CaseIterable, Sendable {
  // Leaves: one token each.
  /// A name, plain or between backquotes; also a keyword where a name is expected.
  case name
  case string
  case integer
  /// `get-*` or any name with stars in it, but not a star alone.
  case glob
  /// `*` alone.
  case star
  /// `true` or `false`.
  case boolean

  // Declarations.
  /// Declarations, `error` nodes between them.
  case program
  /// `@` name, then string, name or integer nodes.
  case annotation
  /// annotation*, name, string?, then attributeBlock, service.
  case catalogue
  /// One of the tokens `principal`, `context`, `resource`, then attribute.
  case attributeBlock
  /// annotation*, name, a type node, string?.
  case attribute
  /// `Bool` and so on: a name.
  case namedType
  /// `Set<String>`: two names.
  case setType
  /// `"eu" | "us"`: strings.
  case oneOfType
  /// annotation*, name, string?, attributeBlock?, member*.
  case service
  /// annotation*, name, string?, memberBlock?. An action, or with the block an action group.
  case member
  /// member*.
  case memberBlock
  /// annotation*, tokens `built-in`? `policy`|`role`, name, string?, includes?, rule*.
  case policy
  /// name+ (the included policies).
  case includes
  /// annotation*, token `allow`|`deny`, actions, whenClause?, unlessClause?, becauseClause?.
  case rule
  /// pattern+, exceptClause?.
  case actions
  /// pattern+.
  case exceptClause
  /// star; or services `.` members: (star | name | serviceSet), (star | glob | name | memberSet).
  case pattern
  /// name+.
  case serviceSet
  /// (name | glob | star)+.
  case memberSet
  /// A condition.
  case whenClause
  /// A condition.
  case unlessClause
  /// string.
  case becauseClause
  /// annotation*, name, a condition or a list.
  case letDeclaration
  /// annotation*, name, string?, groupBlock?.
  case group
  /// memberSubject*.
  case groupBlock
  /// Token `user`, `service-account` or `group`; name or string.
  case memberSubject
  /// annotation*, unit.
  case ou
  /// annotation*, name, string?, unit* (its block's), with a block token when there is a block.
  case unit
  /// annotation*, name+ (policies), subject+, placeList?, whenClause?.
  case assign
  /// memberSubject, or one of the tokens `everyone`, `anonymous`.
  case subject
  /// place+.
  case placeList
  /// name+ (a path); or the token `outside` (a plain word, no children).
  case place

  // Conditions.
  /// Two or more conditions.
  case orCondition
  /// Two or more conditions.
  case andCondition
  /// One condition.
  case notCondition
  /// One condition.
  case parenthesised
  /// attributeReference.
  case hasCheck
  /// `principal not? in group` name; token `not` when negated.
  case groupCheck
  /// `principal is` and the token `user`, `service-account` or `anonymous`.
  case kindCheck
  /// operand, comparison token, operand.
  case comparison
  /// operand, `not`? `in`, operand or list.
  case inCheck
  /// operand, `not`? `like`, string.
  case likeCheck
  /// operand, `not`? `under`, operand or list.
  case underCheck
  /// operand, `not`? `contains` (`any`|`all`)?, operand or list.
  case containsCheck
  /// Token `principal`, `resource` or `context`; name? (absent for `principal` and `resource`).
  case attributeReference
  /// Token `user` or `service-account`; name or string.
  case principalLiteral
  /// A name that a `let` gives.
  case letReference
  /// Operands.
  case list

  // Tests and assertions.
  /// annotation*, string, asClause?, placeList?, withClause?, expectation*.
  case test
  /// name (policy) or subject, one or more.
  case asClause
  /// Token `allow`|`deny`, actions, placeList? (one place), withClause?, becauseClause?.
  case expectation
  /// binding+.
  case withClause
  /// attributeReference, operand or list.
  case binding
  /// annotation*; token `can`|`cannot`; name (policy) or subject, or a plain word `anyone` (no
  /// child); actions, placeList?, whenClause?.
  case canAssertion
  /// annotation*, name+ (policies), actions, placeList?, whenClause?.
  case onlyAssertion
  /// annotation*, name+ (policies).
  case holdsAssertion

  /// Text that fits nowhere; it has been reported.
  case error
}
