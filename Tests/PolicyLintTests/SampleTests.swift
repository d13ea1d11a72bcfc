import Foundation
import PolicyLint
import PolicySource
import PolicyTestSupport
import Testing

/// The samples are clean: what is unusual in them says why, with `@suppress`.
@Suite struct SampleTests {
  @Test(arguments: SampleSets.names)
  func `nothing is said about a sample`(_ name: String) {
    let files = Fixture.all(in: SampleSets.folder.appending(path: name)).map(\.source)
    let found = LintedText(files)
    #expect(!files.isEmpty && found.diagnostics.isEmpty, "\(found.report)")
  }
}
