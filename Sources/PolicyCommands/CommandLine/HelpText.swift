import PolicyReport

/// The pages that `--help` shows.
enum HelpText {
  static let version = ToolVersion.text

  /// What `pol` is, its commands, and what to type next.
  static func overview(on terminal: Terminal) -> String {
    var text = """
      pol \(version): says who may do what, proves it, and decides fast

      A directory of .pol files is one policy set: a catalogue of services and actions, policies that
      allow and deny them, assignments, tests and assertions.


      """
    text += terminal.paint("Commands:", .strong) + "\n"
    text += table(Command.all.map { ($0.name, $0.summary) })
    text += """

      \(terminal.paint("To begin:", .strong))
        pol init my-policies      write a first policy set
        pol check my-policies     check it
        pol help eval             see how to ask it for a decision

      """
    return text
  }

  /// The page of one command.
  static func page(_ command: Command, on terminal: Terminal) -> String {
    func title(_ text: String) -> String { "\n" + terminal.paint(text, .strong) + "\n" }
    var text = "pol \(command.name): \(command.summary)\n"
    text += title("Usage:") + "  pol \(command.name)"
    text += command.synopsis.isEmpty ? "" : " \(command.synopsis)"
    text += " [OPTION…]\n"
    text += "\n" + PageText.wrapped(command.details, to: 88) + "\n"
    let options = command.options + Option.common
    text += title("Options:") + table(options.map { ($0.synopsis, $0.summary) })
    let statuses = command.statuses.map { (String($0.status.rawValue), $0.meaning) }
    text += title("Exit codes:") + table(statuses)
    text += title("Examples:")
    text += command.examples.map { "  \($0.line)\n      \($0.meaning)\n" }.joined()
    return text
  }

  /// Two columns; a long left side has a line of its own.
  private static func table(_ rows: [(String, String)]) -> String {
    let widest = 30
    let width = min(widest, rows.map(\.0.count).max() ?? 0)
    return rows.map { left, right in
      let gap =
        left.count > width
        ? "\n" + String(repeating: " ", count: width + 4)
        : String(repeating: " ", count: width - left.count + 2)
      return "  " + left + gap + right + "\n"
    }.joined()
  }
}
