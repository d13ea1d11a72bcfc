import Foundation
import PolicyCommands
import Testing

/// `pol fmt`.
@Suite struct FormatCommandTests {
  private static let untidy = "role   R{allow a.b}\n"
  private static let tidy = "role R { allow a.b }\n"
  private static let wrong = "role   S {\n    allow   a.b   when\n}\n"

  @Test func `files are formatted in place, and only where they change`() throws {
    let session = try Session(["a.pol": Self.untidy, "below/b.pol": Self.tidy, "c.txt": "x  y"])
    let path = "\(session.folder)/below/b.pol"
    let before = try FileManager.default.attributesOfItem(atPath: path)[.systemFileNumber] as? Int
    let outcome = session.pol("fmt DIR")
    #expect(outcome.status == .success)
    #expect(outcome.output == "formatted DIR/a.pol\n")
    #expect(outcome.error == "1 of 2 files changed\n")
    #expect(try session.text(of: "a.pol") == Self.tidy)
    let after = try FileManager.default.attributesOfItem(atPath: path)[.systemFileNumber] as? Int
    #expect(before == after)
    #expect(session.pol("fmt DIR").output.isEmpty)
    #expect(session.pol("fmt DIR --check").status == .success)
  }

  @Test func `a check shows what would change, and changes nothing`() throws {
    let session = try Session(["a.pol": Self.untidy, "b.pol": Self.tidy])
    let outcome = session.pol("fmt DIR --check")
    #expect(outcome.status == .negative)
    #expect(
      outcome.output == """
        --- DIR/a.pol
        +++ DIR/a.pol
        @@ -1,1 +1,1 @@
        -role   R{allow a.b}
        +role R { allow a.b }

        """
    )
    #expect(outcome.error == "1 of 2 files would change\n")
    #expect(try session.text(of: "a.pol") == Self.untidy)
    #expect(try FileManager.default.contentsOfDirectory(atPath: session.folder).count == 2)
    let colored = session.pol("fmt DIR --check --color always").output
    #expect(colored.contains("\u{1B}[1;31m-role   R{allow a.b}\u{1B}[0m\n"))
  }

  @Test func `standard input to standard output`() throws {
    let session = try Session()
    let outcome = session.pol("fmt -", input: "role   R{allow a.b}")
    #expect(outcome.status == .success)
    #expect(outcome.output == Self.tidy)
    #expect(outcome.error.isEmpty)
    #expect(session.pol("fmt - --check", input: Self.untidy).status == .negative)
    #expect(session.pol("fmt - --check", input: Self.tidy).output.isEmpty)
    let wrong = session.pol("fmt -", input: Self.wrong + "let   x=y\r\n")
    #expect(wrong.status == .unchecked)
    #expect(wrong.output == Self.wrong + "let x = y\n")
    #expect(wrong.error.contains("standard input:2:"))
    #expect(session.pol("fmt - DIR").error.hasPrefix("error: `-` stands alone"))
    #expect(session.pol("fmt - DIR").status == .unable)
  }

  @Test func `a declaration with an error stays as it is`() throws {
    let session = try Session(["a.pol": Self.wrong + "let   x=y\n", "b.pol": Self.untidy])
    let outcome = session.pol("fmt DIR")
    #expect(outcome.status == .unchecked)
    #expect(outcome.error.hasPrefix("error[unexpected-token]: "))
    #expect(
      outcome.error.hasSuffix(
        "2 of 2 files changed; declarations with syntax errors stay as they are in 1\n"
      )
    )
    #expect(try session.text(of: "a.pol") == Self.wrong + "let x = y\n")
    #expect(try session.text(of: "b.pol") == Self.tidy)
    #expect(session.pol("fmt DIR --check").status == .unchecked)
  }

  @Test func `permissions and links stay`() throws {
    let session = try Session(["real.pol": Self.untidy])
    let real = "\(session.folder)/real.pol"
    let link = "\(session.folder)/link.pol"
    try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: real)
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "real.pol")
    #expect(session.pol("fmt DIR/link.pol").status == .success)
    #expect(try session.text(of: "real.pol") == Self.tidy)
    let manager = FileManager.default
    #expect(try manager.destinationOfSymbolicLink(atPath: link) == "real.pol")
    #expect(try manager.attributesOfItem(atPath: real)[.posixPermissions] as? Int == 0o640)
  }

  @Test func `an empty run is not a green run`() throws {
    #expect(try Session().pol("fmt DIR").status == .unable)
    #expect(try Session().pol("fmt DIR/nowhere.pol").status == .unable)
  }

  @Test func `what init writes is formatted`() throws {
    let session = try Session()
    #expect(session.pol("init DIR/set").status == .success)
    #expect(session.pol("fmt --check DIR/set").output.isEmpty)
  }
}
