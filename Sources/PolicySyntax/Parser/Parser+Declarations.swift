import PolicySource

extension Parser {
  /// program ::= declaration*
  mutating func program() {
    let mark = open()
    while !at(.endOfFile) {
      let before = position
      if at(TokenSet.declaration) || at(.at) { declaration() } else { strayDeclaration() }
      precondition(position > before, "the parser made no progress")
    }
    close(mark, .program)
  }

  /// declaration ::= annotation* ( catalogue | policy | let | group | ou | assign | test | assert )
  private mutating func declaration() {
    let mark = open()
    let annotations = optionalAnnotations()
    switch keyword {
    case .catalogue: catalogue(mark)
    case .builtIn, .policy, .role: policy(mark)
    case .let: letDeclaration(mark)
    case .group: group(mark)
    case .ou: ou(mark)
    case .assign: assign(mark)
    case .test: test(mark)
    case .assert: assertion(mark)
    default:
      if at(.endOfFile) || at(.rightBrace) {
        report(MisplacedAnnotation.finding(annotations ?? here, before: "a declaration"))
        close(mark, .error)
      } else {
        strayDeclaration()
        close(mark, .error)
      }
    }
  }

  /// Reports what begins no declaration, and skips to what does.
  private mutating func strayDeclaration() {
    let mark = open()
    if at(.rightBrace) {
      if missingBraces < 0, !diagnostics.isEmpty { silence() }
      missingBraces += 1
      report(UnexpectedToken.strayBrace(here))
      bump()
    } else {
      unexpected(
        "a declaration",
        help: strayHelp,
        words: [.catalogue, .policy, .role, .let, .group, .ou, .assign, .test, .assert]
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
    guard at(TokenSet.declaration) || at(.at) else { return false }
    return (lastWas("}") || isFirstOnLine(position)) && startsDeclaration()
  }

  /// Whether a declaration that no brace ends may end here.
  var mayEndDeclaration: Bool {
    at(TokenSet.declaration) || at(.at) || at(.endOfFile) || at(.rightBrace)
  }

  /// Reports what cannot follow a declaration that no brace ends, and skips to the next.
  mutating func endDeclaration(_ expected: String, words: [Keyword] = []) {
    guard !mayEndDeclaration else { return }
    unexpected("\(expected) or the next declaration", words: words)
    skip { $0.resumesProgram }
  }

  /// Any number of annotations, and their place.
  mutating func optionalAnnotations() -> SourceSpan? {
    guard at(.at) else { return nil }
    let mark = open()
    while at(.at) { annotation() }
    return span(mark)
  }

  /// annotation ::= "@" name ( "(" ( string | name | integer ) ( "," ( … ) )* ")" )?
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
