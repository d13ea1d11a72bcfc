import Foundation
import PolicyAnalysis
import PolicyEngine
import PolicyExport
import PolicyModel
import PolicySource
import PolicyTestSupport
import Testing

/// The exported script runs on DuckDB and on PostgreSQL, and decides what the policy set does.
@Suite struct SQLTests {
  private struct Case {
    let name: String
    let set: PolicySet
    let requests: [RequestData]

    init(_ name: String, _ set: PolicySet, _ requests: [RequestData]) {
      self.name = name
      self.set = set
      self.requests = requests.compactMap { SQLInputs.sayable($0) }
    }

    /// The export, the requests, and what is decided of them.
    func script() throws -> String {
      let exported = exportSQL(set)
      try #require(exported.diagnostics.isEmpty, "\(name): \(exported.diagnostics)")
      let tables = String(decoding: exported.value[0].bytes, as: UTF8.self)
      return tables + SQLInputs(set).statements(requests) + """
        SELECT request, CASE WHEN allowed THEN 'allow' ELSE 'deny' END, basis FROM pol_decisions
        ORDER BY CAST(request AS INTEGER);

        """
    }

    /// What the interpreter decides, in the form of the answers.
    var meant: [String] {
      requests.enumerated().map { number, request in
        let decision = interpret(request, in: set)
        let basis = decision.basis == .byDefault ? "default" : "rule"
        return "\(number)|\(decision.effect.word)|\(basis)"
      }
    }
  }

  private func cases() throws -> [Case] {
    var cases: [Case] = []
    for name in ExportedSets.names {
      let set = try ExportedSets.set(name)
      cases.append(Case(name, set, ExportedSets.requests(for: set, count: 100, seed: 11)))
    }
    for random in ExportedSets.random(count: 6) {
      cases.append(Case(random.name, random.set, random.requests))
    }
    return cases
  }

  private func compare(_ cases: [Case], with output: String) {
    var answers = output.split(separator: "\n").map(String.init)[...]
    for one in cases {
      let meant = one.meant
      for ((answer, meant), request) in zip(zip(answers, meant), one.requests)
      where answer != meant {
        Issue.record("\(one.name): \(answer) for \(requestText(request, in: one.set)): \(meant)")
        break
      }
      answers = answers.dropFirst(meant.count)
    }
    #expect(answers.isEmpty)
    #expect(output.split(separator: "\n").count == cases.reduce(0) { $0 + $1.requests.count })
  }

  @Test(.enabled(if: DuckDB.isThere, "there is no DuckDB for python3"))
  func `DuckDB decides the same`() throws {
    let cases = try cases()
    let outcome = try DuckDB.run(try cases.map { try $0.script() })
    #expect(outcome.status == 0, "\(outcome.error.suffix(2000))")
    compare(cases, with: outcome.output)
  }

  @Test(.enabled(if: PostgreSQL.absence == nil, "\(PostgreSQL.absence ?? "")"))
  func `PostgreSQL decides the same`() throws {
    let cases = try cases()
    let scripts = try cases.enumerated().map { number, one in
      "CREATE SCHEMA s\(number);\nSET search_path = s\(number);\n" + (try one.script())
    }
    let outcome = try PostgreSQL.run(scripts.joined())
    #expect(outcome.status == 0, "\(outcome.error.suffix(2000))")
    compare(cases, with: outcome.output)
  }
}

/// The example of the README gives on both engines what it says there.
@Suite struct SQLExampleTests {
  private static let readme = SampleSets.folder.deletingLastPathComponent()
    .appending(path: "README.md")

  /// The script of the sample with what the README does with it, and the answer that it shows.
  private func example() throws -> (script: String, answer: String) {
    let text = try String(contentsOf: Self.readme, encoding: .utf8)
    let blocks = text.split(separator: "```sql\n", maxSplits: 1)
    let parts = try #require(blocks.last).split(separator: "```\n", maxSplits: 4)
    let exported = exportSQL(try SampleSets.policySet("emnify")).value[0].bytes
    return (String(decoding: exported, as: UTF8.self) + parts[0], String(parts[2]))
  }

  @Test(.enabled(if: DuckDB.isThere, "there is no DuckDB for python3"))
  func `on DuckDB`() throws {
    let (script, answer) = try example()
    #expect(try DuckDB.run([script]).output.lowercased() == answer)
  }

  @Test(.enabled(if: PostgreSQL.absence == nil, "\(PostgreSQL.absence ?? "")"))
  func `on PostgreSQL`() throws {
    let (script, answer) = try example()
    let shown = try PostgreSQL.run(script).output.replacing("|t\n", with: "|true\n")
    #expect(shown.replacing("|f\n", with: "|false\n") == answer)
  }
}

/// What Pol refuses when a request is made, the tables refuse when it is written, or the view says so.
@Suite struct SQLRefusalTests {
  private static let set = """
    catalogue portal {
      principal { boss: Principal }
      context { ip: IP  at: Time }
      resource { region: "eu" | "us"  home: Path  trees: Set<Path>  readers: Set<Principal> }
      service device { list }
    }
    role Observer { allow device.list when context.ip in "10.0.0.0/8" }
    ou acme
    group staff

    """

  /// Statements that have to fail, and one of each kind that has not.
  private static let rows: [(statement: String, isGood: Bool)] =
    [
      ("pol_principals (principal, kind) VALUES ('a', 'robot')", false),
      ("pol_principals (principal, kind, id) VALUES ('a', 'anonymous', 'ada')", false),
      ("pol_principals (principal, kind, open_groups) VALUES ('a', 'user', ARRAY[NULL])", false),
      ("pol_principals (principal, kind, \"principal.boss\") VALUES ('a', 'user', 'ada')", false),
      ("pol_principals (principal, kind, \"principal.boss\") VALUES ('a', 'user', 'user:b')", true),
      ("pol_principal_policies (principal, policy) VALUES ('a', 'Observer')", false),
      ("pol_principal_policies VALUES ('a', 'Observer', TRUE, 'acme')", false),
      ("pol_resources (resource, outside, unit) VALUES ('a', TRUE, 'acme')", false),
      ("pol_resources (resource, \"resource.region\") VALUES ('a', 'uk')", false),
      ("pol_resources (resource, \"resource.home\") VALUES ('a', '/a')", false),
      ("pol_resources (resource, \"resource.home\") VALUES ('a', '')", false),
      ("pol_resources (resource, \"resource.home\") VALUES ('a', 'a/..')", false),
      ("pol_resources (resource, \"resource.trees\") VALUES ('a', ARRAY['a', 'b//c'])", false),
      ("pol_resources (resource, \"resource.trees\") VALUES ('a', ARRAY[''])", false),
      ("pol_resources (resource, \"resource.trees\") VALUES ('a', ARRAY['b', NULL])", false),
      ("pol_resources (resource, \"resource.trees\") VALUES ('a', ARRAY['b', './c'])", false),
      ("pol_resources (resource, \"resource.readers\") VALUES ('a', ARRAY['user:b', 'c'])", false),
      (
        "pol_resources (resource, \"resource.readers\", \"resource.trees\") "
          + "VALUES ('b', ARRAY['user:b', 'service-account:c'], ARRAY['a', 'b/c.d'])", true
      ),
      (
        "pol_resources (resource, \"resource.readers\", \"resource.trees\") "
          + "VALUES ('c', ARRAY[]::TEXT[], ARRAY[]::TEXT[])", true
      ),
      (
        "pol_requests (request, principal, action, \"context.ip\") VALUES ('a', 'a', 'x', '0A000001')",
        false
      ),
      (
        "pol_requests (request, principal, action, \"context.ip\") VALUES ('a', 'a', 'x', '10.1.2.3')",
        false
      ),
      (
        "pol_requests (request, principal, action, \"context.at\") VALUES ('a', 'a', 'x', 'infinity')",
        false
      ),
    ]

  /// Requests that name what is not there.
  private static let wrong = """
    INSERT INTO pol_principals (principal, kind, id) VALUES
      ('p', 'user', 'p'), ('held', 'user', 'q'), ('placed', 'user', 'r');
    INSERT INTO pol_principal_policies VALUES
      ('p', 'Observer', TRUE, NULL), ('held', 'Observor', TRUE, NULL), ('held', 'Observer', TRUE, NULL),
      ('placed', 'Observer', FALSE, 'acne'), ('placed', 'Observer', TRUE, NULL);
    INSERT INTO pol_resources (resource, unit) VALUES ('here', 'acme'), ('nowhere', 'acne');
    INSERT INTO pol_requests (request, principal, action, resource, "context.ip") VALUES
      ('1 good', 'p', 'device.list', 'here', '00000000000000000000ffff0a000001'),
      ('2 no resource', 'p', 'device.list', NULL, '00000000000000000000ffff0a000001'),
      ('3 no address', 'p', 'device.list', NULL, NULL),
      ('4 action', 'p', 'device.lst', 'here', '00000000000000000000ffff0a000001'),
      ('5 principal', 'x', 'device.list', 'here', '00000000000000000000ffff0a000001'),
      ('6 resource', 'p', 'device.list', 'x', '00000000000000000000ffff0a000001'),
      ('7 unit', 'p', 'device.list', 'nowhere', '00000000000000000000ffff0a000001'),
      ('8 policy', 'held', 'device.list', 'here', '00000000000000000000ffff0a000001'),
      ('9 unit of a policy', 'placed', 'device.list', 'here', '00000000000000000000ffff0a000001');
    SELECT d.request, CASE WHEN allowed THEN 'allow' ELSE 'deny' END, basis, COALESCE(reason, '')
    FROM pol_decisions d LEFT JOIN pol_refused r ON r.request = d.request ORDER BY d.request;

    """

  private static let answers = """
    1 good|allow|rule|
    2 no resource|allow|rule|
    3 no address|deny|default|
    4 action|deny|error|there is no action `device.lst`
    5 principal|deny|error|there is no principal `x`
    6 resource|deny|error|there is no resource `x`
    7 unit|deny|error|there is no unit `acne`
    8 policy|deny|error|there is no policy `Observor`
    9 unit of a policy|deny|error|there is no unit `acne`

    """

  private func script() throws -> String {
    String(decoding: exportSQL(try policySet(Self.set)).value[0].bytes, as: UTF8.self)
  }

  /// A script for another type of an attribute, after rows were written for the first.
  private func retyped() throws -> String {
    let set = Self.set.replacing("region: \"eu\" | \"us\"", with: "region: \"eu\" | \"uk\"")
    return String(decoding: exportSQL(try policySet(set)).value[0].bytes, as: UTF8.self)
  }

  @Test(.enabled(if: DuckDB.isThere, "there is no DuckDB for python3"))
  func `DuckDB stops where the tables were made for other attributes`() throws {
    let line = try DuckDB.run([script() + retyped()]).output
    #expect(line.hasPrefix("error: Constraint Error") && line.contains("pol_attributes"))
  }

  @Test(.enabled(if: PostgreSQL.absence == nil, "\(PostgreSQL.absence ?? "")"))
  func `PostgreSQL does so too, and nothing is changed`() throws {
    let outcome = try PostgreSQL.run(
      script() + "\\set ON_ERROR_STOP off\n" + retyped() + "SELECT count(*) FROM pol_actions;\n"
    )
    #expect(outcome.error.contains("the tables pol_principals etc. have other attributes"))
    #expect(outcome.output == "1\n", "the old tables are there")
  }

  @Test(.enabled(if: DuckDB.isThere, "there is no DuckDB for python3"))
  func `DuckDB refuses what is no value, and says what is not there`() throws {
    let rows = try Self.rows.map { "\(try script())INSERT INTO \($0.statement);" }
    let lines = try DuckDB.run(rows).output.split(separator: "\n")
    #expect(lines.count == rows.count)
    for (row, line) in zip(Self.rows, lines) {
      #expect(line.hasPrefix("error: Constraint") != row.isGood, "\(row.statement): \(line)")
    }
    #expect(try DuckDB.run([script() + script() + Self.wrong]).output == Self.answers)
  }

  @Test(.enabled(if: PostgreSQL.absence == nil, "\(PostgreSQL.absence ?? "")"))
  func `PostgreSQL refuses the same, and says the same`() throws {
    // The server is told to go on after an error; what got through is counted.
    let rows = Self.rows.map { "INSERT INTO \($0.statement);\n" }.joined()
    let count = """
      SELECT (SELECT count(*) FROM pol_principals) + (SELECT count(*) FROM pol_principal_policies)
        + (SELECT count(*) FROM pol_resources) + (SELECT count(*) FROM pol_requests);
      DELETE FROM pol_principals;
      DELETE FROM pol_resources;

      """
    let outcome = try PostgreSQL.run(
      "\\set ON_ERROR_STOP off\n" + script() + rows + count + script() + Self.wrong
    )
    let good = Self.rows.filter(\.isGood).count
    #expect(outcome.output == "\(good)\n\(Self.answers)", "\(outcome.error)")
  }
}
