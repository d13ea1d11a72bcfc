import PolicySource

extension Parser {
  /// A value.
  ///
  ///     operand ::= attribute-ref | string | integer | "true" | "false" | "user" id
  ///                | "service-account" id | let-name
  mutating func operand(_ expected: String) -> Bool {
    switch kind {
    case .string: leaf(.string)
    case .integer: leaf(.integer)
    case .quotedName: letReference()
    case .word:
      switch keyword {
      case .principal, .resource, .context: attributeRef()
      case .true, .false: leaf(.boolean)
      case .user, .serviceAccount:
        let mark = open()
        bump()
        id("a name or a string")
        close(mark, .principalLiteral)
      case nil: letReference()
      default:
        guard !at(TokenSet.reserved), isLetName else {
          unexpected(expected, help: operandHelp)
          return false
        }
        letReference()
      }
    default:
      unexpected(expected, help: operandHelp)
      return false
    }
    return true
  }

  private var operandHelp: String? {
    switch kind {
    case .word where at(.group): "membership is written `principal in group …`"
    case .leftParenthesis: "a list stands between `[` and `]`"
    default: nil
    }
  }

  /// Whether a keyword can only be the name of a `let` here: nothing follows that would begin a
  /// value, a name or an action.
  private var isLetName: Bool {
    switch peek() {
    case .string, .integer, .star, .glob, .quotedName, .leftBrace, .leftBracket,
      .leftParenthesis, .dot:
      return false
    case .word: return at(TokenSet.afterOperand, 1)
    default: return true
    }
  }

  private mutating func letReference() {
    let mark = open()
    name("a name")
    close(mark, .letReference)
  }

  /// An attribute of a request.
  ///
  ///     attribute-ref ::= ( "principal" | "resource" | "context" ) "." name
  ///                     | "principal" | "resource"
  mutating func attributeRef() {
    let mark = open()
    let isContext = at(.context)
    bump()
    if eat(.dot) {
      name("the name of an attribute", before: .afterOperand)
    } else if isContext {
      let isName = at(TokenSet.name) && !at(TokenSet.afterOperand)
      unexpected("`.` and the name of an attribute", insert: isName ? "." : nil)
      if isName { name("the name of an attribute") }
    }
    close(mark, .attributeReference)
  }

  mutating func operandOrList(_ expected: String) {
    if at(.leftBracket) {
      list()
    } else if !operand(expected), at(.leftParenthesis) {
      let mark = open()
      skipBalanced(.leftParenthesis, .rightParenthesis)
      close(mark, .error)
    }
  }

  /// Several values.
  ///
  ///     list ::= "[" ( operand ( "," operand )* ","? )? "]"
  mutating func list() {
    let mark = open()
    let opening = here
    bump()
    while !at(.rightBracket), !startsDeclaration() {
      guard operand("a value or `]`") else { break }
      if eat(.comma) { continue }
      if at(TokenSet.operand) && !at(TokenSet.afterOperand) && !isFirstOnLine(position) {
        report(UnexpectedToken.missingComma(here, after: lastEnd, found: found))
      } else {
        break
      }
    }
    if !eat(.rightBracket) {
      report(UnexpectedToken.unclosedList(gap, opening: opening, after: lastEnd, found: found))
      if peek() == .rightBracket {
        skipOne()
        _ = eat(.rightBracket)
      }
    }
    close(mark, .list)
  }
}
