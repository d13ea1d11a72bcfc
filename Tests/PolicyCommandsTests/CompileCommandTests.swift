import Foundation
import PolicyCommands
import Testing

/// `pol compile`, and decisions from what it writes.
@Suite struct CompileCommandTests {
  private func session() throws -> Session {
    try Session(["set/a.pol": ExplainCommandTests.set])
  }

  @Test func `tables are written, described, and the same again`() throws {
    let session = try session()
    let outcome = session.pol("compile DIR/set -o DIR/one.polc")
    #expect(outcome.status == .success)
    #expect(outcome.error.isEmpty)
    #expect(outcome.output.hasPrefix("wrote DIR/one.polc: "))
    #expect(outcome.output.contains("  policies  5 policies, 6 rules, 4 actions\n"))
    #expect(outcome.output.contains("  bound     a decision reads at most "))
    // Another place, given in another way: the same bytes.
    let other = try Session(["x/y/a.pol": ExplainCommandTests.set])
    #expect(other.pol("compile DIR/x/y/ -o DIR/two.polc").status == .success)
    let first = try Data(contentsOf: URL(filePath: session.folder + "/one.polc"))
    let second = try Data(contentsOf: URL(filePath: other.folder + "/two.polc"))
    #expect(first == second)
    let json = session.pol("compile DIR/set -o DIR/one.polc --emit json")
    #expect(json.output.contains(#""policies": 5"#) && json.output.contains(#""sections": {"#))
  }

  @Test func `tables answer as their sources do`() throws {
    let session = try session()
    #expect(session.pol("compile DIR/set -o DIR/a.polc").status == .success)
    for (name, line) in ExplainCommandTests.cases {
      let sources = session.pol("eval DIR/set " + line)
      let tables = session.pol("eval DIR/a.polc " + line)
      #expect(tables.status == sources.status)
      #expect(tables.output == sources.output.replacingOccurrences(of: "DIR/set/", with: ""))
      let reasons = session.pol("explain DIR/a.polc " + line)
      #expect(reasons.status == sources.status, "\(name)")
      let headline = session.pol("explain DIR/set " + line).output.split(separator: "\n").first
      #expect(reasons.output.split(separator: "\n").first == headline)
    }
  }

  @Test func `the reasons of tables name places`() throws {
    let session = try session()
    #expect(session.pol("compile DIR/set -o DIR/a.polc").status == .success)
    #expect(
      session.pol("explain DIR/a.polc --as user:ada --no-groups --in outside device.delete").output
        == """
        deny `device.delete`

        `factor` of `guardrails` (a.pol:14) denies it
         = note: because: A second factor is needed.
         = note: `guardrails` is assigned at a.pol:26
         = note: what is not known counts for a deny: `context.mfa` is not given

        """
    )
  }

  @Test func `what tables say by a phrase is not quoted like a name`() throws {
    let session = try session()
    #expect(session.pol("compile DIR/set -o DIR/a.polc").status == .success)
    let notes = session.pol("explain DIR/a.polc device.list").output
    #expect(notes.contains("\n = note: the resource's unit is not given\n"), "\(notes)")
    #expect(!notes.contains("`the "))
  }

  @Test func `what does not check is not compiled`() throws {
    let session = try Session(["a.pol": "role R { allow nothing.here }\n"])
    let outcome = session.pol("compile DIR -o DIR/a.polc")
    #expect(outcome.status == .unchecked)
    #expect(!FileManager.default.fileExists(atPath: session.folder + "/a.polc"))
  }

  @Test func `bytes that are no tables are refused`() throws {
    let session = try Session(["a.polc": "no tables", "set/a.pol": ExplainCommandTests.set])
    let outcome = session.pol("eval DIR/a.polc device.list")
    #expect(outcome.status == .unable)
    #expect(outcome.error.hasPrefix("error: cannot use `DIR/a.polc`: "))
    #expect(session.pol("eval DIR/none.polc device.list").status == .unable)
    let nowhere = session.pol("compile DIR/set -o DIR/no/where.polc")
    #expect(nowhere.status == .unable)
    #expect(nowhere.error.hasPrefix("error: cannot write `DIR/no/where.polc"))
  }
}
