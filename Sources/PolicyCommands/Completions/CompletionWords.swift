/// What may stand at a place of a command line, for shells to complete.
enum CompletionWords: Hashable {
  case words([String])
  /// The codes of diagnostics, which the shell asks `pol` for.
  case codes
  case files
  /// Something that only the user knows.
  case anything

  /// The shell's line that lists all codes.
  static let codesCommand = "pol rule --list --color never 2>/dev/null"
}

extension Option {
  /// What its value may be; nil for options without one.
  var completion: CompletionWords? {
    switch argument {
    case .none: return nil
    case .choice(let words): return .words(words)
    case .text(let word):
      if word == "CODE" { return .codes }
      return word.hasPrefix("FILE") || word.hasPrefix("DIR") ? .files : .anything
    }
  }

  /// The ways to write it.
  var spellings: [String] { ["--\(name)"] + (letter.map { ["-\($0)"] } ?? []) }
}

extension Command {
  /// What its positional arguments may be.
  var completion: CompletionWords {
    switch name {
    case "help": .words(Self.all.map(\.name))
    case "completions": .words(Shell.allCases.map(\.rawValue))
    case "rule": .codes
    default: .files
    }
  }

  var allOptions: [Option] { options + Option.common }
}

/// The shells that completions can be written for.
package enum Shell: String, CaseIterable, Sendable {
  case bash, zsh, fish

  /// The script that teaches the shell to complete `pol`.
  package var completions: String {
    switch self {
    case .bash: BashCompletions.script
    case .zsh: ZshCompletions.script
    case .fish: FishCompletions.script
    }
  }
}
