import PolicySource

/// What stands between the commas of a list.
enum ListItem {
  case policy, who, subject, place, attribute, argument

  /// For a message.
  var description: String {
    switch self {
    case .policy: "the name of a policy"
    case .who: "a policy or a principal"
    case .subject: "`user`, `service-account`, `group`, `everyone` or `anonymous`"
    case .place: "a unit"
    case .attribute: "an attribute"
    case .argument: "a string, a name or an integer"
    }
  }

  /// The words that may begin it.
  var words: [Keyword] {
    self == .subject ? [.user, .serviceAccount, .group, .everyone, .anonymous] : []
  }

  /// All of them, after "nothing follows this comma after".
  var list: String {
    switch self {
    case .policy: "the policies"
    case .who: "the principals"
    case .subject: "the subjects"
    case .place: "the places"
    case .attribute: "the attributes"
    case .argument: "the arguments"
    }
  }

  /// What it begins with.
  var first: TokenSet {
    switch self {
    case .policy, .who, .place: .name
    case .subject: .subject
    case .attribute: .attributes
    case .argument: .argument
    }
  }
}

extension Parser {
  /// `item ( "," item )*`.
  ///
  /// The followers are words that may come after the list. One that could also be an item is one
  /// when the list goes on after it.
  mutating func commaList(
    _ item: ListItem,
    followers: TokenSet = TokenSet(),
    parse: (inout Parser) -> Void
  ) {
    guard startsItem(item, 0, followers) else {
      return unexpected(item.description, words: item.words)
    }
    parse(&self)
    while true {
      let before = position
      if at(.comma) {
        if endsList(1, item, followers) {
          report(TrailingComma.finding(here, item.list))
          return bump()
        }
        bump()
      } else if surelyStartsItem(item, followers) {
        report(UnexpectedToken.missingComma(here, after: lastEnd, found: found))
      } else {
        return
      }
      let itemPosition = position
      parse(&self)
      if position == itemPosition { skipItem(followers) }
      precondition(position > before, "the parser made no progress")
    }
  }

  private func startsItem(_ item: ListItem, _ offset: Int, _ followers: TokenSet) -> Bool {
    guard at(item.first, offset) else { return false }
    guard at(followers, offset) else { return true }
    return at(followers, offset + 1) || at(TokenSet.afterItem, offset + 1)
  }

  /// Whether what follows a comma is what follows the whole list.
  private func endsList(_ offset: Int, _ item: ListItem, _ followers: TokenSet) -> Bool {
    if startsItem(item, offset, followers) { return false }
    switch peek(offset) {
    case .rightBrace, .leftBrace, .rightParenthesis, .at, .endOfFile: return true
    default: return at(followers, offset) || at(TokenSet.declaration, offset)
    }
  }

  /// Whether an item begins here although no comma stands before it.
  private func surelyStartsItem(_ item: ListItem, _ followers: TokenSet) -> Bool {
    switch item {
    case .attribute: return at(item.first)
    case .subject: return at(item.first) && !at(.group)
    case .argument:
      return at(.string) || at(.integer)
        || at(.word) && (peek() == .comma || peek() == .rightParenthesis)
    case .policy, .who, .place:
      if item == .who, at(TokenSet.subject) { return true }
      guard at(item.first), !at(followers), !at(TokenSet.reserved) else { return false }
      return at(followers, 1) || at(TokenSet.afterItem, 1)
    }
  }

  /// Skips an item that could not be read.
  private mutating func skipItem(_ followers: TokenSet) {
    func ends(_ parser: borrowing Parser) -> Bool {
      parser.at(.comma) || parser.at(followers) || parser.at(.leftBrace)
        || parser.at(.rightParenthesis) || parser.at(TokenSet.declaration)
    }
    guard !ends(self) else { return }
    let start = position
    skip { ends($0) || $0.isFirstOnLine($0.position) && $0.position > start }
  }

  /// An item where a list would stand elsewhere; a second one is reported.
  mutating func singleItem(
    _ item: ListItem,
    followers: TokenSet,
    parse: (inout Parser) -> Void
  ) {
    guard startsItem(item, 0, followers) else { return unexpected(item.description) }
    parse(&self)
    while at(.comma) {
      if endsList(1, item, followers) {
        report(TrailingComma.finding(here, item.list))
        return bump()
      }
      report(UnexpectedToken.severalPlaces(here))
      bump()
      parse(&self)
    }
  }
}
