import PolicySource
import PolicySyntax
import Testing

/// The pages of the codes of the lexer and the parser say what is so.
@Suite struct PageTests {
  private func diagnostics(_ page: CodePage, _ example: String) -> [Diagnostic] {
    Texts.diagnostics(page.given.isEmpty ? example : page.given + "\n" + example)
  }

  @Test(arguments: syntaxPages.map(\.code))
  func `the bad example is reported so and the good one not at all`(_ code: DiagnosticCode) throws {
    let page = try #require(syntaxPages.first { $0.code == code })
    #expect(Set(diagnostics(page, page.bad).map(\.code)) == [code])
    #expect(diagnostics(page, page.good).map(\.message) == [])
  }

  @Test func `every code of characters, tokens and syntax has its page, in order`() throws {
    let last = try #require(DiagnosticCode.allCases.firstIndex(of: .misplacedAnnotation))
    #expect(syntaxPages.map(\.code) == Array(DiagnosticCode.allCases[...last]))
  }
}
