import PolicyModel

/// A text of a policy document, taken apart: literal text, wildcards and variables.
struct AWSPattern: Sendable {
  enum Piece: Hashable, Sendable {
    case text(String)
    case star
    /// `?`: any one character.
    case one
    case variable(String)
  }

  private(set) var pieces: [Piece] = []

  /// Takes a text apart; nil where a `${` does not end.
  ///
  /// `${*}`, `${?}` and `${$}` are the characters themselves.
  init?(_ text: String, hasWildcards: Bool, hasVariables: Bool) {
    var literal = ""
    var rest = text.unicodeScalars[...]
    while let scalar = rest.popFirst() {
      if hasVariables, scalar == "$", rest.first == "{" {
        guard let end = rest.firstIndex(of: "}") else { return nil }
        let name = String(rest.dropFirst()[..<end])
        rest = rest[rest.index(after: end)...]
        if ["*", "?", "$"].contains(name) {
          literal += name
        } else {
          add(.text(literal))
          literal = ""
          pieces.append(.variable(name))
        }
      } else if hasWildcards, scalar == "*" || scalar == "?" {
        add(.text(literal))
        literal = ""
        if scalar == "?" || pieces.last != .star { pieces.append(scalar == "*" ? .star : .one) }
      } else {
        literal.unicodeScalars.append(scalar)
      }
    }
    add(.text(literal))
  }

  private mutating func add(_ piece: Piece) {
    if piece != .text("") { pieces.append(piece) }
  }

  /// The text, where it is nothing but text.
  var literal: String? {
    switch pieces.count {
    case 0: ""
    case 1: if case .text(let text) = pieces[0] { text } else { nil }
    default: nil
    }
  }

  /// The name of the variable that the whole is.
  var wholeVariable: String? {
    if pieces.count == 1, case .variable(let name) = pieces[0],
      !name.utf8.contains(UInt8(ascii: ","))
    {
      name
    } else {
      nil
    }
  }

  /// The variables in it that have no other value to fall back to.
  var variables: [String] {
    pieces.compactMap { piece in
      if case .variable(let name) = piece, !name.utf8.contains(UInt8(ascii: ",")) {
        name
      } else {
        nil
      }
    }
  }

  /// Whether it has only text and stars, so that `like` says it.
  var isLike: Bool {
    pieces.allSatisfy { piece in
      switch piece {
      case .text, .star: true
      case .one, .variable: false
      }
    }
  }

  /// The pattern of `like`; what it has not is any text, so that it matches no less.
  ///
  /// The star at a position can be made one that spans a colon.
  func like(spanningColonAt position: Int? = nil) -> String {
    var text = ""
    for (index, piece) in pieces.enumerated() {
      switch piece {
      case .text(let literal):
        text += describe(string: literal, isPattern: true).dropFirst().dropLast()
      case .star where index == position: text += "*:*"
      default: if !text.hasSuffix("*") || text.hasSuffix("\\*") { text += "*" }
      }
    }
    return "\"\(text)\""
  }

  /// Where each piece stands in an ARN: behind how many colons of literal text, and whether a colon
  /// or the end follows it.
  var components: [(piece: Piece, colons: Int, endsComponent: Bool)] {
    var colons = 0
    return pieces.enumerated().map { index, piece in
      let before = colons
      if case .text(let text) = piece { colons += text.utf8.count { $0 == UInt8(ascii: ":") } }
      var ends = index + 1 == pieces.count
      if !ends, case .text(let next) = pieces[index + 1] {
        ends = next.utf8.first == UInt8(ascii: ":")
      }
      return (piece, before, ends)
    }
  }

  /// Why `like` does not say it.
  var obstacle: String {
    for piece in pieces {
      switch piece {
      case .one: return "a `?` stands for one character, and no pattern here does"
      case .variable(let name): return "the variable `\(name)` is not all of the text"
      case .star, .text: continue
      }
    }
    return "a star here would reach beyond a colon"
  }
}
