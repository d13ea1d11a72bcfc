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

/// A block whose end is awaited.
struct OpenBlock {
  let kind: Block
  /// The position of its `{`; nothing where that is missing.
  let brace: Int?
  /// The position of the first token of what has the block.
  let owner: Int
}

extension Parser {
  /// `"{" item* "}"`.
  mutating func block(_ kind: Block, of owner: Int, item: (inout Parser) -> Void) {
    guard let block = openBlock(kind, owner) else { return }
    while true {
      if at(.rightBrace), !closesOther(block) {
        if eatStrayBrace(block) { continue }
        return bump()
      }
      if at(.endOfFile) || at(.rightBrace) || endsUnclosed(block) { return reportUnclosed(block) }
      let before = position
      if startsItem(kind) || lacksEffect(kind) { item(&self) } else { stray(kind) }
      precondition(position > before, "the parser made no progress")
    }
  }

  /// Consumes the block's brace.
  ///
  /// One that is missing is reported, and taken as read where the file
  /// has a `}` too many.
  private mutating func openBlock(_ kind: Block, _ owner: Int) -> OpenBlock? {
    let brace = position
    if eat(.leftBrace) { return OpenBlock(kind: kind, brace: brace, owner: owner) }
    let isKnown = missingBraces < 0 && (startsItem(kind) || at(.rightBrace))
    unexpected("`{`", insert: isKnown ? " {" : nil)
    guard isKnown else { return nil }
    missingBraces += 1
    return OpenBlock(kind: kind, brace: nil, owner: owner)
  }

  func startsItem(_ block: Block) -> Bool {
    switch block {
    case .catalogue: return at(.service) || at(TokenSet.attributes) || at(.at)
    case .attributes: return at(TokenSet.name) || at(.at) || at(.colon)
    case .service, .members, .units: return at(TokenSet.name) || at(.at)
    case .policy: return at(TokenSet.effect) || at(.at)
    case .group: return at(TokenSet.memberSubject)
    case .test: return at(TokenSet.effect) || at(.as) || at(.in) || at(.with)
    }
  }

  /// Whether an action stands where `allow` or `deny` should stand, or after a word that is meant
  /// to be one of them.
  func lacksEffect(_ kind: Block) -> Bool {
    switch kind {
    case .policy, .test: startsPlainPattern(0) || misspellsEffect
    default: false
    }
  }

  private func startsPlainPattern(_ offset: Int) -> Bool {
    switch peek(offset) {
    case .star, .leftBrace: true
    case .word, .quotedName: peek(offset + 1) == .dot && !at(TokenSet.attributes, offset)
    default: false
    }
  }

  /// Whether a word stands before an action where `allow` or `deny` should.
  private var misspellsEffect: Bool {
    at(.word) && !at(TokenSet.ruleClause) && !at(.except) && peek() != .leftBrace
      && startsPlainPattern(1)
  }

  /// Reports that `allow` or `deny` is missing, or another word stands for it.
  mutating func missingEffect() {
    unexpected(Block.policy.contents, words: Block.policy.words, isStranger: true)
    if misspellsEffect { leaf(.error) }
  }

  /// Whether the next token surely belongs to what comes after a block that lacks its `}`.
  private func endsUnclosed(_ block: OpenBlock) -> Bool {
    if missingBraces > 0, isFurtherOut(block) { return true }
    return startsOuterDeclaration(block.kind) && (missingBraces > 0 || isFurtherOut(block))
  }

  /// Whether a line begins here that is indented no more than the one that has the block.
  private func isFurtherOut(_ block: OpenBlock) -> Bool {
    isFirstOnLine(position) && column(position) <= indentation(block.owner)
  }

  /// Whether what begins here can be a declaration, and nothing that belongs into the block.
  private func startsOuterDeclaration(_ kind: Block) -> Bool {
    switch kind {
    case .catalogue, .policy, .test: startsDeclaration()
    case .attributes: startsDeclaration() && peek() != .colon && !at(.at)
    case .group:
      startsDeclaration() && (!at(.group) || peek(2) == .leftBrace || peek(2) == .string)
    case .service, .members, .units: false
    }
  }

  /// Whether a `}` closes a block further out, by its indentation, and one `}` is missing.
  private func closesOther(_ block: OpenBlock) -> Bool {
    missingBraces > 0 && isFirstOnLine(position) && column(position) < indentation(block.owner)
  }

  /// Consumes a `}` whose `{` is missing further in, by its place.
  private mutating func eatStrayBrace(_ block: OpenBlock) -> Bool {
    guard missingBraces < 0 else { return false }
    let isFirst = isFirstOnLine(position)
    guard
      isFirst ? column(position) > indentation(block.owner) : hasReportedLine && !isOneLine(block)
    else { return false }
    missingBraces += 1
    leaf(.error)
    return true
  }

  /// Whether all of a block that was read is on one line.
  private func isOneLine(_ block: OpenBlock) -> Bool {
    let opening = span(at: block.brace ?? block.owner).lower
    return source.lineIndex(of: opening) == source.lineIndex(of: lastUpper)
  }

  private mutating func reportUnclosed(_ block: OpenBlock) {
    let margin = String(repeating: " ", count: indentation(block.owner))
    report(
      UnclosedBlock.finding(
        lastEnd,
        opening: block.brace.map { span(at: $0) },
        insert: isOneLine(block) ? " }" : "\n\(margin)}"
      )
    )
    missingBraces -= 1
  }

  /// Reports what does not belong into a block, and skips to what does.
  mutating func stray(_ kind: Block) {
    let mark = open()
    let isAttribute = (kind == .service || kind == .members) && at(.colon)
    if isAttribute {
      report(UnexpectedToken.attributeAmongActions(here))
      bump()
    } else if let annotations = optionalAnnotations() {
      report(MisplacedAnnotation.finding(annotations, before: nil))
      return close(mark, .error)
    } else {
      unexpected(kind.contents, words: kind.words, isStranger: true)
      skipOne()
    }
    while !at(.endOfFile), !at(.rightBrace), isAttribute || !resumes(kind) { skipOne() }
    close(mark, .error)
  }

  /// Whether a block goes on here after a mistake; words that are also names must begin a line.
  private func resumes(_ block: Block) -> Bool {
    switch block {
    case .policy, .test:
      (startsItem(block) || isFirstOnLine(position) && lacksEffect(block)) && !lastWas(".")
        || startsDeclarationLine
    case .catalogue:
      (at(.at) ? keyword(at: afterAnnotations(position)) == .service : startsItem(block))
        && (isFirstOnLine(position) || lastWas("}"))
        || startsDeclarationLine
    case .group:
      startsItem(block) && (isFirstOnLine(position) || lastWas("}"))
        || startsDeclarationLine
    case .attributes, .service, .members, .units: startsItem(block)
    }
  }
}
