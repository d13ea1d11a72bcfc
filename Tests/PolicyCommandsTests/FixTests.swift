import PolicyAnalysis
import PolicySource
import PolicyWorkspace
import Testing

@testable import PolicyCommands

/// `pol check --fix`.
@Suite struct FixTests {
  private static let catalogue = """
    catalogue portal {
      context { mfa: Bool }
      service device { read { list get } write { update delete } }
    }

    """

  private func session(_ roles: String) throws -> Session {
    try Session(["catalogue.pol": Self.catalogue, "roles.pol": roles])
  }

  @Test func `safe fixes are applied until there are none`() throws {
    // The first `let` is unused only once the second is gone.
    let session = try session(
      "let a = context.mfa\nlet b = a\nrole R {\n  allow device.{list, get}\n}\n"
    )
    let outcome = session.pol("check DIR --fix --only unused-let")
    #expect(outcome.status == .success)
    #expect(outcome.error == "")
    #expect(
      outcome.output.hasSuffix(
        "fixed 2 findings in 1 file; no decision changes, as `pol diff` proves\n"
      ),
      "\(outcome.output)"
    )
    #expect(try session.text(of: "roles.pol") == "role R {\n  allow device.{list, get}\n}\n")
    let again = session.pol("check DIR --fix --only unused-let")
    #expect(again.output.hasSuffix("there is nothing that can be fixed safely\n"))
  }

  @Test func `a dry run shows a diff and writes nothing`() throws {
    let text = "let a = context.mfa\nrole R { allow device.list }\n"
    let session = try session(text)
    let outcome = session.pol("check DIR --fix --dry-run --only unused-let")
    #expect(outcome.status == .negative)
    #expect(
      outcome.output == """
        --- DIR/roles.pol
        +++ DIR/roles.pol
        @@ -1,2 +1,1 @@
        -let a = context.mfa
         role R { allow device.list }

        """
    )
    #expect(outcome.error.hasPrefix("would fix 1 finding in 1 file; "))
    #expect(try session.text(of: "roles.pol") == text)
    #expect(session.pol("check DIR --dry-run").status == .unable)
    #expect(session.pol("check DIR --fix --write-baseline DIR/b").status == .unable)
  }

  @Test func `obvious errors are mended where there was no decision`() throws {
    let session = try session(
      "role R {\n  allow device.list when context.mfa = true && context.mfa\n}\n"
    )
    let outcome = session.pol("check DIR --fix --fail-on error")
    #expect(outcome.status == .success, "\(outcome.output)")
    #expect(outcome.output.contains("the policy set did not check, so there were no decisions"))
    #expect(
      try session.text(of: "roles.pol")
        == "role R {\n  allow device.list when context.mfa == true and context.mfa\n}\n"
    )
  }

  @Test func `guesses are not applied`() throws {
    for text in [
      "role R {\n  allow device.delte\n}\n", "role R {\n  allow device.list when context.mfx\n}\n",
      "role R {\n  allow device.list device.delete\n}\n", "role R {\n  allow device list\n}\n",
    ] {
      let session = try session(text)
      let outcome = session.pol("check DIR --fix")
      #expect(outcome.status == .negative)
      #expect(outcome.output.hasSuffix("there is nothing that can be fixed safely\n"))
      #expect(try session.text(of: "roles.pol") == text)
    }
  }

  /// Fixes with a finder of its own, which offers to remove every rule that another line repeats,
  /// and, where it lies, every deny.
  private func run(_ roles: String, lies: Bool) throws -> (FixRun, [String]) {
    let session = try session(roles)
    let console = Console(
      isTerminal: { _ in false },
      variable: { _ in nil },
      input: { () throws(FileError) in LineReader("", bytes: []) },
      sink: { _, _ in }
    )
    let sources = try read([session.folder])
    var fixes = try FixRun(sources, console) { (sources) throws(Failure) in
      let loaded = load(sources)
      let findings = Self.findings(in: sources, lies: lies)
      return CheckRun.Outcome(
        set: loaded.value,
        isChecked: !loaded.diagnostics.hasErrors,
        findings: findings,
        shown: findings,
        remarks: [],
        fails: false
      )
    }
    try fixes.run()
    let text = String(decoding: fixes.fixed.sources.files.last?.bytes ?? [], as: UTF8.self)
    return (fixes, text.split(separator: "\n").map(String.init))
  }

  private static func findings(in sources: SourceMap, lies: Bool) -> [Diagnostic] {
    let id = FileID(sources.files.count - 1)
    let file = sources[id]
    let lines = file.lineStarts.indices.map { String(decoding: file.lineBytes($0), as: UTF8.self) }
    return lines.indices.compactMap { line in
      let isRepeated = lines.count { $0 == lines[line] } > 1 && lines[line].contains("allow")
      guard isRepeated || lies && lines[line].contains("deny") else { return nil }
      let span = SourceSpan(
        file: id,
        lower: file.lineStarts[line],
        upper: file.lineStarts[line + 1]
      )
      return Diagnostic(
        .unusedLet,
        "remove it",
        at: span,
        severity: .warning,
        fixes: [Fix("remove it", [Edit(span, "")])]
      )
    }
  }

  @Test func `fixes that are right alone and wrong together are applied apart`() throws {
    let rule = "  allow device.list"
    let (fixes, lines) = try run("role R {\n\(rule)\n\(rule)\n\(rule)\n}\n", lies: false)
    #expect(lines == ["role R {", rule, "}"])
    #expect(fixes.applied == 2)
    #expect(fixes.refused.isEmpty)
  }

  @Test func `a fix that would change a decision is left alone, and told`() throws {
    let rule = "  allow device.list"
    let deny = "  deny device.list when context.mfa"
    let (fixes, lines) = try run("role R {\n\(rule)\n\(deny)\n\(rule)\n}\n", lies: true)
    #expect(lines == ["role R {", deny, rule, "}"] || lines == ["role R {", rule, deny, "}"])
    #expect(fixes.applied == 1)
    #expect(fixes.refused.count == 1)
    #expect(fixes.refused.first?.difference?.isWidened == true)
  }

  @Test func `a file that changed in the meantime stays, and all others`() throws {
    let session = try session("role R { }\n")
    let old = try read([session.folder]).files
    let new = old.map { SourceFile(path: $0.path, text: "new") }
    try session.write("other\n", to: "roles.pol")
    #expect(throws: FileError.self) { try FileContents.replaceAll(Array(zip(old, new))) }
    #expect(try session.text(of: "catalogue.pol") == Self.catalogue)
    #expect(try session.text(of: "roles.pol") == "other\n")
  }
}
