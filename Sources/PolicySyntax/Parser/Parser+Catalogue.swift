import PolicySource

extension Parser {
  /// What there is to decide about.
  ///
  ///     catalogue ::= "catalogue" name string? "{" ( attributes | service )* "}"
  mutating func catalogue(_ mark: Mark) {
    let start = position
    bump()
    name("the name of the catalogue")
    optionalTitle()
    block(.catalogue, of: start) { $0.catalogueItem() }
    close(mark, .catalogue)
  }

  private mutating func catalogueItem() {
    let mark = open()
    let annotations = optionalAnnotations()
    if at(.service) { return service(mark) }
    if let annotations {
      if at(TokenSet.attributes) || at(.rightBrace) || at(.endOfFile) {
        report(MisplacedAnnotation.finding(annotations, before: "a service"))
      } else {
        unexpected(Block.catalogue.contents, words: Block.catalogue.words, isStranger: true)
      }
      close(mark, .error)
    }
    if at(TokenSet.attributes) { attributes() }
  }

  /// What is known of the principal, the context or every resource.
  ///
  ///     attributes ::= ( "principal" | "context" | "resource" ) "{" attribute* "}"
  private mutating func attributes() {
    let mark = open()
    let start = position
    bump()
    block(.attributes, of: start) { $0.attribute() }
    close(mark, .attributeBlock)
  }

  /// One attribute and its type.
  ///
  ///     attribute ::= annotation* name ":" type string? ","?
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
    at(.string) || at(.less) || at(TokenSet.name) && peek() != .colon
  }

  /// The type of an attribute.
  ///
  ///     type ::= "Bool" | "Int" | "String" | "IP" | "Time" | "Path" | "Principal"
  ///            | "Set" "<" ( "String" | "Path" | "Principal" ) ">"
  ///            | string ( "|" string )+
  ///
  /// Any name is read as a type; the checker knows which there are.
  private mutating func type() {
    let mark = open()
    if at(.less) {
      unexpected("a type", insert: " Set")
      setType(mark)
    } else if at(.string) {
      oneOfType(mark)
    } else if startsType {
      name("a type")
      if at(.less) {
        setType(mark)
      } else if at(.notEqual) {
        emptySetType(mark)
      } else {
        close(mark, .namedType)
      }
    } else {
      unexpected(
        "a type",
        help: "the types are `Bool`, `Int`, `String`, `IP`, `Time`, `Path`, "
          + "`Principal`, `Set<…>` and `\"one\" | \"of\" | \"these\"`"
      )
    }
  }

  /// `"Set" "<" name ">"`, after the name.
  private mutating func setType(_ mark: Mark) {
    bump()
    name("the type of the elements")
    expect(.greater, ">")
    close(mark, .setType)
  }

  /// `Set<>`, which reads as an operator.
  private mutating func emptySetType(_ mark: Mark) {
    withdrawSpelling(at: here)
    unexpected("the type of the elements between `<` and `>`")
    bump()
    close(mark, .error)
  }

  private mutating func oneOfType(_ mark: Mark) {
    var count = 0
    while true {
      if at(.string) { leaf(.string) } else { unexpected("a string") }
      count += 1
      if at(.or) { respell(at: here, as: "|") }
      if at(.bar) || at(.or) {
        bump()
      } else if count == 1 || at(.string) && peek() == .bar {
        unexpected("`|` and another string", help: "a one-of type lists at least two strings")
        guard at(.string) else { break }
      } else {
        break
      }
    }
    close(mark, .oneOfType)
  }

  /// A service with its attributes and actions.
  ///
  ///     service ::= annotation* "service" name string? "{" ( "resource" "{" attribute+ "}" )?
  ///                  member* "}"
  private mutating func service(_ mark: Mark) {
    let start = position
    bump()
    if kind == .quotedName { checkName(without: UInt8(ascii: "."), .dot) }
    name("the name of a service")
    optionalTitle()
    var isFirst = true
    block(.service, of: start) { parser in
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

  /// How many tokens are looked at, so that looking takes constant time.
  private static let attributeLookahead = 64

  /// Whether attributes follow `resource {`, and not the members of a group called `resource`:
  /// attributes have colons.
  private var startsServiceAttributes: Bool {
    guard at(.resource) else { return false }
    if at(TokenSet.name, 1), peek(2) == .colon { return true }
    guard peek() == .leftBrace else { return false }
    var next = ahead(2)
    for _ in 0..<Self.attributeLookahead {
      switch kind(at: next) {
      case .colon: return true
      case .leftBrace, .rightBrace, .endOfFile: return false
      default: next = following(next)
      }
    }
    return false
  }

  /// An action, or with a block a group of actions.
  ///
  ///     member ::= annotation* name string? ( "{" member* "}" )? ","?
  private mutating func member() {
    let mark = open()
    if let annotations = optionalAnnotations(), !at(TokenSet.name), !at(.string) {
      report(MisplacedAnnotation.finding(annotations, before: "an action"))
      return close(mark, .error)
    }
    let start = position
    name("the name of an action")
    optionalTitle()
    if at(.leftBrace) { memberBlock(of: start) }
    _ = eat(.comma)
    close(mark, .member)
  }

  private mutating func memberBlock(of start: Int) {
    let mark = open()
    if enter() {
      block(.members, of: start) { $0.member() }
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
