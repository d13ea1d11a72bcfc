import Foundation
import PolicyLint
import PolicySource
import PolicyTestSupport
import Testing

/// Fixtures say in comments what the lints report.
///
/// A first line `// only: CODE, CODE` runs these lints alone, also those that are off by default.
@Suite struct FixtureTests {
  static let all = Fixture.all(in: Fixture.folder())

  static func linted(_ fixture: Fixture) -> LintedText {
    LintedText([fixture.source], LintConfiguration(only: only(fixture)))
  }

  private static func only(_ fixture: Fixture) -> Set<DiagnosticCode>? {
    let mark = "// only: "
    let first = fixture.text.split(separator: "\n").first ?? ""
    guard first.hasPrefix(mark) else { return nil }
    let words = first.dropFirst(mark.count).split(separator: ", ").map(String.init)
    return Set(words.compactMap { DiagnosticCode(rawValue: $0) })
  }

  @Test(arguments: all)
  func `a fixture is reported as its comments say`(_ fixture: Fixture) throws {
    let linted = Self.linted(fixture)
    let source = linted.sources.files[0]
    let problems = Expectation.mismatches(source: source, diagnostics: linted.diagnostics)
    for problem in problems { Issue.record("\(problem)") }
    if Golden.isUpdating {
      try Expectation.recorded(source: source, diagnostics: linted.diagnostics)
        .write(to: fixture.url, atomically: true, encoding: .utf8)
    }
  }

  @Test(arguments: all)
  func `a fixture is reported with the places, help and fixes kept beside it`(_ fixture: Fixture) {
    let linted = Self.linted(fixture)
    let details = Fixture.folder().appending(path: fixture.name.dropLast(4) + ".txt")
    let text = linted.diagnostics.isEmpty ? "" : linted.report + "\n"
    if let problem = Golden.mismatch(text, with: details) { Issue.record("\(problem)") }
  }

  @Test func `every lint has a fixture that triggers it`() {
    let reported = Set(Self.all.flatMap { Self.linted($0).codes })
    for page in lintPages where !reported.contains(page.code) {
      Issue.record("no fixture is reported with \(page.code.rawValue)")
    }
  }
}
