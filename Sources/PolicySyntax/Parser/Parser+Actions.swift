import PolicySource

extension Parser {
  /// actions ::= pattern ( "," pattern )* ( "except" pattern ( "," pattern )* )?
  ///
  /// - Parameter followers: The words that may follow; one is a service when a `.` follows it.
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
    guard startsPattern(0, followers) else {
      return unexpected("an action", help: actionHelp)
    }
    pattern(followers)
    while true {
      if at(.comma) {
        guard startsPattern(1, followers) else { return trailingComma(of: "the actions") }
        bump()
      } else if at(.star) || at(.quotedName) || at(.word) && peek() == .dot {
        report(UnexpectedToken.missingComma(here, after: lastEnd, found: found))
      } else {
        return
      }
      pattern(followers)
    }
  }

  private var actionHelp: String? {
    at(.string) ? "an action is written `service.action`, without quotes" : nil
  }

  private func startsPattern(_ offset: Int, _ followers: TokenSet) -> Bool {
    switch peek(offset) {
    case .star, .quotedName, .glob, .leftBrace, .dot: true
    case .word: !at(followers, offset) || peek(offset + 1) == .dot
    default: false
    }
  }

  /// pattern ::= "*" | ( "*" | services ) "." ( glob | members )
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

  /// services ::= name | "{" name ( "," name )* ","? "}"
  private mutating func services(_ followers: TokenSet) {
    set(.serviceSet, of: "a service", followers) { $0.name("a service") }
  }

  /// members ::= name | "{" ( name | glob ) ( "," ( name | glob ) )* ","? "}"
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
    default: name("an action")
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
    bump()
    if at(.rightBrace) { unexpected(what) }
    while startsSetItem(followers) {
      item(&self)
      if eat(.comma) { continue }
      if startsSetItem(followers) {
        report(UnexpectedToken.missingComma(here, after: lastEnd, found: found))
      }
    }
    if !at(.rightBrace), !at(.endOfFile), !isFirstOnLine(position), !at(followers) {
      unexpected("\(what) or `}`")
      skip { $0.isFirstOnLine($0.position) || $0.at(followers) }
    }
    if !eat(.rightBrace) {
      report(UnclosedBlock.finding(lastEnd, opening: brace, insert: "}"))
      missingBraces -= 1
    }
    close(mark, kind)
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
