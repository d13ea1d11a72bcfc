import Foundation
import PolicyLint
import PolicySource
import PolicyTestSupport
import Testing

/// The samples are clean: what is unusual in them says why, with `@suppress`.
@Suite struct SampleTests {
  private static let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Samples")

  /// Every folder is a policy set, but for the one that shows a set before and after a pull request,
  /// in which `pol check` is to find something.
  static let names = Set(
    Fixture.all(in: folder).compactMap { $0.name.split(separator: "/").first.map(String.init) }
  ).subtracting(["pull-request"]).union(["pull-request/main"]).sorted()

  @Test(arguments: names)
  func `nothing is said about a sample`(_ name: String) {
    let files = Fixture.all(in: Self.folder.appending(path: name)).map(\.source)
    let found = LintedText(files)
    #expect(!files.isEmpty && found.diagnostics.isEmpty, "\(found.report)")
  }
}
