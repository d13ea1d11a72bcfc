import Foundation
import PolicyTestSupport
import Testing

/// The railroad diagrams are those of the grammar.
@Suite struct DiagramTests {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Grammar")

  @Test func `the diagrams are made of the grammar as it is`() throws {
    let source = try String(contentsOf: Self.folder.appending(path: "pol.ebnf"), encoding: .utf8)
    let page = Page.text(try Grammar(source), source: source)
    let problem = Golden.mismatch(page, with: Self.folder.appending(path: "diagrams.html"))
    #expect(problem == nil)
  }

  @Test func `every link of the page leads to a production, and nothing is loaded`() throws {
    let source = try String(contentsOf: Self.folder.appending(path: "pol.ebnf"), encoding: .utf8)
    let page = Page.text(try Grammar(source), source: source)
    let targets = Set(page.matches(of: /<section id="([^"]+)"/).map { String($0.1) })
    for link in page.matches(of: /href="#([^"]+)"/) {
      #expect(targets.contains(String(link.1)), "\(link.1) is not on the page")
    }
    #expect(!page.contains("src="))
    #expect(!page.contains("http"))
  }

  @Test func `every terminal of the grammar stands in a box of its own`() throws {
    let grammar = try Grammar.read()
    for name in grammar.order {
      guard let expression = grammar.productions[name] else { continue }
      let drawing = Railroad(expression, of: grammar, isOutermost: true).draw(0, 0)
      for literal in Set(literals(expression)).sorted() {
        #expect(drawing.contains(">\(Page.escape(literal))</text>"), "`\(literal)` in \(name)")
      }
    }
  }

  private func literals(_ expression: Expression) -> [String] {
    switch expression {
    case .literal(let text): [text]
    case .name: []
    case .sequence(let parts), .choice(let parts): parts.flatMap(literals)
    case .optional(let part), .many(let part), .some(let part): literals(part)
    }
  }
}
