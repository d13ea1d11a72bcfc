import PolicySource
import PolicySyntax
import PolicyTestSupport
import Testing

/// Every fixture says what is reported about it, to the column.
@Suite struct FixtureTests {
  @Test(arguments: Texts.fixtures)
  func `a fixture is reported as it says`(_ fixture: Fixture) {
    let staged = parse(fixture.source, as: FileID(0))
    let mismatches = Expectation.mismatches(
      source: fixture.source,
      diagnostics: staged.diagnostics
    )
    for mismatch in mismatches { Issue.record("\(mismatch)") }
  }

  @Test(arguments: Texts.samples)
  func `nothing is wrong with a sample`(_ sample: Fixture) {
    #expect(parse(sample.source, as: FileID(0)).diagnostics.map(\.message) == [])
  }
}
