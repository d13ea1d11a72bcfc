import PolicySource

/// Sees to it that the clauses of a rule, test, expectation, assignment or assertion stand in order.
///
/// Clauses that are out of order, or there twice, are parsed all the same.
struct ClauseOrderChecker {
  private struct Clause {
    let rank: Int
    let keyword: Keyword
    let span: SourceSpan
  }

  private var seen: [Clause] = []
  /// How many mistakes had been met before; after another, the order is none of ours.
  private let mistakes: Int

  init(_ parser: borrowing Parser) { mistakes = parser.mistakes }

  /// The highest rank so far, 0 before the first clause.
  var rank: Int { seen.map(\.rank).max() ?? 0 }

  /// Parses a clause and reports it when it stands where it should not.
  mutating func clause(
    _ rank: Int,
    _ keyword: Keyword,
    _ parser: inout Parser,
    isRepeatable: Bool = false,
    parse: (inout Parser) -> Void
  ) {
    let start = parser.here
    parse(&parser)
    if parser.mistakes > mistakes { seen.removeAll() }
    let span = SourceSpan(file: parser.file, lower: start.lower, upper: parser.lastUpper)
    if let first = seen.first(where: { $0.keyword == keyword }) {
      if !isRepeatable { parser.note(RepeatedClause.finding(start, keyword, first: first.span)) }
      return
    }
    if !isRepeatable, let later = seen.first(where: { $0.rank > rank }) {
      parser.note(
        ClauseOrder.finding(
          start,
          keyword,
          before: later.keyword,
          at: later.span,
          edits: parser.moving(span, before: later.span)
        )
      )
    }
    seen.append(Clause(rank: rank, keyword: keyword, span: span))
  }
}

extension Parser {
  /// The edits that move a piece of text in front of another, with the blanks before it.
  fileprivate func moving(_ span: SourceSpan, before place: SourceSpan) -> [Edit] {
    var lower = span.lower
    while lower > place.upper, source.bytes[Int(lower) - 1] == UInt8(ascii: " ") { lower -= 1 }
    return [
      Edit(place.start, source.text(span.lower, span.upper) + " "),
      Edit(SourceSpan(file: file, lower: lower, upper: span.upper), ""),
    ]
  }
}
