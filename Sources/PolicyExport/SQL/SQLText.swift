import PolicyEngine
import PolicyModel
import PolicySource

/// Writes literals and names that PostgreSQL and DuckDB read alike, and says what they cannot.
struct SQLText {
  private(set) var findings: [Diagnostic] = []

  /// A text in quotes.
  ///
  /// - Complexity: O(length).
  mutating func literal(_ text: String, at span: SourceSpan) -> String {
    if text.utf8.contains(0) {
      let help = "the texts of PostgreSQL have no such character"
      report(NotExpressible.finding("the character U+0000", in: "SQL", at: span, help: help))
    }
    return Self.quoted(text, "'")
  }

  /// A text in quotes, or NULL.
  mutating func literal(_ text: String?, at span: SourceSpan) -> String {
    guard let text else { return "NULL" }
    return literal(text, at: span)
  }

  mutating func report(_ finding: Diagnostic) { findings.append(finding) }

  /// A name of this export's own, or an attribute's.
  static func name(_ text: String) -> String { quoted(text, "\"") }

  private static func quoted(_ text: String, _ quote: String) -> String {
    quote + text.replacing(quote, with: quote + quote) + quote
  }

  static func literal(_ flag: Bool) -> String { flag ? "TRUE" : "FALSE" }

  static func literal(_ number: Int64) -> String {
    // Both read the digits before the sign, and the smallest number has one more than fits.
    number == .min ? "CAST('\(number)' AS BIGINT)" : "\(number)"
  }

  /// An array of texts that are written already.
  static func array(_ literals: [String]) -> String {
    "ARRAY[\(literals.joined(separator: ", "))]::TEXT[]"
  }

  /// A user or service account as the tables have it, such as `user:ada`.
  static func token(_ principal: PrincipalID) -> String {
    "\(principal.kind.word):\(principal.id)"
  }

  /// An address as 32 hexadecimal digits; of IPv4, those of the IPv6 address that maps it.
  static func digits(_ address: IPAddress) -> String {
    let (high, low) =
      address.isVersion4 ? (0, 0xffff_0000_0000 | address.low) : (address.high, address.low)
    return [high, low].map { word in
      let digits = String(word, radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }.joined()
  }

  /// What the digits of every IPv4 address begin with.
  static let version4 = String(repeating: "0", count: 20) + "ffff"

  /// The last microsecond that is not after a point in time.
  mutating func literal(_ time: Instant, at span: SourceSpan) -> String {
    // From 0001-01-01T00:00:00Z on.
    if time.seconds < -62_135_596_800 {
      let help = "PostgreSQL counts the years before 0001 backwards"
      report(NotExpressible.finding("a time before the year 0001", in: "SQL", at: span, help: help))
    } else if !time.hasText {
      report(NotExpressible.time(time, in: "SQL", at: span))
    }
    let whole = Instant(seconds: time.seconds, nanoseconds: time.nanoseconds / 1000 * 1000)
    return "TIMESTAMPTZ '\("\(whole)".dropLast())+00'"
  }
}

/// Writes the rows of one table, a thousand to a statement.
struct SQLRows {
  private let table: String
  private var count = 0
  private(set) var text = ""

  init(into table: String) { self.table = table }

  /// Adds a row of literals.
  mutating func add(_ literals: [String]) {
    if count % 1000 == 0 {
      text += count == 0 ? "" : ";\n"
      text += "INSERT INTO \(table) VALUES\n"
    } else {
      text += ",\n"
    }
    text += "  (" + literals.joined(separator: ", ") + ")"
    count += 1
  }

  /// The statements, if there is a row.
  var statements: String { count == 0 ? "" : text + ";\n" }
}
