import PolicyChecker
import PolicySource
import PolicySyntax
import Testing

/// The examples of `pol rule CODE` do what their pages say.
@Suite struct PageTests {
  static let pages = syntaxPages + checkerPages

  private func given(_ page: CodePage, _ example: String) -> String {
    page.given.isEmpty ? example : page.given + "\n" + example
  }

  @Test(arguments: pages.map(\.code))
  func `the bad example is reported with this code, and with no other error`(
    _ code: DiagnosticCode
  ) throws {
    let page = try #require(Self.pages.first { $0.code == code })
    let checked = CheckedText(given(page, page.bad))
    let found = checked.diagnostics.filter { $0.code == code }
    #expect(!found.isEmpty, "\(checked.report)")
    #expect(found.allSatisfy { $0.severity == page.severity }, "\(checked.report)")
    #expect(checked.errors.allSatisfy { $0.code == code }, "\(checked.report)")
  }

  @Test(arguments: pages.map(\.code))
  func `nothing is said about the good example`(_ code: DiagnosticCode) throws {
    let page = try #require(Self.pages.first { $0.code == code })
    let checked = CheckedText(given(page, page.good))
    #expect(checked.diagnostics.isEmpty, "\(checked.report)")
  }

  @Test(arguments: pages.map(\.code))
  func `the fix of the bad example makes the finding go away`(_ code: DiagnosticCode) throws {
    let page = try #require(Self.pages.first { $0.code == code })
    var checked = CheckedText(given(page, page.bad))
    for _ in 0..<8 {
      guard let fix = checked.diagnostics.first(where: { $0.code == code })?.fixes.first else {
        break
      }
      let before = checked.diagnostics.count
      checked = CheckedText(checked.sources.applying(fix))
      #expect(checked.diagnostics.count < before, "\(fix.title)\n\(checked.report)")
    }
    let rest = checked.diagnostics.filter { $0.code == code && !$0.fixes.isEmpty }
    #expect(rest.isEmpty, "\(checked.report)")
  }

  @Test func `every code has one page at most, in the order of the codes`() {
    let codes = Self.pages.map(\.code)
    #expect(codes == DiagnosticCode.allCases.filter { codes.contains($0) })
  }

  /// What is reported neither by the parser nor by the checker: the pages are beside the code that
  /// runs tests and proves assertions.
  static let reportedLater: Set<DiagnosticCode> = [.becauseOnDefault]

  @Test func `every code of names, patterns, types and tests has a page`() {
    let codes = Set(Self.pages.map(\.code)).union(Self.reportedLater)
    for code in DiagnosticCode.allCases.drop(while: { $0 != .duplicateDeclaration })
      .prefix(while: { $0 != .testFailed }) where !codes.contains(code)
    {
      Issue.record("\(code.rawValue) has no page")
    }
  }

  @Test func `what a fixture is reported with has a page`() {
    let codes = Set(Self.pages.map(\.code))
    for fixture in FixtureSet.all {
      for diagnostic in fixture.checked.diagnostics where !codes.contains(diagnostic.code) {
        Issue.record("\(fixture): \(diagnostic.code.rawValue) has no page")
      }
    }
  }
}

extension SourceMap {
  /// The text of the only file after the edits of a fix.
  func applying(_ fix: Fix) -> String {
    var bytes = files.first?.bytes ?? []
    for edit in fix.edits.sorted(by: { $0.span.lower > $1.span.lower }) {
      bytes.replaceSubrange(
        Int(edit.span.lower)..<Int(edit.span.upper),
        with: Array(edit.replacement.utf8)
      )
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
