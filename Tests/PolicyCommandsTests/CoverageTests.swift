import Foundation
import PolicyCommands
import PolicyTestSupport
import Testing

/// What `pol test` says and writes of coverage, and its exit codes.
@Suite struct CoverageTests {
  private static let set = """
    catalogue portal { context { mfa: Bool  n: Int } service device { list read delete } }
    let strong = context.mfa and context.n > 2
    role Observer { allow device.list  allow device.read when strong }
    role Operator includes Observer {
      @id("remove")
      allow device.delete
        when context.mfa
        unless context.n == 7

    }
    policy idle { deny device.list }
    test "one" {
      as Operator
      allow device.list
      allow device.delete with context.mfa = true, context.n = 1
      deny device.delete with context.mfa = false
    }

    """

  private func session() throws -> Session { try Session(["a.pol": Self.set, "b.pol": ""]) }

  @Test func `what is not covered is told with its place`() throws {
    let outcome = try session().pol("test DIR --uncovered")
    #expect(outcome.status == .success)
    #expect(
      outcome.output == """
        1 test passed, with 3 expectations
        0 assertions proved
        covered: 50% of 4 rules, 50% of 6 cells, 50% of 4 condition outcomes, 37.5% of 8 check outcomes
        2 of 4 rules not covered:
          DIR/a.pol:3:42: `Observer#2`: allow device.read
          DIR/a.pol:11:20: `idle#1`: deny device.list
        3 of 6 cells not covered:
          DIR/a.pol:3:6: `Observer` on device.read
          DIR/a.pol:4:6: `Operator` on device.read
          DIR/a.pol:11:8: `idle` on device.list
        2 of 4 condition outcomes not covered:
          DIR/a.pol:3:42: the condition of `Observer#2`, `when context.mfa and context.n > 2`, \
        is never asked
        5 of 8 check outcomes not covered:
          DIR/a.pol:2:14: `context.mfa` is never asked
          DIR/a.pol:2:30: `context.n <= 2` is never asked
          DIR/a.pol:8:12: `context.n == 7` is never true (unknown 1 time)

        """
    )
  }

  @Test func `a tracefile of LCOV adds up`() throws {
    let session = try session()
    let outcome = session.pol("test DIR --coverage DIR/lcov.info")
    #expect(outcome.status == .success)
    #expect(outcome.output.contains("\n2 of 4 rules not covered:\n"))
    let text = try session.text(of: "lcov.info")
      .replacingOccurrences(of: session.folder, with: "DIR")
    let golden = Fixture.folder().appending(path: "Coverage/lcov.info")
    if let problem = Golden.mismatch(text, with: golden) { Issue.record("\(problem)") }
    for record in try Tracefile.records(text) {
      #expect(record.path == "DIR/a.pol")
      #expect(record.told["LF"] == record.lines.count)
      #expect(record.told["LH"] == record.lines.values.count { $0 > 0 })
      #expect(record.told["BRF"] == record.branches.count)
      #expect(record.told["BRH"] == record.branches.count { ($0.taken ?? 0) > 0 })
      let source = Self.set.split(separator: "\n", omittingEmptySubsequences: false)
      #expect(record.lines.keys.allSatisfy { (1...source.count).contains($0) })
      #expect(record.branches.allSatisfy { record.lines[$0.line] != nil })
      #expect(Set(record.branches.map(\.key)).count == record.branches.count)
    }
  }

  @Test func `too little coverage fails, and says what lacks`() throws {
    let session = try session()
    let good = session.pol("test DIR --min-coverage rules=50,cells=50 --min-coverage checks=37.5")
    #expect(good.status == .success)
    let bad = session.pol("test DIR --min-coverage 50 --min-coverage rules=50.01,checks=0")
    #expect(bad.status == .negative)
    #expect(
      bad.output.hasSuffix(
        """
        too little: 50% of 4 rules are covered, and 50.01% is asked for
        2 of 4 rules not covered:
          DIR/a.pol:3:42: `Observer#2`: allow device.read
          DIR/a.pol:11:20: `idle#1`: deny device.list

        """
      )
    )
    // A filter measures what it leaves.
    let part = session.pol("test DIR --filter one --min-coverage rules=51 --format short")
    #expect(part.status == .negative)
    #expect(part.output.isEmpty)
    #expect(part.error.hasPrefix("error: too little: 50% of 4 rules"))
  }

  @Test(
    arguments: [
      ("--min-coverage 101", "`101` is no percentage"),
      ("--min-coverage 5O", "`5O` is no percentage"),
      ("--min-coverage 1.234", "`1.234` is no percentage"),
      ("--min-coverage -1", "`-1` is no percentage"),
      ("--min-coverage rules=", "`` is no percentage"),
      ("--min-coverage 1,", "`` is no percentage"),
      ("--min-coverage rule=1", "there is no measure `rule`"),
      ("--min-coverage 1,2", "`--min-coverage` is given twice for every measure"),
      ("--min-coverage rules=1,rules=2", "`--min-coverage` is given twice for rules"),
      ("--coverage DIR/a.pol", "`DIR/a.pol` is policy text, and coverage would replace it"),
      ("--coverage DIR/no/x", "cannot write "),
      ("--coverage", "`--coverage` needs a value, FILE"),
    ]
  ) func `a goal or file that makes no sense is refused`(options: String, error: String) throws {
    let session = try session()
    let outcome = session.pol("test DIR \(options)")
    #expect(outcome.status == .unable)
    #expect(outcome.error.hasPrefix("error: \(error)"), "\(outcome.error)")
    #expect(try session.text(of: "a.pol") == Self.set)
  }

  @Test func `a long list is cut unless all of it was asked for`() throws {
    let rules = String(repeating: "  allow device.list\n", count: 12)
    let session = try Session([
      "a.pol": """
      catalogue portal { service device { list } }
      role R {
      \(rules)}
      test "t" { deny device.list }

      """
    ])
    let some = session.pol("test DIR --coverage DIR/lcov.info").output
    #expect(some.contains("12 of 12 rules not covered:\n"))
    #expect(some.contains(": `R#10`: ") && !some.contains(": `R#11`: "))
    #expect(some.contains("\n  and 2 more\n"))
    let all = session.pol("test DIR --uncovered").output
    #expect(all.contains(": `R#12`: ") && !all.contains(" more\n"))
    let comment = session.pol("test DIR --uncovered --format markdown").output
    #expect(comment.contains("\n  and 2 more\n"))
  }

  @Test func `tests that fail are covered no less`() throws {
    let text = Self.set + "test \"bad\" { as idle  allow device.list }\n"
    let outcome = try Session(["a.pol": text]).pol("test DIR --min-coverage rules=75")
    #expect(outcome.status == .negative)
    #expect(outcome.output.contains("\ncovered: 75% of 4 rules"))
    #expect(!outcome.output.contains("too little"))
  }
}

/// A tracefile, read by what the manual page of geninfo says of it.
private struct Tracefile {
  struct Branch {
    let line: Int
    let key: [String]
    /// Nil where the block was never reached.
    let taken: Int?
  }

  var path = ""
  var lines: [Int: Int] = [:]
  var branches: [Branch] = []
  /// The totals that the record tells.
  var told: [String: Int] = [:]

  private static func number(_ text: String) throws -> Int { try #require(Int(text)) }

  static func records(_ text: String) throws -> [Tracefile] {
    var records: [Tracefile] = []
    var record: Tracefile?
    for row in text.split(separator: "\n") {
      if row == "end_of_record" {
        records.append(try #require(record))
        record = nil
        continue
      }
      let sides = row.split(separator: ":", maxSplits: 1).map(String.init)
      try #require(sides.count == 2, "\(row)")
      let fields = sides[1].split(separator: ",").map(String.init)
      switch sides[0] {
      case "TN": #expect(record == nil)
      case "SF": record = Tracefile(path: sides[1])
      case "DA":
        let line = try number(fields[0])
        #expect(record?.lines.updateValue(try number(fields[1]), forKey: line) == nil)
      case "BRDA":
        try #require(fields.count == 4)
        let taken = fields[3] == "-" ? nil : try number(fields[3])
        let line = try number(fields[0])
        record?.branches.append(Branch(line: line, key: Array(fields[..<3]), taken: taken))
      case "LF", "LH", "BRF", "BRH": record?.told[sides[0]] = try number(fields[0])
      default: Issue.record("\(row)")
      }
    }
    #expect(record == nil && !records.isEmpty)
    return records
  }
}
