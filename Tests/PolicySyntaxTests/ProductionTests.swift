import Foundation
import Testing

/// The productions that stand above the parser's methods are those of the grammar, whose names the
/// methods have.
@Suite struct ProductionTests {
  @Test func `each production of the grammar stands word for word above a method`() throws {
    let grammar = try productions(
      String(contentsOf: Texts.root.appending(path: "Grammar/pol.ebnf"), encoding: .utf8)
    )
    #expect(grammar.count > 30)
    let folder = Texts.root.appending(path: "Sources/PolicySyntax/Parser")
    var parser: [String: String] = [:]
    var methods: [String: String] = [:]
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() {
      let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
      methods.merge(self.methods(lines)) { first, _ in first }
      let comments = lines.map { line in
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
      let words = name.split(separator: "-").map(String.init)
      let method = (words.prefix(1) + words.dropFirst().map(\.capitalized)).joined()
      #expect(methods[name] == method, "\(name)")
    }
  }

  /// The name of the method below each production.
  private func methods(_ lines: [Substring]) -> [String: String] {
    var result: [String: String] = [:]
    var waiting: Substring?
    for line in lines {
      if let match = line.firstMatch(of: /\/\/\/ {5}([a-z-]+) ::=/) {
        waiting = waiting ?? match.1
      } else if let name = waiting, let match = line.firstMatch(of: /func `?([A-Za-z]+)`?\(/) {
        result[String(name)] = String(match.1)
        waiting = nil
      }
    }
    return result
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
