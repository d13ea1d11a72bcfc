/// Swift source that grows line by line.
struct SwiftText {
  private(set) var text = ""
  private var depth = 0

  mutating func line(_ content: String = "") {
    if !content.isEmpty { text += String(repeating: "  ", count: depth) + content }
    text += "\n"
  }

  /// Several lines, each at the depth of the place.
  mutating func lines(_ content: String) {
    for part in content.split(separator: "\n", omittingEmptySubsequences: false) {
      line(String(part))
    }
  }

  /// A declaration with a body between braces.
  mutating func block(_ head: String, _ body: (inout SwiftText) -> Void) {
    line(head + " {")
    depth += 1
    body(&self)
    depth -= 1
    line("}")
  }

  /// Documentation: what the policies say, else a sentence of our own.
  mutating func documentation(_ texts: String?...) {
    let lines = texts.compactMap { $0 }.first { !$0.isEmpty }?.split(separator: "\n") ?? []
    for part in lines {
      let printable = String(part.unicodeScalars.map { $0.value < 0x20 ? " " : Character($0) })
      line("/// " + printable)
    }
  }

  /// A string literal of any text.
  static func literal(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case _ where isInvisible(scalar):
        result += "\\u{\(String(scalar.value, radix: 16))}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  /// Whether a reader of the source would not see it, or see the text around it in another order.
  static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned: true
    default: false
    }
  }
}
