import Foundation
import PolicySource
import PolicyTestSupport
import Testing

@testable import PolicyCommands

/// `Grammar/diagnostics.md`: every code on one page, made of the pages that `pol rule CODE` prints.
@Suite struct ErrorIndexTests {
  @Test func `the index of diagnostics is made of the pages as they are`() {
    let file = SampleSets.folder.deletingLastPathComponent()
      .appending(path: "Grammar/diagnostics.md")
    let problem = Golden.mismatch(index, with: file)
    #expect(problem == nil)
  }

  private var index: String {
    let pages = allPages.sorted { $0.code.rawValue < $1.code.rawValue }
    let rows = pages.map {
      "| [`\($0.code.rawValue)`](#\($0.code.rawValue)) | \(level($0)) | \(cell($0.finds)) |"
    }
    return """
      # Diagnostics

      Everything that `pol check` can report, as `pol rule CODE` prints it. Warnings and notes can be
      set to another level, or off, in `pol.json`, and silenced in place by `@suppress(code, "why")`;
      errors cannot. This page is made by the tests: `UPDATE_FIXTURES=1 swift test --disable-xctest
      --filter ErrorIndexTests`. Where nothing else is given, examples stand beside this catalogue:

      ```pol
      \(CodePage.portal)
      ```

      | code | level | finds |
      |---|---|---|
      \(rows.joined(separator: "\n"))

      \(pages.map(section).joined(separator: "\n"))
      """
  }

  private func level(_ page: CodePage) -> String {
    page.isOffByDefault ? "off" : page.severity.rawValue
  }

  private func section(_ page: CodePage) -> String {
    func block(_ title: String, _ text: String) -> String {
      text.isEmpty ? "" : "\n\(title)\n\n```pol\n\(text.trimmingCharacters(in: .newlines))\n```\n"
    }
    // The catalogue that most examples share stands once, at the top.
    let given = page.given == CodePage.portal ? "" : page.given
    return """
      ## \(page.code.rawValue)

      *\(level(page))*: \(page.finds).

      \(page.explanation)
      \(block("Given:", given))\(block("Reported:", page.bad))\(block("Good:", page.good))
      """
  }

  private func cell(_ text: String) -> String { text.replacing("|", with: "\\|") }
}
