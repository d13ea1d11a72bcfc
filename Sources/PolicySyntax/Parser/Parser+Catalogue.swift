import PolicySource

extension Parser {
  /// catalogue ::= "catalogue" name string? "{" ( attributes | service )* "}"
  mutating func catalogue(_ mark: Mark) {
    bump()
    name("the name of the catalogue")
    optionalTitle()
    block(.catalogue) { $0.catalogueItem() }
    close(mark, .catalogue)
  }

  private mutating func catalogueItem() {
    let mark = open()
    let annotations = optionalAnnotations()
    if at(.service) { return service(mark) }
    if let annotations {
      note(MisplacedAnnotation.finding(annotations, before: "a service"))
      close(mark, .error)
    }
    if at(TokenSet.attributes) { attributes() }
  }

  /// attributes ::= ( "principal" | "context" | "resource" ) "{" attribute* "}"
  private mutating func attributes() {
    let mark = open()
    bump()
    block(.attributes) { $0.attribute() }
    close(mark, .attributeBlock)
  }

  /// attribute ::= annotation* name ":" type string? ","?
  private mutating func attribute() {
    let mark = open()
    _ = optionalAnnotations()
    name("the name of an attribute")
    if !eat(.colon) {
      unexpected("`:` and a type", insert: startsType ? ":" : nil)
      guard startsType else { return close(mark, .attribute) }
    }
    type()
    optionalTitle()
    _ = eat(.comma)
    close(mark, .attribute)
  }

  /// Whether a type may begin here, and not the next attribute.
  private var startsType: Bool {
    at(.string) || at(TokenSet.name) && peek() != .colon
  }

  /// type ::= "Bool" | … | "Set" "<" ( … ) ">" | string ( "|" string )+
  private mutating func type() {
    let mark = open()
    if at(.string) {
      oneOfType(mark)
    } else if startsType {
      name("a type")
      guard at(.less) else { return close(mark, .namedType) }
      bump()
      name("the type of the elements")
      expect(.greater, ">")
      close(mark, .setType)
    } else {
      unexpected(
        "a type",
        help: "the types are `Bool`, `Int`, `String`, `IP`, `Time`, `Path`, "
          + "`Principal`, `Set<…>` and `\"one\" | \"of\" | \"these\"`"
      )
    }
  }

  private mutating func oneOfType(_ mark: Mark) {
    leaf(.string)
    if !at(.bar), !at(.or) {
      unexpected("`|` and another string", help: "a one-of type lists at least two strings")
    }
    while at(.bar) || at(.or) {
      if at(.or) { respell(at: here, as: "|") }
      bump()
      if at(.string) { leaf(.string) } else { unexpected("a string") }
    }
    close(mark, .oneOfType)
  }

  /// service ::= annotation* "service" name string? "{" ( "resource" "{" attribute+ "}" )?
  ///             member* "}"
  private mutating func service(_ mark: Mark) {
    bump()
    if kind == .quotedName { checkName(without: UInt8(ascii: "."), .dot) }
    name("the name of a service")
    optionalTitle()
    var isFirst = true
    block(.service) { parser in
      if parser.startsServiceAttributes {
        if !isFirst { parser.report(UnexpectedToken.lateAttributes(parser.here)) }
        parser.attributes()
      } else {
        parser.member()
      }
      isFirst = false
    }
    close(mark, .service)
  }

  /// `resource {` followed by a name and `:`; else it is a group called `resource`.
  private var startsServiceAttributes: Bool {
    guard at(.resource), peek() == .leftBrace else { return false }
    let name = afterAnnotations(ahead(2))
    return TokenSet.name.contains(kind(at: name), 0) && kind(at: following(name)) == .colon
  }

  /// member ::= annotation* name string? ( "{" member* "}" )? ","?
  private mutating func member() {
    let mark = open()
    if let annotations = optionalAnnotations(), !at(TokenSet.name), !at(.string) {
      report(MisplacedAnnotation.finding(annotations, before: "an action"))
      return close(mark, .error)
    }
    name("the name of an action")
    optionalTitle()
    if at(.leftBrace) { memberBlock() }
    _ = eat(.comma)
    close(mark, .member)
  }

  private mutating func memberBlock() {
    let mark = open()
    if enter() {
      block(.members) { $0.member() }
      leave()
      close(mark, .memberBlock)
    } else {
      skipBalanced(.leftBrace, .rightBrace)
      close(mark, .error)
    }
  }

  /// Reports a name between backquotes that contains what separates such names from others.
  mutating func checkName(without byte: UInt8, _ problem: NameProblem) {
    let text = text(at: position)
    if text.utf8.contains(byte) { note(InvalidName.quoted(here, text: text, problem)) }
  }
}
