import Foundation
import PolicySource
import PolicySyntax
import PolicyTestSupport
import Testing

/// A few trees in full; the rest is tested by what is read from them.
@Suite struct TreeTests {
  @Test(arguments: ["declarations", "mistakes"])
  func `a tree is as kept`(_ name: String) throws {
    let fixture = try #require(Texts.fixtures.first { $0.name == "Trees/\(name).pol" })
    let tree = parse(fixture.source, as: FileID(0)).value
    let file = fixture.url.deletingPathExtension().appendingPathExtension("txt")
    if let problem = Golden.mismatch(TreeDump.text(tree), with: file) { Issue.record("\(problem)") }
  }

  @Test func `clauses out of order are all in the tree`() throws {
    let source = SourceFile(
      path: "test.pol",
      text: "policy p { allow a.b because \"x\" unless c when d }"
    )
    let tree = parse(source, as: FileID(0)).value
    let nodes = (0..<tree.nodeCount).map { NodeID($0) }
    let rule = try #require(nodes.first { tree.kind($0) == .rule })
    #expect(
      tree.nodes(rule).map { tree.kind($0) }
        == [.actions, .becauseClause, .unlessClause, .whenClause]
    )
  }

  @Test func `a word that stands for an operator is one`() {
    let source = SourceFile(path: "test.pol", text: "let a = b && !c || d = 1")
    let tree = parse(source, as: FileID(0)).value
    let kinds = (0..<tree.nodeCount).map { tree.kind(NodeID($0)) }
    #expect(kinds.filter { $0 == .orCondition }.count == 1)
    #expect(kinds.filter { $0 == .andCondition }.count == 1)
    #expect(kinds.filter { $0 == .notCondition }.count == 1)
    #expect(kinds.filter { $0 == .comparison }.count == 1)
    #expect(!kinds.contains(.error))
  }
}
