import PolicySource

extension Parser {
  /// A group of principals.
  ///
  ///     group ::= "group" name string? ( "{" ( member-subject ","? )* "}" )?
  mutating func group(_ mark: Mark) {
    let start = position
    bump()
    name("the name of the group")
    optionalTitle()
    if at(.leftBrace) || at(.user) || at(.serviceAccount) {
      let mark = open()
      block(.group, of: start) { parser in
        parser.memberSubject()
        _ = parser.eat(.comma)
      }
      close(mark, .groupBlock)
    }
    endDeclaration(lastWas("}") ? "the next declaration" : "`{` or the next declaration")
    close(mark, .group)
  }

  /// Someone who can be in a group.
  ///
  ///     member-subject ::= "user" id | "service-account" id | "group" name
  private mutating func memberSubject() {
    let mark = open()
    if eat(.group) {
      name("the name of a group")
    } else {
      bump()
      id("a name or a string")
    }
    close(mark, .memberSubject)
  }

  /// Someone whom an assignment or assertion is about.
  ///
  ///     subject ::= member-subject | "everyone" | "anonymous"
  mutating func subject() {
    let mark = open()
    if at(TokenSet.memberSubject) {
      memberSubject()
    } else if at(.everyone) || at(.anonymous) {
      bump()
    } else {
      return unexpected(
        ListItem.subject.description,
        words: ListItem.subject.words
      )
    }
    close(mark, .subject)
  }

  /// A tree of units.
  ///
  ///     ou ::= "ou" unit
  mutating func ou(_ mark: Mark) {
    bump()
    if at(.outside) {
      report(ReservedName.finding(here, text: "outside", what: "a root unit"))
    }
    unit()
    endDeclaration(lastWas("}") ? "the next declaration" : "`{` or the next declaration")
    close(mark, .ou)
  }

  /// A unit and what is in it.
  ///
  ///     unit ::= annotation* name string? ( "{" ( unit ","? )* "}" )?
  private mutating func unit() {
    let mark = open()
    if let annotations = optionalAnnotations(), !at(TokenSet.name), !at(.string) {
      report(MisplacedAnnotation.finding(annotations, before: "a unit"))
      return close(mark, .error)
    }
    let start = position
    if kind == .quotedName { checkName(without: UInt8(ascii: "/"), .slash) }
    name("the name of a unit")
    optionalTitle()
    if at(.leftBrace) {
      if enter() {
        block(.units, of: start) { parser in
          parser.unit()
          _ = parser.eat(.comma)
        }
        leave()
      } else {
        let mark = open()
        skipBalanced(.leftBrace, .rightBrace)
        close(mark, .error)
      }
    }
    close(mark, .unit)
  }

  /// Gives policies to subjects, somewhere.
  ///
  ///     assign ::= "assign" policy-name ( "," policy-name )* "to" subject ( "," subject )*
  ///                 ( "in" place ( "," place )* )? ( "when" condition )?
  mutating func assign(_ mark: Mark) {
    bump()
    commaList(.policy, followers: .afterAssignedPolicies) { $0.policyName() }
    if eat(.to) || missingTo() {
      commaList(.subject, followers: .afterSubjects) { $0.subject() }
    }
    var clauses = ClauseOrderChecker(self)
    while placeOrPremise(&clauses) {}
    endDeclaration("`,`, `in`, `when` or the next declaration", words: [.in, .when])
    close(mark, .assign)
  }

  /// Reports that `to` is missing; a subject that follows is read all the same.
  private mutating func missingTo() -> Bool {
    let isSubject = at(TokenSet.subject) && !startsDeclaration()
    unexpected("`to`", insert: isSubject ? " to" : nil, words: [.to])
    return isSubject
  }

  /// The `in` or `when` of an assignment or assertion.
  mutating func placeOrPremise(_ clauses: inout ClauseOrderChecker) -> Bool {
    switch keyword {
    case .in:
      clauses.clause(1, .in, &self) { $0.places() }
    case .when:
      clauses.clause(2, .when, &self) { $0.conditionClause(.whenClause, after: .when) }
    default:
      return false
    }
    return true
  }

  /// `"in" place ( "," place )*`.
  private mutating func places() {
    let mark = open()
    bump()
    commaList(.place, followers: .afterPlaces) { $0.place() }
    close(mark, .placeList)
  }

  /// A unit by its path, or outside of all of them.
  ///
  ///     place ::= "outside" | name ( "/" name )*
  mutating func place() {
    let mark = open()
    if at(.outside), peek() != .slash {
      bump()
    } else {
      name("a unit")
      while eat(.slash) { name("a unit after `/`", before: .afterPlaces) }
    }
    close(mark, .place)
  }
}
