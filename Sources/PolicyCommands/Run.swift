import PolicyReport
import PolicyWorkspace

/// Runs `pol` in the process, and ends it.
package func runAndExit(_ arguments: [String]) -> Never {
  Fault.catchSignals()
  System.exit(run(arguments, on: .process).rawValue)
}

/// Runs `pol` with the arguments that follow its name.
package func run(_ arguments: [String], on console: Console) -> ExitStatus {
  var name: String?
  var color = ColorChoice.auto
  do throws(Failure) {
    guard let first = arguments.first else {
      console.write(HelpText.overview(on: console.terminal(.auto)))
      // Nothing was asked for, and an empty run is not a green run.
      return .unable
    }
    let command = try Command.named(alias(of: first))
    name = command.name
    let given = try Arguments(
      Array(arguments.dropFirst()),
      options: command.options + Option.common
    )
    color = given.color
    if given.has(Option.help) {
      console.write(HelpText.page(command, on: console.terminal(given.color)))
      return .success
    }
    return try command.run(given, console)
  } catch {
    let terminal = console.terminal(color, for: .error)
    var help = error.help
    if help == nil, error.status == .unable, let name {
      help = "`pol \(name) --help` shows how it is used"
    }
    let headline = terminal.paint("error", .error) + ": " + VisibleText.of(error.message) + "\n"
    let remark = help.map { "  = " + terminal.paint("help", .help) + ": \(VisibleText.of($0))\n" }
    console.write(headline + (remark ?? ""), to: .error)
    return error.status
  }
}

/// The commands that are also written as options.
private func alias(of word: String) -> String {
  switch word {
  case "--help", "-h": "help"
  case "--version": "version"
  default: word
  }
}
