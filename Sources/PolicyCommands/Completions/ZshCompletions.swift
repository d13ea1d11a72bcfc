/// Completions for zsh ("Completion System" in its manual), sourced or in a directory of `fpath`.
enum ZshCompletions {
  static var script: String {
    let commands = Command.all.map { quoted("\($0.name):\(escaped($0.summary))") }
    return """
      #compdef pol
      # Completions of pol for zsh; `pol completions zsh` writes them.
      _pol_codes() {
        local -a codes
        codes=(${(f)"$(\(CompletionWords.codesCommand) | cut -d ' ' -f 1)"})
        compadd -a codes
      }
      _pol() {
        local -a commands
        commands=(
          \(commands.joined(separator: "\n    "))
        )
        if (( CURRENT == 2 )); then
          _describe command commands
          return
        fi
        local command=$words[2]
        shift words
        (( CURRENT-- ))
        case $command in
      \(Command.all.map(branch).joined(separator: "\n"))
        esac
      }
      if [[ $funcstack[1] == _pol ]]; then _pol "$@"; else compdef _pol pol; fi

      """
  }

  private static func branch(_ command: Command) -> String {
    let options = command.allOptions.flatMap(specifications)
    let rest = quoted("*:argument:\(action(command.completion))")
    return "    \(command.name)) _arguments -s \((options + [rest]).joined(separator: " ")) ;;"
  }

  /// What `_arguments` is told of an option.
  private static func specifications(_ option: Option) -> [String] {
    let summary = "[\(escaped(option.summary))]"
    let star = option.mayRepeat ? "*" : ""
    return option.spellings.map { spelling in
      guard let values = option.completion else { return quoted(star + spelling + summary) }
      let joint = spelling.hasPrefix("--") ? "=" : "+"
      return quoted("\(star)\(spelling)\(joint)\(summary):\(option.name):\(action(values))")
    }
  }

  private static func action(_ words: CompletionWords) -> String {
    switch words {
    case .anything: " "
    case .files: "_files"
    case .words(let words): "(\(words.joined(separator: " ")))"
    case .codes: "_pol_codes"
    }
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("\\", with: "\\\\").replacing("[", with: "\\[").replacing("]", with: "\\]")
      .replacing(":", with: "\\:")
  }

  private static func quoted(_ text: String) -> String {
    "'" + text.replacing("'", with: "'\\''") + "'"
  }
}
