import PolicySource

/// A command line that has been read: positional arguments in order, options with their values.
package struct Arguments {
  package private(set) var positionals: [String] = []
  private var values: [String: [String]] = [:]

  /// Reads what follows the name of a command.
  ///
  /// A value stands after `=` or as the next argument; after `--` everything is positional.
  package init(_ arguments: [String], options: [Option]) throws(Failure) {
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      if argument == "--" {
        positionals += rest
        return
      }
      guard argument.hasPrefix("-"), argument != "-" else {
        positionals.append(argument)
        continue
      }
      let (written, attached) = Self.split(argument)
      let option = try Self.option(written, among: options)
      switch option.argument {
      case .none:
        guard attached == nil else { throw Failure("`\(written)` takes no value") }
        try add("", to: option)
      case .text(let word):
        guard let value = attached ?? rest.popFirst() else {
          throw Failure("`\(written)` needs a value, \(word)")
        }
        try add(value, to: option)
      case .choice(let words):
        guard let value = attached ?? rest.popFirst() else {
          throw Failure("`\(written)` needs a value: \(words.joined(separator: ", "))")
        }
        guard words.contains(value) else {
          throw .unknown("value of `\(written)`", value, among: words)
        }
        try add(value, to: option)
      }
    }
  }

  /// The option as written, and the value after `=`.
  private static func split(_ argument: String) -> (name: String, value: String?) {
    guard argument.hasPrefix("--"), let equals = argument.firstIndex(of: "=") else {
      return (argument, nil)
    }
    return (String(argument[..<equals]), String(argument[argument.index(after: equals)...]))
  }

  private static func option(_ written: String, among options: [Option]) throws(Failure) -> Option {
    let known = options.first { option in
      written == "--\(option.name)" || option.letter.map { written == "-\($0)" } ?? false
    }
    if let known { return known }
    throw .unknown("option", written, among: options.map { "--\($0.name)" })
  }

  private mutating func add(_ value: String, to option: Option) throws(Failure) {
    if values[option.name] != nil, !option.mayRepeat, option.argument != .none {
      throw Failure("`--\(option.name)` is given twice")
    }
    values[option.name, default: []].append(value)
  }

  func has(_ option: Option) -> Bool { values[option.name] != nil }

  /// All values of an option, in order.
  func all(_ option: Option) -> [String] { values[option.name] ?? [] }

  /// The value of an option; of a choice that is not made, the first.
  func value(_ option: Option) -> String? {
    if let value = values[option.name]?.last { return value }
    guard case .choice(let words) = option.argument else { return nil }
    return words.first
  }

  /// The number that an option takes, which is above 0.
  func number(_ option: Option, orElse standard: Int) throws(Failure) -> Int {
    guard let text = value(option) else { return standard }
    guard let number = Int(text), number > 0 else {
      throw Failure("`--\(option.name)` takes a number above 0, not `\(text)`")
    }
    return number
  }

  /// Whether colours are wanted.
  var color: ColorChoice { value(.color).flatMap { ColorChoice(rawValue: $0) } ?? .auto }
}

extension Arguments {
  /// Refuses positional arguments.
  func none() throws(Failure) {
    if let first = positionals.first { throw Failure("`\(first)` is one argument too many") }
  }

  /// The one positional argument, if there is one.
  func atMostOne(_ what: String) throws(Failure) -> String? {
    if positionals.count > 1 {
      throw Failure("`\(positionals[1])` is one argument too many: one \(what) is enough")
    }
    return positionals.first
  }
}
