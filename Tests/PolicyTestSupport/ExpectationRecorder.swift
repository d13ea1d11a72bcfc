package import PolicySource

extension Expectation {
  /// The text of a fixture with its expectations replaced by what is reported.
  package static func recorded(source: SourceFile, diagnostics: [Diagnostic]) -> String {
    let actual = diagnostics.map { Expectation($0, in: source) }
    var result: [String] = []
    var subject = 0
    var pending = actual.filter { $0.line == 0 }.map(\.comment)
    for index in source.lineStarts.indices {
      let line = String(decoding: source.lineBytes(index), as: UTF8.self)
      if Expectation(comment: line, about: subject) != nil { continue }
      if index > 0 {
        result += pending
        subject = index
        pending = actual.filter { $0.line == index }.map(\.comment)
      }
      result.append(line)
    }
    return (result + pending).joined(separator: "\n")
  }

  /// The comment that states this expectation.
  private var comment: String {
    let text = message.isEmpty ? code : "\(code) \(message)"
    guard columns.lowerBound > 3 else {
      return "// @\(columns.lowerBound)-\(columns.upperBound) \(text)"
    }
    return "//" + String(repeating: " ", count: columns.lowerBound - 3)
      + String(repeating: "^", count: columns.count) + " " + text
  }
}
