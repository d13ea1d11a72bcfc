import PolicyCommands
import Testing

/// `pol check`.
@Suite struct CheckCommandTests {
  private static let catalogue = """
    catalogue portal {
      service device { read { list get } write { update delete } }
    }
    role Rest { allow device.write }

    """

  private func session(_ roles: String) throws -> Session {
    try Session(["catalogue.pol": Self.catalogue, "roles.pol": roles])
  }

  @Test func `a clean set`() throws {
    let outcome = try session("role R { allow device.read }\n").pol("check DIR")
    #expect(outcome.status == .success)
    #expect(outcome.output == "no errors, no warnings in 2 files\n")
    #expect(outcome.error.isEmpty)
  }

  @Test func `a typo in three formats`() throws {
    let session = try session("role R {\n  allow device.delte\n}\n")
    let text = session.pol("check DIR")
    #expect(text.status == .negative)
    #expect(text.output.hasPrefix("error[unknown-action]: "))
    #expect(
      text.output.contains(
        "\n ┌─ DIR/roles.pol:2:16\n2│   allow device.delte\n │                ^^^^^"
      )
    )
    #expect(text.output.contains("did you mean `delete`?"))
    #expect(text.output.hasSuffix("\n\n1 error in 2 files\n"))
    let short = session.pol("check DIR --format=short")
    #expect(short.status == .negative)
    #expect(short.output.hasPrefix("DIR/roles.pol:2:16: error[unknown-action] "))
    #expect(short.output.split(separator: "\n").count == 1)
    let json = session.pol("check DIR --format json")
    #expect(json.status == .negative)
    #expect(json.output.contains(#""code": "unknown-action""#))
    #expect(json.output.contains(#""errors": 1"#))
  }

  @Test func `codes are chosen, and an error fails unseen`() throws {
    let session = try session("role R {\n  allow device.delte\n  allow device.gat\n}\nlet x = y\n")
    let only = session.pol("check DIR --only unknown-name,unknown-group")
    #expect(only.status == .negative)
    #expect(only.output.contains("unknown-name") && !only.output.contains("unknown-action"))
    #expect(only.output.hasSuffix("1 error in 2 files (and 2 not shown)\n"))
    let skip = session.pol("check DIR --skip unknown-name --skip unknown-action")
    #expect(skip.status == .negative)
    #expect(skip.output == "no errors, no warnings in 2 files (and 3 not shown)\n")
  }

  @Test func `warnings fail where they are to`() throws {
    let session = try session("@deprecatd(\"x\")\nrole R { allow device.read }\n")
    #expect(session.pol("check DIR").status == .success)
    #expect(session.pol("check DIR").output.hasSuffix("1 warning in 2 files\n"))
    #expect(session.pol("check DIR --fail-on warning").status == .negative)
    #expect(session.pol("check DIR --fail-on warning --skip annotation-typo").status == .success)
  }

  @Test func `paths together are one set, in any order`() throws {
    let session = try session("role R { allow device.read }\n")
    #expect(session.pol("check DIR/roles.pol").status == .negative)
    let outcome = session.pol("check DIR/roles.pol DIR/catalogue.pol")
    #expect(outcome.status == .success)
    #expect(outcome.output == "no errors, no warnings in 2 files\n")
    #expect(session.pol("check DIR DIR/roles.pol").output == outcome.output)
  }

  @Test func `an empty run is not a green run`() throws {
    let session = try Session(["readme.txt": "x", ".hidden/a.pol": "", ".build/b.pol": ""])
    let empty = session.pol("check DIR")
    #expect(empty.status == .unable)
    #expect(
      empty.error == """
        error: there are no .pol files below `DIR`
          = help: `pol init DIR` writes a first policy set

        """
    )
    let missing = session.pol("check DIR/nowhere")
    #expect(missing.status == .unable)
    #expect(missing.error.hasPrefix("error: there is no file or directory `DIR/nowhere`\n"))
  }

  @Test func `one mistake of the grammar is one message`() throws {
    let session = try session("rle R { allow device.read }\nassign R to everyone\n")
    let outcome = session.pol("check DIR --format short")
    #expect(outcome.status == .negative)
    #expect(outcome.output.split(separator: "\n").count == 1, "\(outcome.output)")
  }

  @Test func `a suppression is used where a claim does not hold too`() throws {
    let catalogue = "catalogue portal {\n  context { mfa: Bool }\n  service device { read }\n}\n"
    let session = try Session([
      "a.pol": catalogue + """
        @suppress(wildcard-allow, "The role is everything.")
        built-in role Administrator { allow * }
        @suppress(double-negation, "It is said so in the contract.")
        assert Administrator cannot device.read when not not context.mfa

        """
    ])
    let codes =
      "assertion-failed,built-in-changed,unused-suppression,wildcard-allow,double-negation"
    #expect(session.pol("lock DIR").status == .success)
    let text = try session.text(of: "a.pol")
    try session.write(
      text.replacing("{ allow * }", with: "{ allow * deny device.read when context.mfa }")
        .replacing("not not context.mfa", with: "not not (not context.mfa)"),
      to: "a.pol"
    )
    let outcome = session.pol("check DIR --format short --only \(codes)")
    let found = outcome.output.split(separator: "\n")
    #expect(found.count == 2, "\(outcome.output)")
    #expect(found.contains { $0.contains("error[assertion-failed]") })
    #expect(found.contains { $0.contains("error[built-in-changed]") })
    // Nor is it unused where an error keeps a lint from looking.
    try session.write(text.replacing("allow *", with: "allow *, device.gone"), to: "a.pol")
    let broken = session.pol("check DIR --format short --only unused-suppression")
    #expect(!broken.output.contains("a.pol:5"), "\(broken.output)")
  }
}
