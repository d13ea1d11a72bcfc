/// Makes Swift names of the names in policies.
enum SwiftNames {
  /// The types that the made source names: nothing in it may be called so and mean something else.
  static let types: Set<String> = [
    "Any", "ArtifactError", "Bool", "CaseIterable", "Error", "Hashable", "HeldPolicy", "IPAddress",
    "Instant", "Int64", "PathText", "PolicyEngine", "PrincipalID", "Protocol", "RequestRefusal",
    "Self", "Sendable", "StaticString", "String", "Type", "Value",
  ]

  /// The functions and constants of the made source that are used within what is made of names.
  static let values: Set<String> = ["engine", "init", "polKnown", "polSet", "polTables", "self"]

  /// `esme_type_list`, `esme-type-list` and `esme type list` as `esmeTypeList`.
  static func value(_ name: String) -> String {
    let words = words(of: name)
    guard let first = words.first else { return "" }
    return lowered(first) + words.dropFirst().map(raised).joined()
  }

  /// `service-profile` as `ServiceProfile`.
  static func type(_ name: String) -> String {
    words(of: name).map(raised).joined()
  }

  /// A Swift name for each name of a scope, in order.
  ///
  /// Where two would be the same, or one has another meaning in the scope, they stand as they were
  /// written, between backquotes (raw identifiers, SE-0451), so that no name depends on the order
  /// of its neighbours.
  static func unique(
    _ names: [String],
    taken: Set<String> = [],
    _ convert: (String) -> String
  ) -> [String] {
    let converted = names.map(convert)
    var counts: [String: Int] = [:]
    for name in converted { counts[name, default: 0] += 1 }
    var used = taken
    return zip(names, converted).map { name, swift in
      let isFree = !swift.isEmpty && counts[swift] == 1 && !taken.contains(swift)
      var result = isFree ? swift : printable(name)
      while !used.insert(result).inserted { result += "_" }
      return quoted(result)
    }
  }

  /// The runs of letters and digits in a name.
  private static func words(of name: String) -> [Substring] {
    name.split { !$0.isLetter && !$0.isNumber }
  }

  /// A word with its first letters small: `HTTPStatus` becomes `httpStatus`, `ID` becomes `id`.
  private static func lowered(_ word: Substring) -> String {
    let capitals = word.prefix { $0.isUppercase }.count
    let small = capitals > 1 && capitals < word.count ? capitals - 1 : capitals
    return word.prefix(small).lowercased() + word.dropFirst(small)
  }

  private static func raised(_ word: Substring) -> String {
    word.prefix(1).uppercased() + word.dropFirst()
  }

  /// A name as a raw identifier may hold it: what may not stand in one is written as its number.
  private static func printable(_ name: String) -> String {
    var result = ""
    for scalar in name.unicodeScalars {
      let isPlain = scalar != "`" && scalar != "\\" && !SwiftText.isInvisible(scalar)
      result += isPlain ? String(scalar) : "u{\(String(scalar.value, radix: 16))}"
    }
    // Operators alone would be an operator.
    let isWord = result.contains { $0.isLetter || $0.isNumber }
    return isWord ? result : "name " + result
  }

  /// Between backquotes unless it is an identifier without.
  private static func quoted(_ name: String) -> String {
    let isPlain = name.unicodeScalars.allSatisfy { scalar in
      scalar == "_" || scalar.isASCII && scalar.properties.isAlphabetic
        || ("0"..."9").contains(scalar)
    }
    let startsWell = name.unicodeScalars.first.map { !("0"..."9").contains($0) } ?? false
    return isPlain && startsWell && !keywords.contains(name) ? name : "`\(name)`"
  }

  /// The words that cannot be names without backquotes (The Swift Programming Language, "Lexical
  /// Structure"), with those that cannot be members.
  private static let keywords: Set<String> = [
    "associatedtype", "borrowing", "class", "consuming", "deinit", "enum", "extension",
    "fileprivate", "func", "import", "init", "inout", "internal", "let", "nonisolated", "open",
    "operator", "precedencegroup", "private", "protocol", "public", "rethrows", "static", "struct",
    "subscript", "typealias", "var", "break", "case", "catch", "continue", "default", "defer", "do",
    "else", "fallthrough", "for", "guard", "if", "in", "repeat", "return", "switch", "throw",
    "where", "while", "Any", "as", "await", "false", "is", "nil", "self", "Self", "super", "throws",
    "true", "try", "Protocol", "Type", "some", "any", "_",
  ]
}
