/// A name as policy text writes it: in backquotes unless it is one by itself.
///
/// The reserved words would be read as something else where the name stands.
/// - Complexity: O(length).
package func describe(name: String, reserved: Set<String> = []) -> String {
  guard !isPlain(name) || reserved.contains(where: { $0.utf8.elementsEqual(name.utf8) }) else {
    return name
  }
  return "`\(name)`"
}

/// The words that may not name a policy or a `let` without backquotes.
package let reservedPolicyNames: Set<String> = [
  "and", "or", "not", "has", "in", "is", "like", "under", "contains", "any", "all", "true",
  "false", "principal", "resource", "context", "user", "service-account", "group", "everyone",
  "anonymous", "anyone", "only", "nobody",
]

/// A letter or `_`, then letters, digits, `_`, and `-` between two of them.
private func isPlain(_ name: String) -> Bool {
  var mayEnd = false
  for (index, scalar) in name.unicodeScalars.enumerated() {
    if index == 0 {
      guard scalar == "_" || scalar.properties.isXIDStart else { return false }
      mayEnd = true
    } else if scalar == "-" {
      guard mayEnd else { return false }
      mayEnd = false
    } else {
      guard scalar == "_" || scalar.properties.isXIDContinue else { return false }
      mayEnd = true
    }
  }
  return mayEnd
}

/// A text as policy text writes it, in quotes.
///
/// In a `like` pattern, stars of the text are literal ones.
/// - Complexity: O(length).
package func describe(string: String, isPattern: Bool = false) -> String {
  var text = "\""
  for scalar in string.unicodeScalars {
    switch scalar {
    case "\"", "\\": text += "\\\(scalar)"
    case "\n": text += "\\n"
    case "\t": text += "\\t"
    case "*" where isPattern: text += "\\*"
    default:
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator:
        text += "\\u{\(String(scalar.value, radix: 16))}"
      default: text.unicodeScalars.append(scalar)
      }
    }
  }
  return text + "\""
}
