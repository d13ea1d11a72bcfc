import PolicySource
import PolicySyntax
import PolicyTestSupport
import Testing

/// Holds the parser to the grammar that people read.
@Suite struct GrammarTests {
  /// Terminals that the grammar describes in words.
  static let terminals: Set<String> = ["name", "string", "integer", "glob"]

  @Test func `every name in the grammar is a production or a terminal`() throws {
    let grammar = try Grammar.read()
    func names(_ expression: Expression) -> [String] {
      switch expression {
      case .literal: []
      case .name(let name): [name]
      case .sequence(let parts), .choice(let parts): parts.flatMap(names)
      case .optional(let inner), .many(let inner), .some(let inner): names(inner)
      }
    }
    for production in grammar.order {
      for name in grammar.productions[production].map(names) ?? []
      where grammar.productions[name] == nil && !Self.terminals.contains(name) {
        Issue.record("\(production) uses `\(name)`, which nothing describes")
      }
    }
    #expect(Set(grammar.order).count == grammar.order.count)
  }

  @Test func `the parser accepts what the grammar produces`() throws {
    let grammar = try Grammar.read()
    var used: Set<String> = []
    let failure = RandomCases(2_000).firstFailure { random in
      var sentences = Sentences(grammar, random)
      let text = sentences.sentence(of: "program").joined(separator: " ")
      used.formUnion(sentences.used)
      let source = SourceFile(path: "sentence.pol", text: text)
      guard let first = parse(source, as: FileID(0)).diagnostics.first else { return nil }
      return "\(first.code.rawValue): \(first.message) at \(first.primary.span.lower) in\n\(text)"
    }
    #expect(failure == nil)
    let unused = grammar.order.filter { !used.contains($0) }
    #expect(unused == ["policy-name", "let-name"], "productions that no sentence used")
  }

  @Test func `the parser says something about what the grammar does not produce`() throws {
    let grammar = try Grammar.read()
    // A token that fits nowhere among those of a sentence is always a mistake.
    let failure = RandomCases(500).firstFailure { random in
      var sentences = Sentences(grammar, random)
      var tokens = sentences.sentence(of: "declaration")
      tokens.insert(
        random.element(of: ["]", ")", "}", "==", ";", "?"]),
        at: random.below(tokens.count + 1)
      )
      let text = tokens.joined(separator: " ")
      let source = SourceFile(path: "sentence.pol", text: text)
      return parse(source, as: FileID(0)).diagnostics.isEmpty ? "nothing said about\n\(text)" : nil
    }
    #expect(failure == nil)
  }
}
