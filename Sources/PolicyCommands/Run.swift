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
    if given.has(Option.help) {
      console.write(HelpText.page(command, on: console.terminal(given.color)))
      return .success
    }
    return try command.run(given, console)
  } catch {
    console.write("error: \(VisibleText.of(error.message))\n", to: .error)
    if let help = error.help { console.write("  = help: \(help)\n", to: .error) }
    if error.help == nil, error.status == .unable, let name {
      console.write("  = help: `pol \(name) --help` shows how it is used\n", to: .error)
    }
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
