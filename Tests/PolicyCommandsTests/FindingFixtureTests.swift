import Foundation
import PolicyAnalysis
import PolicyLint
import PolicyReport
import PolicySource
import PolicyTestSupport
import PolicyWorkspace
import Testing

@testable import PolicyCommands

/// Fixtures of what is reported by commands alone: of locks, of two policy sets, of settings.
///
/// A folder is named for the code; `set.pol` says in comments what is reported.
@Suite struct FindingFixtureTests {
  static let folder = Fixture.folder().appending(path: "Findings")

  @Test func `what is wrong with a lock is told of the lock`() throws {
    let session = try Session([
      "set/a.pol": "catalogue c { service s { a } }\nrole R { allow s.a }\n",
      "set/access.lock": "garbage\n",
    ])
    let outcome = session.pol("check DIR/set --format short")
    #expect(outcome.status == .negative)
    #expect(outcome.output.hasPrefix("DIR/set/access.lock:1:1: error[lock-unreadable] "))
    #expect(session.pol("check DIR/set").output.contains("\n1│ garbage\n │ ^^^^^^^\n"))
    // Whether it is shown or not.
    let skipped = session.pol("check DIR/set --skip lock-unreadable")
    #expect(skipped.status == .negative && skipped.output.contains("(and 1 not shown)"))
  }

  @Test(arguments: LockFindings.pages.map(\.code))
  func `a lock is compared with as the comments of its set say`(_ code: DiagnosticCode) throws {
    let set = Self.folder.appending(path: "lock/\(code.rawValue)")
    let sources = try read([set.path])
    let console = Console(
      isTerminal: { _ in false },
      variable: { _ in nil },
      input: { () throws(FileError) in LineReader("", bytes: []) },
      sink: { _, _ in }
    )
    let found = try findings(
      in: sources,
      configuration: LintConfiguration(only: Set(LockFindings.pages.map(\.code))),
      beside: [set.path],
      console
    )
    if let lock = found.ofLock {
      #expect(lock.diagnostics.map(\.code) == [code] && found.diagnostics.isEmpty)
      let text = DiagnosticShort.text(lock.diagnostics[0], in: lock.sources)
      let kept = set.appending(path: "lock.txt")
      let told = text.replacing(set.path + "/", with: "")
      if let problem = Golden.mismatch(told, with: kept) { Issue.record("\(problem)") }
    } else {
      try hold(found.diagnostics, in: sources.files[0], code)
    }
  }

  /// The codes of what two sets differ in.
  static let differences: [DiagnosticCode] =
    [.builtInChanged, .catalogueGrowth, .accessWidened] + differencePages.map(\.code)

  @Test(arguments: differences)
  func `a set differs from an older one as its comments say`(_ code: DiagnosticCode) throws {
    let folder = Self.folder.appending(path: "difference/\(code.rawValue)")
    let sources = try read([folder.appending(path: "set.pol").path])
    let old = try read([folder.appending(path: "old.pol").path])
    var differing = DifferenceFindings(compare(load(old).value, load(sources).value)) { _ in true }
    let parts = differing.report(pages: allPages).parts
    #expect(parts.count == 1, "all of it has a place in the newer set")
    try hold(parts[0].diagnostics, in: sources.files[0], code)
  }

  @Test(arguments: differencePages.map(\.code))
  func `the examples of a page do what it says`(_ code: DiagnosticCode) throws {
    let page = try #require(differencePages.first { $0.code == code })
    func codes(_ example: String) throws -> [String] {
      let catalogue = page.given.prefix(
        upTo: try #require(page.given.firstRange(of: "role")).lowerBound
      )
      let whole = example.hasPrefix("catalogue") ? example : catalogue + example
      let session = try Session(["old/a.pol": page.given, "new/a.pol": whole])
      let lines = session.pol("diff DIR/old DIR/new --format short").output.split(separator: "\n")
      return lines.compactMap { line in
        DiagnosticCode.allCases.map(\.rawValue).first { line.contains("[\($0)]") }
      }
    }
    #expect(try codes(page.bad) == [code.rawValue])
    #expect(try codes(page.good) == [])
  }

  /// Kept beside the other reports, which `.ci/check-reports` gives to those who read them.
  @Test(arguments: [ReportFormat.short, .sarif, .github, .gitlab, .junit])
  func `a difference is written as it is kept`(_ format: ReportFormat) throws {
    func set(_ name: String) throws -> SourceMap {
      let url = Self.folder.appending(path: "difference/access-reconditioned/\(name)")
      return SourceMap([SourceFile(path: name, bytes: Array(try Data(contentsOf: url)))])
    }
    let difference = compare(load(try set("old.pol")).value, load(try set("set.pol")).value)
    var differing = DifferenceFindings(difference) { $0 == .widening }
    let bytes = differing.report(pages: allPages).bytes(as: format)
    let kept = Self.folder.deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
      .appending(path: "PolicyReportTests/Fixtures/Formats/difference.\(format.rawValue)")
    let text = String(decoding: bytes, as: UTF8.self)
    if let problem = Golden.mismatch(text, with: kept) { Issue.record("\(problem)") }
  }

  @Test func `settings that are not understood are reported as they are kept`() throws {
    let path = Self.folder.appending(path: "invalid-configuration/pol.json")
    let file = SourceFile(path: "pol.json", bytes: Array(try Data(contentsOf: path)))
    let read = Configuration.read(file, pages: allPages)
    #expect(Set(read.diagnostics.map(\.code)) == [.invalidConfiguration])
    let renderer = DiagnosticText(SourceMap([file]))
    let text = read.diagnostics.map { renderer.text($0) + "\n" }.joined()
    let kept = Self.folder.appending(path: "invalid-configuration/pol.txt")
    if let problem = Golden.mismatch(text, with: kept) { Issue.record("\(problem)") }
  }

  private func hold(_ found: [Diagnostic], in file: SourceFile, _ code: DiagnosticCode) throws {
    #expect(found.contains { $0.code == code }, "\(found)")
    for problem in Expectation.mismatches(source: file, diagnostics: found) {
      Issue.record("\(problem)")
    }
    if Golden.isUpdating {
      try Expectation.recorded(source: file, diagnostics: found)
        .write(toFile: file.path, atomically: true, encoding: .utf8)
    }
  }
}
