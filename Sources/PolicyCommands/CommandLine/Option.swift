/// Something that may stand on a command line besides positional arguments.
package struct Option: Hashable, Sendable {
  package enum Argument: Hashable, Sendable {
    case none
    /// Any text; the word stands for it in the help.
    case text(String)
    /// One of these words; the first is taken where the option is absent.
    case choice([String])
  }

  /// The name without its dashes.
  package let name: String
  /// A name of one letter, if it has one.
  package let letter: Character?
  package let argument: Argument
  package let mayRepeat: Bool
  /// What it does, in one phrase.
  package let summary: String

  package init(
    _ name: String,
    letter: Character? = nil,
    _ argument: Argument,
    mayRepeat: Bool = false,
    _ summary: String
  ) {
    self.name = name
    self.letter = letter
    self.argument = argument
    self.mayRepeat = mayRepeat
    self.summary = summary
  }

  /// An option that takes no value.
  package init(_ name: String, letter: Character? = nil, _ summary: String) {
    self.init(name, letter: letter, .none, summary)
  }

  /// How the help writes it, such as `-o, --output FILE`.
  var synopsis: String {
    let short = letter.map { "-\($0), " } ?? ""
    switch argument {
    case .none: return "\(short)--\(name)"
    case .text(let word): return "\(short)--\(name) \(word)"
    case .choice(let words): return "\(short)--\(name) \(words.joined(separator: "|"))"
    }
  }
}

extension Option {
  static let help = Option("help", letter: "h", "show this page")
  static let color = Option(
    "color",
    .choice(ColorChoice.allCases.map(\.rawValue)),
    "colours, by themselves only on a terminal without NO_COLOR"
  )
  static let format = Option("format", .choice(["text", "json"]), "how the answer is written")

  /// The options of every command.
  static let common = [color, help]
}
