import Foundation
import PolicyCommands
import PolicyReport
import PolicyTestSupport
import Testing

/// `pol.json`, baselines, and what changed since a revision.
@Suite struct CheckSettingsTests {
  private static let catalogue = """
    catalogue portal {
      service device { read { list get } write { update delete } }
    }

    """
  private static let lints = "let a = context.x\nrole R { allow *.read }\n"

  private func session(_ files: [String: String] = [:]) throws -> Session {
    let base = [
      "catalogue.pol": Self.catalogue.replacing(
        "  service",
        with: "  context { x: Bool }\n  service"
      ),
      "roles.pol": Self.lints,
    ]
    return try Session(base.merging(files) { $1 })
  }

  private func codes(_ outcome: Session.Outcome) -> [String] {
    outcome.output.split(separator: "\n").compactMap { line in
      line.split(separator: " ").dropFirst().first.map(String.init)
    }
  }

  @Test func `levels of pol json are taken`() throws {
    let session = try session()
    let plain = session.pol("check DIR --format short")
    #expect(plain.status == .success)
    #expect(codes(plain).contains("warning[unused-let]"), "\(plain.output)")
    try session.write(#"{"lints": {"unused-let": "error"}}"#, to: "pol.json")
    let error = session.pol("check DIR --format short")
    #expect(error.status == .negative)
    #expect(codes(error).contains("error[unused-let]"))
    #expect(
      session.pol("check DIR/roles.pol DIR/catalogue.pol --format short").output == error.output
    )
    try session.write(#"{"lints": {"unused-let": "off"}}"#, to: "pol.json")
    #expect(!session.pol("check DIR --format short").output.contains("unused-let"))
    try session.write("\u{FEFF}" + #"{"fail-on": "warning"}"#, to: "pol.json")
    #expect(session.pol("check DIR").status == .negative)
    #expect(session.pol("check DIR --fail-on error").status == .success)
  }

  @Test(arguments: ReportFormat.allCases)
  func `a wrong pol json is told in every format, and nothing else is`(format: ReportFormat) throws
  {
    let session = try session(["pol.json": #"{"lints": {"unused-lett": "off"}}"#])
    let outcome = session.pol("check DIR --format \(format.rawValue)")
    #expect(outcome.status == .negative)
    #expect(outcome.output.contains("unused-lett") && outcome.output.contains("pol.json"))
    #expect(!outcome.output.contains("roles.pol"))
  }

  @Test func `two settings are no settings`() throws {
    let session = try session([
      "a/pol.json": "{}", "b/pol.json": "{}", "a/x.pol": "", "b/y.pol": "",
    ])
    let outcome = session.pol("check DIR/a DIR/b")
    #expect(outcome.status == .unable)
    #expect(outcome.error.contains("two files of settings apply: `DIR/a/pol.json`"))
  }

  @Test func `the schema of pol json is that of the codes`() throws {
    var root = URL(filePath: #filePath)
    for _ in 0..<3 { root.deleteLastPathComponent() }
    let schema = String(
      decoding: JSONWriter.document(Configuration.schema(allPages)),
      as: UTF8.self
    )
    let file = root.appending(path: "Grammar/pol.schema.json")
    if let problem = Golden.mismatch(schema, with: file) { Issue.record("\(problem)") }
  }

  @Test func `a baseline hides what was there, wherever it moves`() throws {
    let session = try session()
    let wrote = session.pol("check DIR --fail-on note --write-baseline DIR/known.json")
    #expect(wrote.status == .success, "\(wrote.output)")
    #expect(wrote.output.contains("to DIR/known.json\n"))
    try session.write("// moved\n\n" + Self.lints, to: "roles.pol")
    let known = session.pol("check DIR --fail-on note --baseline DIR/known.json")
    #expect(known.status == .success)
    #expect(known.output.hasPrefix("no errors, no warnings in 2 files (and "), "\(known.output)")
    try session.write(#"{"baseline": "known.json", "fail-on": "note"}"#, to: "pol.json")
    #expect(session.pol("check DIR").output == known.output)

    try session.write("let b = context.x\nrole R { allow *.read }\n", to: "roles.pol")
    let changed = session.pol("check DIR --format short")
    #expect(changed.status == .negative)
    #expect(codes(changed) == ["warning[unused-let]"])
    let text = session.pol("check DIR").output
    #expect(text.contains("1 finding of the baseline can be removed"), "\(text)")
    #expect(text.contains("\n  roles.pol: unused-let: "))
    #expect(session.pol("check DIR --only wildcard-allow").output.contains("removed") == false)
  }

  @Test func `errors are in no baseline`() throws {
    let session = try session(["roles.pol": "role R { allow device.lst }\n"])
    let wrote = session.pol("check DIR --write-baseline DIR/known.json")
    #expect(wrote.status == .negative)
    #expect(session.pol("check DIR --baseline DIR/known.json").status == .negative)
  }

  @Test(arguments: [
    ("--baseline DIR/a --write-baseline DIR/b", "`--baseline` and `--write-baseline` contradict"),
    ("--write-baseline DIR/b --only unused-let", "a baseline holds every finding"),
    ("--baseline DIR/none", "there is no file or directory `DIR/none`"),
    ("--baseline DIR/roles.pol", "cannot use the baseline `DIR/roles.pol`: "),
    ("--changed-since HEAD", "cannot read `HEAD:./`: "),
  ])
  func `what cannot be done is told`(options: String, message: String) throws {
    let outcome = try session().pol("check DIR " + options)
    #expect(outcome.status == .unable)
    #expect(outcome.error.hasPrefix("error: " + message), "\(outcome.error)")
  }

  @Test func `what changed since a revision is told, and what it causes elsewhere`() throws {
    guard Repository.isPossible else { return print("skipped: there is no git") }
    let session = try Session([
      "p/catalogue.pol": "catalogue c { context { x: Bool } service s { read { a } } }\n",
      "p/roles.pol": "let old = context.x\nlet used = context.x\nrole R { allow s.a when used }\n",
    ])
    _ = try Repository(in: session.folder)
    func told(_ extra: String = "") -> [String] {
      let outcome = session.pol(
        "check DIR/p --format short --only unused-let --changed-since HEAD" + extra
      )
      #expect(outcome.error.isEmpty, "\(outcome.error)")
      return outcome.output.split(separator: "\n").map { String($0.prefix { $0 != " " }) }
    }
    #expect(told() == [])
    // A changed line, a finding in a line that only moved, and one that a change elsewhere causes.
    try session.write(
      "// more\nlet old = context.x\nlet used = context.x\nlet new = context.x\nrole R { allow s.a }\n",
      to: "p/roles.pol"
    )
    #expect(told() == ["DIR/p/roles.pol:3:5:", "DIR/p/roles.pol:4:5:"])
    try session.write("let other = context.x\n", to: "p/new.pol")
    #expect(told().first == "DIR/p/new.pol:1:5:")
    let nowhere = session.pol("check DIR/p --changed-since nowhere")
    #expect(nowhere.status == .unable)
  }

  @Test(arguments: ReportFormat.allCases)
  func `a report is the same bytes whatever the order of paths`(format: ReportFormat) throws {
    let names = (0..<12).map { "p\($0).pol" }
    var files: [String: String] = [:]
    for (number, name) in names.enumerated() {
      files[name] = """
        let only-\(number) = context.x
        role Q\(number % 5) { allow device.lst \(number % 4 == 0 ? "&& x" : "") }

        """
    }
    let session = try session(files)
    var random = RandomSource(seed: 11)
    let paths = (names + ["catalogue.pol", "roles.pol"]).map { "DIR/\($0)" }
    let reports = (0..<4).map { _ in
      session.pol(
        ["check", "--format", format.rawValue] + paths.shuffled(using: &random)
      )
    }
    #expect(reports[0].status == .negative)
    #expect(Set(reports.map(\.output)).count == 1)
    #expect(session.pol("check DIR --format \(format.rawValue)").output == reports[0].output)
  }
}
