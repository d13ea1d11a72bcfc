import Foundation
import PolicyCommands
import PolicyTestSupport
import Testing

/// What holds for every command: options, help, exit codes.
@Suite struct CommandLineTests {
  @Test func `without arguments it says what it is and what to type next`() throws {
    let outcome = try Session().pol("")
    #expect(outcome.status == .unable)
    #expect(outcome.output.contains("pol init"))
    #expect(outcome.error.isEmpty)
    #expect(try Session().pol("help").status == .success)
    #expect(try Session().pol("--help").output == outcome.output)
  }

  @Test(arguments: Command.all.map(\.name))
  func `every command has a page`(name: String) throws {
    let outcome = try Session().pol([name, "--help"])
    #expect(outcome.status == .success)
    #expect(try Session().pol(["help", name]).output == outcome.output)
    let file = Fixture.folder().appending(path: "Help/\(name).txt")
    if let problem = Golden.mismatch(outcome.output, with: file) { Issue.record("\(problem)") }
    for line in outcome.output.split(separator: "\n") {
      #expect(line.count <= 100, "\(line)")
    }
    let command = try Command.named(name)
    #expect(command.examples.count == 2)
    for example in command.examples { #expect(example.line.hasPrefix("pol ")) }
  }

  @Test(arguments: [
    "check", "matrix", "test", "export", "compile", "fmt", "what-can", "who-can", "blame",
  ])
  func `tables are never read as policy text`(command: String) throws {
    let session = try Session(["set.polc": "\u{89}polc"])
    let words = ["who-can": " a.b", "what-can": " user:x", "blame": " user:x a.b"][command] ?? ""
    let outcome = session.pol("\(command) DIR/set.polc\(words)")
    #expect(outcome.status == .unable && outcome.output.isEmpty)
    #expect(outcome.error.hasPrefix("error: `DIR/set.polc` is compiled\n"), "\(outcome.error)")
    #expect(outcome.error.contains("give their directory"))
  }

  @Test(arguments: [
    ("chek", "there is no command `chek`", "did you mean `check`?"),
    ("check --formt=json", "there is no option `--formt`", "did you mean `--format`?"),
    ("check --format=jsn", "there is no value of `--format` `jsn`", "did you mean `json`?"),
    (
      "check --format yaml", "there is no value of `--format` `yaml`",
      "it is one of text, short, json, sarif, github, gitlab, junit, markdown"
    ),
    (
      "check --format",
      "`--format` needs a value: text, short, json, sarif, github, gitlab, junit, markdown",
      "`pol check --help` shows"
    ),
    ("check --format=json --format=text", "`--format` is given twice", "`pol check --help`"),
    ("check --help=yes", "`--help` takes no value", "`pol check --help` shows how it is used"),
    (
      "check --only unknown-actoin", "there is no code `unknown-actoin`",
      "did you mean `unknown-action`?"
    ),
    ("rule unknown-actoin", "there is no code `unknown-actoin`", "did you mean `unknown-action`?"),
    ("rule", "a code is needed", "`pol rule --list` lists all codes"),
    ("version 2", "`2` is one argument too many", "`pol version --help`"),
    ("help a b", "`b` is one argument too many: one command is enough", "`pol help --help`"),
    ("blame --kind x", "there is no option `--kind`", "it is one of --"),
    ("check -x", "there is no option `-x`", "it is one of --format, --fail-on"),
  ])
  func `a slip is told with what was meant`(line: String, message: String, help: String) throws {
    let outcome = try Session().pol(line)
    #expect(outcome.status == .unable)
    #expect(outcome.output.isEmpty)
    let lines = outcome.error.split(separator: "\n")
    #expect(lines.count == 2)
    #expect(lines.first.map(String.init) == "error: \(message)")
    #expect(lines.last?.hasPrefix("  = help: \(help)") == true, "\(outcome.error)")
  }

  @Test func `the version is one line`() throws {
    let outcome = try Session().pol("version")
    #expect(outcome.output.hasPrefix("pol ") && outcome.output.hasSuffix("\n"))
    #expect(try Session().pol("--version").output == outcome.output)
  }

  @Test func `after two dashes everything is an argument`() throws {
    let outcome = try Session().pol("check -- --format")
    #expect(outcome.error.hasPrefix("error: there is no file or directory `--format`\n"))
  }

  @Test func `colours only on a terminal that wants them`() throws {
    let session = try Session(["a.pol": "role R { allow nothing.here }\n"])
    func isColored(_ extra: [String], _ variables: [String: String], isTerminal: Bool) -> Bool {
      session.pol(["check", "DIR"] + extra, variables: variables, isTerminal: isTerminal)
        .output.contains("\u{1B}[")
    }
    #expect(isColored([], [:], isTerminal: true))
    #expect(!isColored([], [:], isTerminal: false))
    #expect(!isColored([], ["NO_COLOR": "1"], isTerminal: true))
    #expect(isColored([], ["NO_COLOR": ""], isTerminal: true))
    #expect(!isColored([], ["TERM": "dumb"], isTerminal: true))
    #expect(isColored(["--color=always"], ["NO_COLOR": "1"], isTerminal: false))
    #expect(!isColored(["--color", "never"], [:], isTerminal: true))
  }
}
