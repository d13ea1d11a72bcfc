import Foundation
import PolicyCommands
import PolicyReport
import PolicyTestSupport
import Testing

/// `pol who-can` and `pol what-can`, word for word.
@Suite struct AccessCommandTests {
  static let cases = [
    ("who", "who-can DIR device.delete"),
    ("who-all", "who-can DIR device.list --all --sort answer"),
    ("who-given", "who-can DIR device.delete --in acme/plant-1 context.mfa=true --kind user"),
    ("who-through", "who-can DIR device.list --policy Lead --sort name"),
    ("what-user", "what-can DIR user:u2"),
    ("what-policy", "what-can DIR Lead --service device"),
    ("what-group", "what-can DIR group:crew --holding Eraser@acme/plant-2 --group frozen"),
  ]

  @Test(arguments: cases)
  func `the answers are told`(name: String, line: String) throws {
    let session = try Session(["a.pol": ExplainCommandTests.set])
    for (format, ending) in [("text", "txt"), ("csv", "csv"), ("json", "json")] {
      let outcome = session.pol(line + " --format " + format)
      #expect(outcome.error.isEmpty)
      #expect(outcome.status == .success)
      let file = Fixture.folder().appending(path: "Access/\(name).\(ending)")
      if let problem = Golden.mismatch(outcome.output, with: file) { Issue.record("\(problem)") }
      guard format == "json" else { continue }
      let command = line.prefix { $0 != " " }
      let schema = try SchemaValidator(grammar: "\(command).schema.json")
      #expect(schema.problems(with: try JSONParser.parse(Array(outcome.output.utf8))) == [])
    }
  }

  @Test(
    arguments: [
      ("who-can DIR user.list", PolicyCommands.ExitStatus.negative, "nobody can user.list\n"),
      ("what-can DIR user:nobody", .negative, "user \"nobody\" can do nothing"),
      ("who-can DIR", .unable, "an action"), ("what-can DIR", .unable, "a subject"),
      ("what-can DIR robot:x", .unable, "there is no kind of subject `robot`"),
      ("what-can DIR user:", .unable, "`user:` has no name"),
      ("what-can DIR anonymous --holding Lead", .unable, "an anonymous principal holds nothing"),
      ("who-can set.polc device.list", .unable, "set.polc"),
      ("who-can DIR device.lst", .unchecked, "did you mean `device.list`?"),
      ("who-can DIR device.list context.mfa=1", .unchecked, "context.mfa"),
      ("who-can DIR device.list --policy Leed", .unchecked, "did you mean `Lead`?"),
      ("what-can DIR Leed", .unchecked, "did you mean `Lead`?"),
      ("what-can DIR group:cru", .unchecked, "there is no group `cru`"),
      ("what-can DIR Lead --service devise", .unchecked, "did you mean `device`?"),
      ("what-can DIR Lead --holding Lead@acm", .unchecked, "there is no unit `acm`"),
      ("what-can DIR Lead --in acm", .unchecked, "acm"),
    ]
  )
  func `commands end as they say`(
    line: String,
    status: PolicyCommands.ExitStatus,
    words: String
  ) throws {
    let session = try Session(["a.pol": ExplainCommandTests.set])
    let outcome = session.pol(line)
    #expect(outcome.status == status)
    let written = status == .negative ? outcome.output : outcome.error
    #expect(written.contains(words))
    #expect(status == .negative || outcome.output.isEmpty)
  }

  @Test func `values of sets and other services are given too`() throws {
    let session = try Session(["a.pol": ExplainCommandTests.set])
    let given = session.pol("what-can DIR Lead resource.region=eu --format csv")
    #expect(given.status == .success)
    #expect(given.output.contains("device.list,always,,\r\n"))
    let other = session.pol("what-can DIR Lead resource.region=us --format csv")
    #expect(!other.output.contains("resource.region"))
  }
}
