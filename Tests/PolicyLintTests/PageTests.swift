import PolicyLint
import PolicySource
import Testing

/// The examples of `pol rule CODE` do what their pages say.
@Suite struct PageTests {
  private func linted(_ page: CodePage, _ example: String) -> LintedText {
    let text = page.given.isEmpty ? example : page.given + "\n" + example
    // A lint that is off by default is judged alone: the others are no matter of its page.
    let only = page.isOffByDefault ? Set([page.code]) : nil
    // Examples are parts of sets, which need not grant everything.
    let skip: Set<DiagnosticCode> = page.code == .actionNeverGranted ? [] : [.actionNeverGranted]
    return LintedText(text, LintConfiguration(only: only, skip: skip))
  }

  @Test(arguments: lintPages.map(\.code))
  func `the bad example is reported with this code, and with no other`(
    _ code: DiagnosticCode
  ) throws {
    let page = try #require(lintPages.first { $0.code == code })
    let found = linted(page, page.bad)
    #expect(!found.codes.isEmpty)
    #expect(found.codes.allSatisfy { $0 == code }, "\(found.report)")
    #expect(found.diagnostics.allSatisfy { $0.severity == page.severity })
  }

  @Test(arguments: lintPages.map(\.code))
  func `nothing is said about the good example`(_ code: DiagnosticCode) throws {
    let page = try #require(lintPages.first { $0.code == code })
    let found = linted(page, page.good)
    #expect(found.codes.isEmpty, "\(found.report)")
  }

  @Test(arguments: lintPages.map(\.code))
  func `the safe fixes of the bad example, taken together, leave nothing to say`(
    _ code: DiagnosticCode
  ) throws {
    let page = try #require(lintPages.first { $0.code == code })
    let found = linted(page, page.bad)
    let fixes = found.diagnostics.compactMap { $0.fixes.first { $0.isSafe } }
    guard !fixes.isEmpty else { return }
    let rest = LintedText(found.applying(fixes))
    #expect(!rest.codes.contains(code) && !rest.diagnostics.hasErrors, "\(rest.report)")
  }

  @Test func `lints are no errors, and their pages stand in the order of the codes`() {
    #expect(lintPages.allSatisfy { $0.severity != .error })
    let codes = lintPages.map(\.code)
    #expect(codes == DiagnosticCode.allCases.filter { codes.contains($0) })
    #expect(Set(codes).count == allLints.count + 1)
  }
}
