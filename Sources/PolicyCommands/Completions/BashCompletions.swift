/// Completions for Bash 3.2 and newer ("Programmable Completion" in its manual).
enum BashCompletions {
  static var script: String {
    """
    # Completions of pol for bash; `pol completions bash` writes them.
    _pol() {
      local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} options=
      COMPREPLY=()
      # Bash takes the `=` of `--option=value` for a word of its own.
      if [[ $word == "=" ]]; then
        word=
      elif [[ $before == "=" ]]; then
        before=${COMP_WORDS[COMP_CWORD-2]}
      fi
      if [[ $COMP_CWORD -eq 1 ]]; then
        COMPREPLY=($(compgen -W "\(Command.all.map(\.name).joined(separator: " ")) --help --version" -- "$word"))
        return
      fi
      case ${COMP_WORDS[1]} in
    \(Command.all.map(branch).joined(separator: "\n"))
      esac
    }
    complete -o filenames -F _pol pol

    """
  }

  private static func branch(_ command: Command) -> String {
    var lines = ["    \(command.name))", "      case $before in"]
    for option in command.allOptions {
      guard let values = option.completion else { continue }
      lines.append("        \(option.spellings.joined(separator: "|"))) \(reply(values)) return ;;")
    }
    let options = command.allOptions.flatMap(\.spellings).joined(separator: " ")
    lines += [
      "      esac",
      "      if [[ $word == -* ]]; then",
      "        COMPREPLY=($(compgen -W \"\(options)\" -- \"$word\"))",
      "      else",
      "        \(reply(command.completion))",
      "      fi ;;",
    ]
    return lines.joined(separator: "\n")
  }

  private static func reply(_ words: CompletionWords) -> String {
    switch words {
    case .anything: ""
    case .files: "COMPREPLY=($(compgen -f -- \"$word\"));"
    case .words(let words):
      "COMPREPLY=($(compgen -W \"\(words.joined(separator: " "))\" -- \"$word\"));"
    case .codes:
      "COMPREPLY=($(compgen -W \"$(\(CompletionWords.codesCommand) | cut -d ' ' -f 1)\" -- \"$word\"));"
    }
  }
}
