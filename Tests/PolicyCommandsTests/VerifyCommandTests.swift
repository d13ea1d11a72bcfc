import Foundation
import PolicyCommands
import Testing

/// `pol verify`: tables beside the sources that they came from, and beside others.
@Suite struct VerifyCommandTests {
  private func session() throws -> Session {
    let session = try Session(["set/a.pol": ExplainCommandTests.set])
    #expect(session.pol("compile DIR/set -o DIR/a.polc").status == .success)
    return session
  }

  @Test func `tables of these sources decide as they do`() throws {
    let outcome = try session().pol("verify DIR/a.polc DIR/set --requests 2000")
    #expect(outcome.status == .success)
    #expect(outcome.error.isEmpty)
    #expect(outcome.output.hasPrefix("no difference found in "))
    #expect(outcome.output.contains("20 of 20 (policies × actions): all with every class vector"))
    #expect(!outcome.output.contains("other text"))
  }

  @Test func `a changed condition is found, with its request and its rule`() throws {
    let session = try session()
    let changed = ExplainCommandTests.set.replacingOccurrences(
      of: "deny device.delete",
      with: "allow device.delete"
    )
    #expect(changed != ExplainCommandTests.set)
    try session.write(changed, to: "set/a.pol")
    let outcome = session.pol("verify DIR/a.polc DIR/set --requests 2000")
    #expect(outcome.status == .negative)
    #expect(outcome.output.hasPrefix("decided otherwise: of `"))
    #expect(outcome.output.contains("  tables   deny\n"))
    #expect(outcome.output.contains("  sources  "))
    #expect(outcome.output.contains("the tables were compiled from other text"))
    let json = session.pol("verify DIR/a.polc DIR/set --requests 2000 --format json")
    #expect(json.output.contains(#""same": false"#) && json.output.contains(#""request": "#))
  }

  @Test func `other text with the same meaning is the same`() throws {
    let session = try session()
    try session.write("// A comment.\n" + ExplainCommandTests.set, to: "set/a.pol")
    let outcome = session.pol("verify DIR/a.polc DIR/set --requests 2000")
    #expect(outcome.status == .success)
    #expect(outcome.output.contains("the tables were compiled from other text"))
  }

  @Test func `other declarations are named`() throws {
    let session = try session()
    let text = "catalogue c { service s { a b } }\npolicy P { allow s.a }\n"
    try session.write(text, to: "set/a.pol")
    let outcome = session.pol("verify DIR/a.polc DIR/set")
    #expect(outcome.status == .negative)
    #expect(outcome.output.hasPrefix("other sources: the tables have the action `"))
  }

  @Test func `what cannot be compared is said`() throws {
    let session = try session()
    #expect(session.pol("verify").error.hasPrefix("error: no compiled set is given"))
    #expect(session.pol("verify DIR/set/a.pol DIR/set").status == .unable)
    #expect(session.pol("verify DIR/a.polc DIR/set --requests many").status == .unable)
    try session.write("role R { allow nothing.here }\n", to: "set/b.pol")
    #expect(session.pol("verify DIR/a.polc DIR/set").status == .unchecked)
  }
}
