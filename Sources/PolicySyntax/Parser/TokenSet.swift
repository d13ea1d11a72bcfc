/// A set of token kinds and keywords: what can begin a production, or ends a recovery.
struct TokenSet {
  private let kinds: UInt64
  private let keywords: UInt64

  init(_ kinds: [TokenKind] = [], keywords: [Keyword] = []) {
    self.kinds = kinds.reduce(0) { $0 | 1 << UInt64($1.rawValue) }
    self.keywords = keywords.reduce(0) { $0 | 1 << UInt64(KeywordTable.code($1)) }
  }

  private init(kinds: UInt64, keywords: UInt64) {
    self.kinds = kinds
    self.keywords = keywords
  }

  func union(_ other: TokenSet) -> TokenSet {
    TokenSet(kinds: kinds | other.kinds, keywords: keywords | other.keywords)
  }

  /// Whether a token of some kind and keyword, as `TokenList` codes it, is one of these.
  func contains(_ kind: TokenKind, _ code: UInt8) -> Bool {
    let isKind = kinds >> UInt64(kind.rawValue) & 1
    let isKeyword = keywords >> UInt64(code) & 1
    return isKind | isKeyword != 0
  }

  // MARK: - First sets

  /// What a name begins with: a word, whichever it is, or a name between backquotes.
  static let name = TokenSet([.word, .quotedName])
  static let id = TokenSet([.word, .quotedName, .string])
  static let declaration = TokenSet(keywords: [
    .catalogue, .policy, .role, .builtIn, .let, .group, .ou, .assign, .test, .assert,
  ])
  static let attributes = TokenSet(keywords: [.principal, .context, .resource])
  static let effect = TokenSet(keywords: [.allow, .deny])
  static let memberSubject = TokenSet(keywords: [.user, .serviceAccount, .group])
  static let subject = memberSubject.union(TokenSet(keywords: [.everyone, .anonymous]))
  static let argument = TokenSet([.word, .quotedName, .string, .integer])
  static let comparison = TokenSet([
    .equalEqual, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual,
  ])

  static let operand = TokenSet([.word, .quotedName, .string, .integer])
  /// The words that may follow an operand, wherever it stands.
  static let afterOperand = declaration.union(effect).union(ruleClause).union(
    TokenSet(keywords: [.and, .or, .not, .in, .is, .like, .under, .contains, .with, .as])
  )

  /// What shows that the word before it was an item of a list and not what follows the list.
  static let afterItem = TokenSet([.comma, .slash, .at, .rightBrace, .leftBrace, .endOfFile])

  // MARK: - What ends a list of actions, names or subjects

  static let ruleClause = TokenSet(keywords: [.when, .unless, .because])
  static let afterRuleActions = ruleClause.union(effect).union(TokenSet(keywords: [.except]))
  static let afterExpectedActions = effect.union(
    TokenSet(keywords: [.except, .in, .with, .because, .as])
  )
  static let afterAssertedActions = declaration.union(
    TokenSet(keywords: [.except, .in, .when])
  )
  static let afterAssignedPolicies = TokenSet(keywords: [.to])
  static let afterSubjects = TokenSet(keywords: [.in, .when])
  static let afterPlaces = declaration.union(effect).union(
    TokenSet(keywords: [.when, .with, .because, .as])
  )
  static let afterBindings = effect.union(TokenSet(keywords: [.as, .in, .with, .because]))
  static let afterWho = effect.union(TokenSet(keywords: [.in, .with]))
  static let afterAssertedPolicies = TokenSet(keywords: [.can, .cannot])

  // MARK: - Reserved words

  /// The words that a policy or a `let` has only between backquotes.
  static let reserved = TokenSet(keywords: [
    .and, .or, .not, .has, .in, .is, .like, .under, .contains, .any, .all, .true, .false,
    .principal, .resource, .context, .user, .serviceAccount, .group, .everyone, .anonymous,
    .anyone, .only, .nobody,
  ])
}
