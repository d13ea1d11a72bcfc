import PolicySource

extension Parser {
  /// A whole file.
  ///
  ///     program ::= declaration*
  mutating func program() {
    let mark = open()
    var wasWrong = false
    while !at(.endOfFile) {
      let before = position
      let mistakesBefore = mistakes
      // A brace that is missing in one declaration is one too many after it.
      if wasWrong, at(.rightBrace), missingBraces < 0 { silence() }
      if at(TokenSet.declaration) || at(.at) { declaration() } else { strayDeclaration() }
      wasWrong = mistakes > mistakesBefore
      precondition(position > before, "the parser made no progress")
    }
    close(mark, .program)
  }

  /// What stands at the top of a file.
  ///
  ///     declaration ::= annotation*
  ///                     ( catalogue | policy | let | group | ou | assign | test | assert )
  private mutating func declaration() {
    let mark = open()
    declarationStart = position
    let annotations = optionalAnnotations()
    switch keyword {
    case .catalogue: catalogue(mark)
    case .builtIn, .policy, .role: policy(mark)
    case .let: `let`(mark)
    case .group: group(mark)
    case .ou: ou(mark)
    case .assign: assign(mark)
    case .test: test(mark)
    case .assert: assert(mark)
    case nil where at(.endOfFile) || at(.rightBrace):
      report(MisplacedAnnotation.finding(annotations ?? here, before: "a declaration"))
      close(mark, .error)
    default:
      strayDeclaration()
      close(mark, .error)
    }
  }

  /// Reports what begins no declaration, and skips to what does.
  private mutating func strayDeclaration() {
    let mark = open()
    if at(.rightBrace) {
      missingBraces += 1
      report(UnexpectedToken.strayBrace(here))
      bump()
    } else {
      unexpected(
        "a declaration",
        help: strayHelp,
        words: [.catalogue, .policy, .role, .let, .group, .ou, .assign, .test, .assert],
        isStranger: true
      )
      skipOne()
      while !at(.endOfFile), !resumesProgram {
        if at(.rightBrace) { missingBraces += 1 }
        skipOne()
      }
    }
    close(mark, .error)
  }

  private var strayHelp: String? {
    switch keyword {
    case .allow, .deny: "a rule stands in a policy"
    case .service: "a service stands in a catalogue"
    case .includes: "`includes` stands before the block of a policy"
    default: nil
    }
  }

  /// Whether a declaration begins here, after a mistake.
  private var resumesProgram: Bool {
    if at(.at) { return isFirstOnLine(position) }
    return startsDeclarationLine || lastWas("}") && startsDeclaration()
  }

  /// Whether a declaration that no brace ends may end here.
  var mayEndDeclaration: Bool {
    at(TokenSet.declaration) || at(.at) || at(.endOfFile) || at(.rightBrace)
  }

  /// Reports what cannot follow a declaration that no brace ends, and skips to the next.
  mutating func endDeclaration(_ expected: String, words: [Keyword] = []) {
    guard !mayEndDeclaration else { return }
    unexpected(expected, words: words, isStranger: true)
    skip { $0.resumesProgram }
  }

  /// Any number of annotations, and their place.
  mutating func optionalAnnotations() -> SourceSpan? {
    guard at(.at) else { return nil }
    let mark = open()
    while at(.at) { annotation() }
    return span(mark)
  }

  /// A remark for tools and for the checker.
  ///
  ///     annotation ::= "@" name
  ///                    ( "(" ( string | name | integer ) ( "," ( string | name | integer ) )* ")" )?
  private mutating func annotation() {
    let mark = open()
    bump()
    name("the name of an annotation")
    if at(.leftParenthesis) {
      let opening = here
      bump()
      commaList(.argument) { $0.annotationArgument() }
      closeParenthesis(opening)
    }
    close(mark, .annotation)
  }

  private mutating func annotationArgument() {
    switch kind {
    case .integer: leaf(.integer)
    case .string: leaf(.string)
    default: name("a string, a name or an integer")
    }
  }

  /// `)`, or a report that it is missing.
  mutating func closeParenthesis(_ opening: SourceSpan) {
    if eat(.rightParenthesis) { return }
    report(UnexpectedToken.unclosedParenthesis(gap, opening: opening, after: lastEnd, found: found))
  }
}
