import Foundation
import PolicyCommands
import PolicyFormatter
import PolicySource
import PolicyTestSupport
import Testing

/// `pol test --generate`.
@Suite struct GenerateCommandTests {
  private static let set = """
    catalogue portal {
      context { mfa: Bool  level: Int }
      service device { read { list  get } write { update  delete } }
      service user { list }
    }
    ou acme { plant }
    role Observer { allow *.list, device.get }
    role Operator includes Observer {
      allow device.write when context.level < 3 unless context.mfa
    }
    policy guard { deny device.delete unless context.level < 2 because "no" }
    assign guard to everyone
    assign Operator to user "ada" in acme
    test "observers look" { as Observer  allow device.read  deny device.write }
    assert anyone cannot device.delete when context.level > 5

    """

  @Test func `what is written is as it is kept, laid out, and passes`() throws {
    let session = try Session(["a.pol": Self.set])
    let outcome = session.pol("test DIR --generate")
    #expect(outcome.status == .success)
    let file = Fixture.folder().appending(path: "Test/generated.pol")
    if let problem = Golden.mismatch(outcome.output, with: file) { Issue.record("\(problem)") }
    let source = SourceFile(path: "generated.pol", text: outcome.output)
    #expect(format(source).bytes == source.bytes)
    #expect(outcome.error.hasPrefix("wrote "))
    try session.write(outcome.output, to: "generated.pol")
    let after = session.pol("test DIR --min-score 100 --min-coverage rules=100,cells=100")
    #expect(after.status == .success, "\(after.output)")
    #expect(session.pol("check DIR").status == .success)
  }

  @Test func `a file is written once, and nothing the second time`() throws {
    let session = try Session(["a.pol": Self.set])
    let path = session.folder + "/more.pol"
    #expect(session.pol(["test", session.folder, "--generate", "-o", path]).status == .success)
    let text = try session.text(of: "more.pol")
    let again = session.pol("test DIR --generate")
    #expect(again.status == .success)
    #expect(again.output == "")
    #expect(again.error == "the tests leave nothing open\n")
    // There is nothing to write, so that nothing is in the way of a file that is there.
    let same = session.pol(["test", session.folder, "--generate", "-o", path])
    #expect(same.status == .success)
    #expect(try session.text(of: "more.pol") == text)
  }

  @Test func `a set without tests is what it is for`() throws {
    let untested = Self.set.split(separator: "\n").filter {
      !$0.hasPrefix("test") && !$0.hasPrefix("assert")
    }
    let session = try Session(["a.pol": untested.joined(separator: "\n") + "\n"])
    #expect(session.pol("test DIR --mutate").status == .unable)
    let written = session.pol("test DIR --generate -o DIR/generated.pol")
    #expect(written.status == .success, "\(written.error)")
    let goals = "--min-score 100 --min-coverage rules=100,cells=100"
    let after = session.pol("test DIR \(goals)")
    #expect(after.status == .success, "\(after.output)")
    #expect(session.pol("test DIR --generate").error == "the tests leave nothing open\n")
  }

  @Test func `an option that would say nothing is refused`() throws {
    let session = try Session(["a.pol": Self.set])
    for option in [
      "--mutate", "--min-score 90", "--uncovered", "--coverage DIR/lcov.info",
      "--min-coverage 80", "--format json",
    ] {
      let outcome = session.pol("test DIR --generate \(option)")
      let name = option.split(separator: " ")[0]
      #expect(outcome.status == .unable && outcome.output.isEmpty, "\(option)")
      #expect(outcome.error.hasPrefix("error: `--generate` and `\(name)` contradict each other\n"))
    }
    for line in ["--max-tests 3", "-o DIR/generated.pol", "--max-mutants 3"] {
      let outcome = session.pol("test DIR \(line)")
      #expect(outcome.status == .unable && outcome.error.contains("` is for `--"), "\(line)")
    }
  }

  @Test func `a file that is there is left alone`() throws {
    let session = try Session(["a.pol": Self.set, "b.pol": "// mine\n"])
    let outcome = session.pol(
      ["test", session.folder, "--generate", "-o", session.folder + "/b.pol"]
    )
    #expect(outcome.status == .unable)
    #expect(try session.text(of: "b.pol") == "// mine\n")
  }

  @Test func `what does not hold is mended first`() throws {
    let text = Self.set + "test \"no\" { as Observer  deny device.list }\n"
    let outcome = try Session(["a.pol": text]).pol("test DIR --generate")
    #expect(outcome.status == .negative)
    #expect(!outcome.output.contains("generate"))
  }

  @Test func `names of files and numbers are read with care`() throws {
    let session = try Session(["a.pol": Self.set])
    for line in [
      "test DIR --generate -o generated.txt", "test DIR -o generated.pol",
      "test DIR --generate --max-tests none",
    ] {
      #expect(session.pol(line).status == .unable, "\(line)")
    }
  }

  @Test func `what is left out is said`() throws {
    let outcome = try Session(["a.pol": Self.set])
      .pol("test DIR --generate --max-tests 1 --max-mutants 5")
    #expect(outcome.error.hasPrefix("wrote 1 test\n"))
    #expect(outcome.error.contains("`--max-tests` takes more"))
    #expect(outcome.error.contains("`--max-mutants` takes more"))
  }

  @Test(arguments: ["emnify", "payments"])
  func `a sample's tests come to all that there is`(_ name: String) throws {
    let sample = Fixture.folder().deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Samples/\(name)").path
    let session = try Session([:])
    let written = session.pol(["test", sample, "--generate"])
    #expect(written.status == .success)
    try session.write(written.output, to: "generated.pol")
    let both = [sample, session.folder + "/generated.pol"]
    let goals = ["--min-coverage", "rules=100,cells=100", "--min-score", "100"]
    #expect(session.pol(["test"] + both + goals).status == .success)
    #expect(session.pol(["test"] + both + ["--generate"]).output == "")
  }
}
