import PolicyModel
import Testing

/// The tables of Kleene's strong logic.
@Suite struct TruthTests {
  private typealias Row = (left: Truth, right: Truth, result: Truth)

  @Test func `and is the smaller of the two`() {
    let table: [Row] = [
      (.yes, .yes, .yes), (.yes, .unknown, .unknown), (.yes, .no, .no),
      (.unknown, .yes, .unknown), (.unknown, .unknown, .unknown), (.unknown, .no, .no),
      (.no, .yes, .no), (.no, .unknown, .no), (.no, .no, .no),
    ]
    for row in table { #expect(row.left.and(row.right) == row.result, "\(row)") }
  }

  @Test func `or is the greater of the two`() {
    let table: [Row] = [
      (.yes, .yes, .yes), (.yes, .unknown, .yes), (.yes, .no, .yes),
      (.unknown, .yes, .yes), (.unknown, .unknown, .unknown), (.unknown, .no, .unknown),
      (.no, .yes, .yes), (.no, .unknown, .unknown), (.no, .no, .no),
    ]
    for row in table { #expect(row.left.or(row.right) == row.result, "\(row)") }
  }

  @Test func `the negation of what is unknown is unknown`() {
    #expect(Truth.yes.negated == .no)
    #expect(Truth.no.negated == .yes)
    #expect(Truth.unknown.negated == .unknown)
  }
}
