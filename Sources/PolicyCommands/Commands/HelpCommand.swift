extension Command {
  static let helpCommand = Command(
    "help",
    summary: "show the commands, or how one of them is used",
    synopsis: "[COMMAND]",
    details: "Without a command, lists all of them. `pol COMMAND --help` shows the same page.",
    options: [],
    statuses: [(.success, "shown"), (.unable, "there is no such command")],
    examples: [
      Example("pol help", "list the commands"),
      Example("pol help eval", "show how to ask for a decision"),
    ]
  ) { (arguments, console) throws(Failure) in
    let terminal = console.terminal(arguments.color)
    guard let name = try arguments.atMostOne("command") else {
      console.write(HelpText.overview(on: terminal))
      return .success
    }
    console.write(HelpText.page(try named(name), on: terminal))
    return .success
  }
}
