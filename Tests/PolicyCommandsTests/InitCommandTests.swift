import PolicyCommands
import Testing

/// `pol init`, and the path that it shows.
@Suite struct InitCommandTests {
  @Test func `what it writes checks, and does what it says`() throws {
    let session = try Session()
    let outcome = session.pol("init DIR/new/set")
    #expect(outcome.status == .success)
    #expect(outcome.output.hasPrefix("wrote DIR/new/set/catalogue.pol\nwrote "))
    #expect(session.pol("check DIR/new/set --fail-on note").status == .success)
    // The commands under "Next" are right as they stand.
    let next = outcome.output.split(separator: "\n").filter { $0.hasPrefix("  pol ") }
    #expect(next.count == 3)
    for line in next {
      let words = line.split(separator: " ").dropFirst().map(String.init)
      #expect(session.pol(words).status == .success, "\(line)")
    }
  }

  @Test func `it never changes a file`() throws {
    let session = try Session(["roles.pol": "// mine\n"])
    let outcome = session.pol("init DIR")
    #expect(outcome.status == .unable)
    #expect(outcome.error.hasPrefix("error: there is a policy set already: `DIR/roles.pol`\n"))
    #expect(try session.text(of: "roles.pol") == "// mine\n")
    #expect(throws: (any Error).self) { try session.text(of: "catalogue.pol") }
    #expect(session.pol("init DIR/other").status == .success)
    #expect(session.pol("init DIR/other").status == .unable)
  }
}
