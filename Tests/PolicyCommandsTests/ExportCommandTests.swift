import Foundation
import PolicyCommands
import Testing

/// `pol export`: where its files go, and that nothing is written that cannot be said.
@Suite struct ExportCommandTests {
  private static let text = """
    catalogue portal {
      context { time: Time }
      service device { list }
    }
    role Observer { allow device.list }

    """

  @Test func `one file goes to standard output, or where it is told to`() throws {
    let session = try Session(["set/a.pol": Self.text])
    let shown = session.pol("export DIR/set")
    #expect(shown.status == .success && shown.output.hasPrefix("{\n  \"version\": 1,"))
    #expect(shown.output.contains("\"file\": \"a.pol\""), "places are below the directory")
    let outcome = session.pol("export DIR/set --format json -o DIR/set.json")
    #expect(outcome.output.hasPrefix("wrote DIR/set.json: "))
    #expect(try session.text(of: "set.json") == shown.output)
  }

  @Test func `what cannot be said is told where it is, and nothing is written`() throws {
    let rule = "policy P {\n  allow * when context.time < \"9999-12-31T23:59:59-01:00\"\n}\n"
    let session = try Session(["set/a.pol": Self.text + rule])
    let outcome = session.pol("export DIR/set -o DIR/set.json")
    #expect(outcome.status == .unchecked && outcome.output.isEmpty)
    #expect(outcome.error.contains("[not-expressible]: JSON cannot say a time after the"))
    #expect(outcome.error.contains("DIR/set/a.pol:7:16"), "\(outcome.error)")
    #expect(!FileManager.default.fileExists(atPath: session.folder + "/set.json"))
  }

  @Test func `requests are written as the other system is asked them, all or none`() throws {
    let session = try Session([
      "set/a.pol": Self.text,
      "good.jsonl": """
      {"id": "r", "subject": {"type": "user", "id": "ada"}, "action": {"name": "device.list"}}

      {"subject": {"type": "anonymous"}, "action": {"name": "device.list"}}
      """,
      "bad.jsonl": #"{"subject": {"type": "user"}, "action": {"name": "device.lst"}}"#,
      "none.jsonl": "",
    ])
    let outcome = session.pol(
      "export DIR/set --format cedar --requests DIR/good.jsonl -o DIR/cedar"
    )
    #expect(outcome.status == .success, "\(outcome.error)")
    let lines = try session.text(of: "cedar/requests.jsonl").split(separator: "\n")
    #expect(lines.count == 2 && lines[0].contains(#"{"id": "r", "principal": {"type": "User""#))
    let refused = session.pol(
      "export DIR/set --format cedar --requests DIR/bad.jsonl -o DIR/other"
    )
    #expect(refused.status == .unchecked)
    #expect(refused.error.contains("line 1 of `DIR/bad.jsonl` is refused: the catalogue has no"))
    #expect(!FileManager.default.fileExists(atPath: session.folder + "/other"))
    for options in [
      "--format cedar --requests DIR/none.jsonl -o DIR/other", "--requests DIR/good.jsonl",
    ] {
      #expect(session.pol("export DIR/set \(options)").status == .unable)
    }
  }

  @Test func `several files go into a directory, all or none`() throws {
    let session = try Session(["set/a.pol": Self.text])
    let nowhere = session.pol("export DIR/set --format csv")
    #expect(
      nowhere.status == .unable && nowhere.error.contains("`-o DIR` says into which directory")
    )
    let outcome = session.pol("export DIR/set --format csv -o DIR/new/tables")
    #expect(outcome.status == .success && outcome.output.split(separator: "\n").count == 10)
    #expect(try session.text(of: "new/tables/rules.csv").contains("Observer#1,Observer,allow,1,"))
    // The last of them cannot take its name.
    try session.write("", to: "in-the-way/units.csv/file")
    let refused = session.pol("export DIR/set --format csv -o DIR/in-the-way")
    #expect(refused.status == .unable && refused.error.contains("units.csv"))
    let left = try FileManager.default.contentsOfDirectory(atPath: session.folder + "/in-the-way")
    #expect(left == ["units.csv"])
  }

  @Test func `a set that does not check is not exported`() throws {
    let session = try Session(["set/a.pol": "role R { allow device.list }\n"])
    #expect(session.pol("export DIR/set").status == .unchecked)
    #expect(session.pol("export DIR/none").status == .unable)
    #expect(session.pol("export DIR/set DIR/set").status == .unable)
  }
}
