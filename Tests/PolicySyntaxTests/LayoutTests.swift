import PolicySource
import PolicySyntax
import PolicyTestSupport
import Testing

/// Nothing depends on line breaks, spaces or comments.
@Suite struct LayoutTests {
  /// The kinds of the nodes and the texts of the tokens, without the layout.
  private func shape(_ tree: SyntaxTree) -> [String] {
    (0..<tree.nodeCount).map { position in
      let node = NodeID(position)
      let own = tree.childTokens(node).map { tree.text(tree.span($0)) }
      return "\(tree.kind(node)) \(own.joined(separator: " "))"
    }
  }

  @Test(arguments: Texts.valid + Texts.samples)
  func `a file means the same however its tokens are laid out`(_ fixture: Fixture) {
    let original = parse(fixture.source, as: FileID(0)).value
    let words = (0..<original.tokens.count).map { TokenID($0) }
      .filter { !original.tokens.kind($0).isTrivia }
      .map { original.text(original.span($0)) }
    for separator in [" ", "\n", "\r\n", "\t", " // comment\n\n  ", "\n/// documentation\n"] {
      let text = words.joined(separator: separator)
      let staged = parse(SourceFile(path: fixture.name, text: text), as: FileID(0))
      #expect(staged.diagnostics.map(\.message) == [])
      #expect(shape(staged.value) == shape(original))
    }
  }

  @Test func `a byte order mark and line breaks of Windows are fine`() {
    let text = "\u{FEFF}policy p {\r\n  allow a.b // comment\r\n}\r\n"
    #expect(Texts.diagnostics(text).map(\.message) == [])
  }
}
