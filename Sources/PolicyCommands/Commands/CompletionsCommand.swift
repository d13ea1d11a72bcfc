extension Command {
  static let completionsCommand = Command(
    "completions",
    summary: "write completions for a shell",
    synopsis: Shell.allCases.map(\.rawValue).joined(separator: "|"),
    details: """
      Writes a script that teaches the shell to complete commands, options, their values, and the \
      codes of diagnostics.
      """,
    options: [],
    statuses: [(.success, "written"), (.unable, "there are none for such a shell")],
    examples: [
      Example("pol completions bash > ~/.local/share/bash-completion/completions/pol", "for bash"),
      Example("pol completions fish > ~/.config/fish/completions/pol.fish", "for fish"),
    ]
  ) { (arguments, console) throws(Failure) in
    let shells = Shell.allCases.map(\.rawValue)
    guard let name = try arguments.atMostOne("shell") else {
      throw Failure("a shell is needed: " + shells.joined(separator: ", "))
    }
    guard let shell = Shell(rawValue: name) else { throw .unknown("shell", name, among: shells) }
    console.write(shell.completions)
    return .success
  }
}
