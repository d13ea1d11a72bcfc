import Foundation
import PolicyExport
import PolicyModel
import PolicySource
import PolicyTestSupport
import Testing

/// What a format cannot say is reported where it stands, and never left out.
@Suite struct FindingTests {
  /// A fixture is in a folder named for the format.
  @Test(arguments: Fixture.all(in: Fixture.folder()).filter { $0.name.contains("/") })
  func `a set is refused as its comments say`(fixture: Fixture) throws {
    let format = try #require(
      ExportFormat.all.first { fixture.name.hasPrefix("\($0.name)/") },
      "there is no such format"
    )
    let set = try policySet([fixture.source])
    let found = format.files(set).diagnostics
    #expect(found.allSatisfy { $0.code == .notExpressible && $0.severity == .error })
    for problem in Expectation.mismatches(source: fixture.source, diagnostics: found) {
      Issue.record("\(problem)")
    }
    if Golden.isUpdating {
      try Expectation.recorded(source: fixture.source, diagnostics: found)
        .write(to: fixture.url, atomically: true, encoding: .utf8)
    }
  }

  /// Cedar can say every point in time, by an offset from one.
  @Test(arguments: ExportFormat.all.map(\.name).filter { $0 != "cedar" })
  func `the example of the page is refused by the formats, and the repaired one by none`(
    name: String
  ) throws {
    let format = try #require(ExportFormat.all.first { $0.name == name })
    let page = NotExpressible.page
    let bad = format.files(try policySet(page.given + "\n" + page.bad)).diagnostics
    #expect(bad.map(\.code) == [page.code])
    #expect(format.files(try policySet(page.given + "\n" + page.good)).diagnostics.isEmpty)
  }
}
