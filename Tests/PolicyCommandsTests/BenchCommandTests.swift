import PolicyCommands
import Testing

/// `pol bench`: what it prints, not how fast anything was.
@Suite struct BenchCommandTests {
  private func session() throws -> Session {
    try Session(["set/a.pol": ExplainCommandTests.set])
  }

  @Test func `a set is measured in all ways, and they agree`() throws {
    let outcome = try session().pol("bench DIR/set --requests 100 --rounds 2")
    #expect(outcome.status == .success)
    #expect(outcome.error.isEmpty)
    let lines = outcome.output.split(separator: "\n")
    #expect(lines.first?.hasPrefix("100 random requests by ") == true)
    #expect(lines.last == "all ways allowed the same requests")
    for way in ["C bits", "C tables", "engine", "C hash+read", "by hand", "interpreter"] {
      #expect(lines.contains { $0.hasPrefix("    \(way) ") }, "\(way)")
    }
  }

  @Test func `tables are measured without sources`() throws {
    let session = try session()
    #expect(session.pol("compile DIR/set -o DIR/a.polc").status == .success)
    let outcome = session.pol("bench DIR/a.polc --requests 50 --rounds 1 --format json")
    #expect(outcome.status == .success)
    #expect(outcome.output.contains(#""agree": true"#))
    #expect(!outcome.output.contains("interpreter"))
  }

  @Test func `what cannot be measured is said`() throws {
    let session = try Session(["a.pol": "catalogue c { service s { read { a } } }\n"])
    #expect(session.pol("bench DIR --rounds 0").status == .unable)
    let nobody = session.pol("bench DIR")
    #expect(nobody.status == .unable)
    #expect(nobody.error.contains("so nobody asks"))
  }
}
