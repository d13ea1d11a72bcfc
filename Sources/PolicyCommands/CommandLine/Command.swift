/// One subcommand: what the help says of it, and what it does.
package struct Command: Sendable {
  /// A command line that works, and what it does.
  package struct Example: Sendable {
    package let line: String
    package let meaning: String

    package init(_ line: String, _ meaning: String) {
      self.line = line
      self.meaning = meaning
    }
  }

  package let name: String
  /// What it does, in one phrase.
  package let summary: String
  /// What may follow the name, options apart.
  package let synopsis: String
  /// Whole sentences, in paragraphs.
  package let details: String
  /// Its own options; every command has those of `Option.common` too.
  package let options: [Option]
  /// What its exit codes mean.
  package let statuses: [(status: ExitStatus, meaning: String)]
  package let examples: [Example]
  let run: @Sendable (Arguments, Console) throws(Failure) -> ExitStatus

  init(
    _ name: String,
    summary: String,
    synopsis: String,
    details: String,
    options: [Option],
    statuses: [(status: ExitStatus, meaning: String)],
    examples: [Example],
    run: @escaping @Sendable (Arguments, Console) throws(Failure) -> ExitStatus
  ) {
    self.name = name
    self.summary = summary
    self.synopsis = synopsis
    self.details = details
    self.options = options
    self.statuses = statuses
    self.examples = examples
    self.run = run
  }

  /// Every command, in the order in which one comes to need them.
  package static let all: [Command] = [
    initCommand, checkCommand, testCommand, evalCommand, explainCommand, whoCanCommand,
    whatCanCommand, blameCommand, diffCommand, replayCommand, lockCommand, matrixCommand,
    exportCommand,
    importCommand, compileCommand, verifyCommand, benchCommand, formatCommand,
    languageServerCommand,
    ruleCommand, completionsCommand,
    helpCommand, versionCommand,
  ]

  package static func named(_ name: String) throws(Failure) -> Command {
    if let command = all.first(where: { $0.name == name }) { return command }
    throw .unknown("command", name, among: all.map(\.name))
  }
}
