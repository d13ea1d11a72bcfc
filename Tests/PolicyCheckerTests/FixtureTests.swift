import Foundation
import PolicySource
import PolicyTestSupport
import Testing

@testable import PolicyChecker

/// A policy set of the folder of fixtures: one file, or all files of a subfolder.
struct FixtureSet: CustomStringConvertible, Sendable {
  let name: String
  let files: [Fixture]

  var description: String { name }
  var checked: CheckedText { CheckedText(files.map(\.source)) }
  /// Where all that is said about the set is kept.
  var details: URL { Fixture.folder().appending(path: "\(name).txt") }

  static let all: [FixtureSet] = {
    let files = Fixture.all(in: Fixture.folder())
    let sets = Dictionary(grouping: files) { file in
      String(file.name.prefix { $0 != "/" && $0 != "." })
    }
    return sets.keys.sorted().map { FixtureSet(name: $0, files: sets[$0] ?? []) }
  }()
}

@Suite struct FixtureTests {
  @Test(arguments: FixtureSet.all)
  func `a fixture is reported as its comments say`(_ fixture: FixtureSet) throws {
    let checked = fixture.checked
    for file in checked.sources.ids {
      let source = checked.sources[file]
      let here = checked.diagnostics.filter { $0.primary.span.file == file }
      for problem in Expectation.mismatches(source: source, diagnostics: here) {
        Issue.record("\(problem)")
      }
      if Golden.isUpdating, let url = fixture.files.first(where: { $0.name == source.path })?.url {
        try Expectation.recorded(source: source, diagnostics: here)
          .write(to: url, atomically: true, encoding: .utf8)
      }
    }
  }

  @Test(arguments: FixtureSet.all)
  func `a fixture is reported with the places, help and fixes kept beside it`(
    _ fixture: FixtureSet
  ) {
    let checked = fixture.checked
    let text = checked.diagnostics.isEmpty ? "" : checked.report + "\n"
    if let problem = Golden.mismatch(text, with: fixture.details) { Issue.record("\(problem)") }
  }

  @Test func `every code of the checker has a fixture`() {
    let reported = Set(FixtureSet.all.flatMap { $0.checked.diagnostics.map(\.code) })
    for page in checkerPages where !reported.contains(page.code) {
      Issue.record("no fixture is reported with \(page.code.rawValue)")
    }
  }
}
