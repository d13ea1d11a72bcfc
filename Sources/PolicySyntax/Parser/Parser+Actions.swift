import PolicySource

extension Parser {
  /// The actions that a rule, expectation or assertion is about.
  ///
  ///     actions ::= pattern ( "," pattern )* ( "except" pattern ( "," pattern )* )?
  ///
  /// The followers are the words that may come next; one is a service when a `.` follows it.
  mutating func actions(followers: TokenSet) {
    let mark = open()
    patterns(followers)
    if at(.except), peek() != .dot {
      let mark = open()
      bump()
      patterns(followers)
      close(mark, .exceptClause)
    }
    close(mark, .actions)
  }

  private mutating func patterns(_ followers: TokenSet) {
    guard startsPattern(0, followers) else { return missingActions() }
    pattern(followers)
    while true {
      if at(.comma) {
        guard startsPattern(1, followers) else {
          report(TrailingComma.finding(here, "the actions"))
          return bump()
        }
        bump()
      } else if lacksComma(followers) {
        report(UnexpectedToken.missingComma(here, after: lastEnd, found: found))
      } else {
        return
      }
      let before = position
      pattern(followers)
      precondition(position > before, "the parser made no progress")
    }
  }

  /// Whether a pattern begins here although no comma stands before it; attributes begin a condition.
  private func lacksComma(_ followers: TokenSet) -> Bool {
    if isFirstOnLine(position), column(position) <= lastIndentation { return false }
    return at(.star) || at(.quotedName) || at(.word) && peek() == .dot && !at(TokenSet.attributes)
  }

  private mutating func missingActions() {
    guard at(.string) else { return unexpected("an action") }
    let text = text(at: position).dropFirst().dropLast()
    report(UnexpectedToken.quotedAction(here, found: found, action: String(text)))
    leaf(.error)
  }

  private func startsPattern(_ offset: Int, _ followers: TokenSet) -> Bool {
    switch peek(offset) {
    case .star, .quotedName, .glob, .leftBrace, .dot: true
    case .string: peek(offset + 1) == .dot
    case .word: !at(followers, offset) || peek(offset + 1) == .dot
    default: false
    }
  }

  /// Some actions of some services.
  ///
  ///     pattern ::= "*" | ( "*" | services ) "." ( glob | members )
  private mutating func pattern(_ followers: TokenSet) {
    let mark = open()
    switch kind {
    case .star:
      leaf(.star)
      if !at(.dot) { return close(mark, .pattern) }
    case .leftBrace: services(followers)
    case .glob:
      unexpected("a service", help: "a glob stands after the `.`, for the actions of a service")
      leaf(.glob)
      if !at(.dot) { return close(mark, .error) }
    case .dot: unexpected("a service before the `.`")
    default: name("a service")
    }
    if !eat(.dot), !missingDot(followers) { return close(mark, .pattern) }
    members(followers)
    if at(.dot) { nestedPath() }
    close(mark, .pattern)
  }

  /// Reports a service without an action; an action that follows is read all the same.
  private mutating func missingDot(_ followers: TokenSet) -> Bool {
    let service = source.text(lastNodeLower, lastUpper)
    let isMember =
      !isFirstOnLine(position) && peek() != .dot
      && (at(.leftBrace) || at(.glob) || at(TokenSet.name) && !at(followers) && !at(.in))
    report(
      UnexpectedToken.missingAction(
        gap,
        service: service,
        found: found,
        after: lastEnd,
        insert: isMember ? "." : ".*"
      )
    )
    return isMember
  }

  /// One service or several.
  ///
  ///     services ::= name | "{" name ( "," name )* ","? "}"
  private mutating func services(_ followers: TokenSet) {
    set(.serviceSet, of: "a service", followers) { $0.name("a service") }
  }

  /// One action, or group of actions, or several.
  ///
  ///     members ::= name | "{" ( name | glob ) ( "," ( name | glob ) )* ","? "}"
  private mutating func members(_ followers: TokenSet) {
    switch kind {
    case .star: leaf(.star)
    case .glob: leaf(.glob)
    case .leftBrace:
      set(.memberSet, of: "an action", followers) { parser in
        switch parser.kind {
        case .star: parser.leaf(.star)
        case .glob: parser.leaf(.glob)
        default: parser.name("an action")
        }
      }
    default:
      if startsRule { unexpected("an action after `.`") } else { name("an action after `.`") }
    }
  }

  /// Whether `allow` or `deny` begins a rule here: no action is followed by another.
  private var startsRule: Bool {
    guard at(TokenSet.effect), isFirstOnLine(position) else { return false }
    switch peek() {
    case .star, .leftBrace, .glob: return true
    case .word, .quotedName: return peek(2) == .dot
    default: return false
    }
  }

  /// `"{" item ( "," item )* ","? "}"`.
  private mutating func set(
    _ kind: NodeKind,
    of what: String,
    _ followers: TokenSet,
    item: (inout Parser) -> Void
  ) {
    let mark = open()
    let brace = here
    let before = mistakes
    bump()
    if at(.rightBrace) { unexpected(what) }
    while startsSetItem(followers) {
      let before = position
      item(&self)
      precondition(position > before, "the parser made no progress")
      if eat(.comma) { continue }
      if startsSetItem(followers) {
        report(UnexpectedToken.missingComma(here, after: lastEnd, found: found))
      }
    }
    if !at(.rightBrace), !at(.dot), !mayEndSet(followers) {
      unexpected("\(what) or `}`")
      skip { $0.isFirstOnLine($0.position) || $0.at(followers) }
    }
    if !eat(.rightBrace) {
      if mistakes == before {
        report(UnclosedBlock.finding(lastEnd, opening: brace, insert: "}"))
      }
      missingBraces -= 1
    }
    close(mark, kind)
  }

  /// Whether what follows a set without its `}` may begin here.
  private func mayEndSet(_ followers: TokenSet) -> Bool {
    at(.endOfFile) || at(followers) || isFirstOnLine(position)
  }

  private func startsSetItem(_ followers: TokenSet) -> Bool {
    switch kind {
    case .star, .glob, .quotedName, .string, .integer: true
    case .word: !at(followers) || peek() == .comma || peek() == .rightBrace
    default: false
    }
  }

  /// `device.read.list`: actions are named without their groups.
  private mutating func nestedPath() {
    report(UnexpectedToken.nestedPath(here))
    let mark = open()
    while at(.dot) {
      bump()
      if at(TokenSet.name) || at(.star) || at(.glob) { bump() }
    }
    close(mark, .error)
  }
}
