import Foundation
import Testing

/// The productions that stand above the parser's methods are those of the grammar.
@Suite struct ProductionTests {
  @Test func `each production of the grammar stands word for word above a method`() throws {
    let grammar = try productions(
      String(contentsOf: Texts.root.appending(path: "Grammar/pol.ebnf"), encoding: .utf8)
    )
    #expect(grammar.count > 30)
    let folder = Texts.root.appending(path: "Sources/PolicySyntax/Parser")
    var parser: [String: String] = [:]
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() {
      let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
      let comments = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
        let line = line.trimmingCharacters(in: .whitespaces)
        return line.hasPrefix("///     ") ? String(line.dropFirst(8)) : ""
      }
      // Code in comments ends where its indentation does.
      for block in comments.split(separator: "") where block.first?.contains(" ::= ") == true {
        parser.merge(productions(block.joined(separator: "\n"))) { first, _ in first }
      }
    }
    for name in Set(grammar.keys).union(parser.keys).sorted() {
      #expect(parser[name] == grammar[name], "\(name)")
    }
  }

  /// The right-hand sides by their names, with single spaces between the symbols.
  private func productions(_ text: String) -> [String: String] {
    var result: [String: String] = [:]
    var name = ""
    let text = text.replacing(/\/\*(?:[^*]|\*[^\/])*\*\//, with: "")
    for line in text.split(separator: "\n") {
      var words = line.split(separator: " ").map(String.init)
      if words.count > 1, words[1] == "::=" {
        name = words[0]
        words.removeFirst(2)
      }
      result[name, default: ""] += words.map { " " + $0 }.joined()
    }
    return result
  }
}
