import PolicySource

/// The blocks of the grammar that hold any number of the same.
enum Block {
  case catalogue, attributes, service, members, policy, group, units, test

  /// What stands in it, for a message.
  var contents: String {
    switch self {
    case .catalogue: "`service`, `principal`, `context` or `resource`"
    case .attributes: "an attribute"
    case .service, .members: "an action or a group of actions"
    case .policy: "`allow` or `deny`"
    case .group: "`user`, `service-account` or `group`"
    case .units: "a unit"
    case .test: "`allow` or `deny`"
    }
  }

  /// The words that may begin what stands in it.
  var words: [Keyword] {
    switch self {
    case .catalogue: [.service, .principal, .context, .resource]
    case .policy: [.allow, .deny]
    case .group: [.user, .serviceAccount, .group]
    case .test: [.allow, .deny, .as, .in, .with]
    case .attributes, .service, .members, .units: []
    }
  }
}

extension Parser {
  /// `"{" item* "}"`.
  mutating func block(_ block: Block, item: (inout Parser) -> Void) {
    guard let brace = openBrace(block) else { return }
    while true {
      if at(.rightBrace), !closesOther(brace) {
        if eatStrayBrace(brace) { continue }
        return bump()
      }
      if at(.endOfFile) || at(.rightBrace) || endsUnclosed(block, brace) {
        return reportUnclosed(brace)
      }
      let before = position
      if startsItem(block) { item(&self) } else { stray(block) }
      precondition(position > before, "the parser made no progress")
    }
  }

  /// The position of the block's brace; one that is missing is reported, and taken as read where
  /// the file has a `}` too many.
  private mutating func openBrace(_ block: Block) -> Int? {
    let brace = position
    if eat(.leftBrace) { return brace }
    unexpected("`{`", insert: missingBraces < 0 ? " {" : nil)
    guard missingBraces < 0 else { return nil }
    missingBraces += 1
    return startsItem(block) || at(.rightBrace) ? max(0, brace - 1) : nil
  }

  private func startsItem(_ block: Block) -> Bool {
    switch block {
    case .catalogue: return at(.service) || at(TokenSet.attributes) || at(.at)
    case .attributes, .service, .members, .units:
      return at(TokenSet.name) || at(.at)
    case .policy: return at(TokenSet.effect) || at(.at)
    case .group: return at(TokenSet.memberSubject)
    case .test: return at(TokenSet.effect) || at(.as) || at(.in) || at(.with)
    }
  }

  /// Whether the next token surely belongs to what comes after a block that lacks its `}`.
  private func endsUnclosed(_ block: Block, _ brace: Int) -> Bool {
    if missingBraces > 0, isFirstOnLine(position), column(position) <= indentation(brace) {
      return true
    }
    switch block {
    case .catalogue, .policy, .test: return startsDeclaration()
    case .attributes: return peek() != .colon && !at(.at) && startsDeclaration()
    case .group:
      guard startsDeclaration() else { return false }
      return !at(.group) || peek(2) == .leftBrace || peek(2) == .string
    case .service, .members, .units: return false
    }
  }

  /// Whether a `}` closes a block further out, by its indentation, and one `}` is missing.
  private func closesOther(_ brace: Int) -> Bool {
    missingBraces > 0 && isFirstOnLine(position) && column(position) < indentation(brace)
  }

  /// Consumes a `}` whose `{` is missing further in, by its indentation.
  private mutating func eatStrayBrace(_ brace: Int) -> Bool {
    guard missingBraces < 0, isFirstOnLine(position), column(position) > indentation(brace) else {
      return false
    }
    missingBraces += 1
    let mark = open()
    bump()
    close(mark, .error)
    return true
  }

  private mutating func reportUnclosed(_ brace: Int) {
    let opening = span(at: brace)
    let isOneLine = source.lineIndex(of: opening.lower) == source.lineIndex(of: lastUpper)
    let closing =
      isOneLine ? " }" : "\n" + String(repeating: " ", count: indentation(brace)) + "}"
    report(UnclosedBlock.finding(lastEnd, opening: opening, insert: closing))
    missingBraces -= 1
  }

  /// Reports what does not belong into a block, and skips to what does.
  private mutating func stray(_ block: Block) {
    unexpected(block.contents, words: block.words)
    let mark = open()
    skipOne()
    while !at(.endOfFile), !at(.rightBrace), !resumes(block) { skipOne() }
    close(mark, .error)
  }

  /// Whether a block goes on here after a mistake; words that are also names must begin a line.
  private func resumes(_ block: Block) -> Bool {
    switch block {
    case .policy, .test: startsItem(block) || isFirstOnLine(position) && startsDeclaration()
    case .catalogue, .group:
      startsItem(block) && (isFirstOnLine(position) || lastWasBrace)
        || isFirstOnLine(position) && startsDeclaration()
    case .attributes, .service, .members, .units: startsItem(block)
    }
  }

  private var lastWasBrace: Bool {
    lastUpper > 0 && source.bytes[Int(lastUpper) - 1] == UInt8(ascii: "}")
  }
}
