import PolicySource

extension Lexer {
  /// A control character: an unreadable token of all that stand in a row.
  mutating func control() {
    let start = position
    var upper = start
    invisible(from: start, upTo: &upper)
    emit(.unreadable, from: start, to: upper)
  }

  /// Reports a run of characters that cannot be seen, once.
  mutating func invisible(from start: Int, upTo upper: inout Int) {
    var found: [Unicode.Scalar] = []
    upper = start
    while upper < end {
      let decoded = decode(upper)
      guard let scalar = decoded.scalar, scalar.isInvisible || scalar == "\r" && !isLineEnd(upper)
      else { break }
      if found.count < 3 { found.append(scalar) }
      upper += decoded.length
    }
    diagnostics.append(InvisibleCharacter.finding(span(start, upper), found))
  }

  /// A character that is not ASCII, where a token begins.
  mutating func wide() {
    let start = position
    let decoded = decode(start)
    guard let scalar = decoded.scalar else { return wideName(from: start, at: start) }
    if scalar.isInvisible {
      control()
    } else if scalar.properties.isXIDContinue {
      wideName(from: start, at: start)
    } else if scalar.isForeignSpace {
      diagnostics.append(InvisibleCharacter.space(span(start, start + decoded.length), scalar))
      emit(.unreadable, from: start, to: start + decoded.length)
    } else if isCurlyQuote(start) {
      foreignString(closing: .curly)
    } else {
      unexpectedCharacter()
    }
  }

  /// A character that begins no token; equal ones in a row are one token.
  mutating func unexpectedCharacter() {
    let start = position
    let first = decode(start)
    var upper = start + first.length
    while upper < end {
      let next = decode(upper)
      guard next.scalar == first.scalar || next.scalar?.isInvisible == true else { break }
      upper += next.length
    }
    diagnostics.append(
      UnexpectedCharacter.finding(span(start, upper), text: text(start, start + first.length))
    )
    emit(.unreadable, from: start, to: upper)
  }
}
