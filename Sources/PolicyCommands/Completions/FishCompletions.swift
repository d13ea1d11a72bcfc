/// Completions for fish ("complete" in its manual).
enum FishCompletions {
  static var script: String {
    var lines = [
      "# Completions of pol for fish; `pol completions fish` writes them.", "complete -c pol -f",
    ]
    for command in Command.all {
      lines.append(
        "complete -c pol -n __fish_use_subcommand -a \(command.name) -d \(quoted(command.summary))"
      )
      let start = "complete -c pol -n '__fish_seen_subcommand_from \(command.name)'"
      lines.append(start + " " + values(command.completion, of: nil))
      for option in command.allOptions {
        var line = start + " -l \(option.name)"
        if let letter = option.letter { line += " -s \(letter)" }
        if let words = option.completion { line += " " + values(words, of: option) }
        lines.append(line + " -d \(quoted(option.summary))")
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// The flags that say what may follow.
  private static func values(_ words: CompletionWords, of option: Option?) -> String {
    let needed = option == nil ? "" : "-x "
    switch words {
    case .anything: return option == nil ? "-f" : "-x"
    case .files: return option == nil ? "-F" : "-r -F"
    case .words(let words): return needed + "-a \(quoted(words.joined(separator: " ")))"
    case .codes:
      return needed + "-a '(\(CompletionWords.codesCommand) | string split -f 1 \" \")'"
    }
  }

  private static func quoted(_ text: String) -> String {
    "'" + text.replacing("\\", with: "\\\\").replacing("'", with: "\\'") + "'"
  }
}
