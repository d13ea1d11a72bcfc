import Foundation
import PolicySource
import PolicySyntax
import PolicyTestSupport
import Testing

/// Every fixture says what is reported about it, to the column.
@Suite struct FixtureTests {
  @Test(arguments: Texts.fixtures)
  func `a fixture is reported as it says`(_ fixture: Fixture) {
    let diagnostics = parse(fixture.source, as: FileID(0)).diagnostics
    let mismatches = Expectation.mismatches(source: fixture.source, diagnostics: diagnostics)
    for mismatch in mismatches { Issue.record("\(mismatch)") }
    if Golden.isUpdating, !mismatches.isEmpty {
      let text = Expectation.recorded(source: fixture.source, diagnostics: diagnostics)
      if let problem = Golden.mismatch(text, with: fixture.url) { Issue.record("\(problem)") }
    }
  }

  @Test(arguments: Texts.samples)
  func `nothing is wrong with a sample`(_ sample: Fixture) {
    #expect(parse(sample.source, as: FileID(0)).diagnostics.map(\.message) == [])
  }

  @Test func `valid fixtures expect nothing, and the others something`() {
    for fixture in Texts.fixtures {
      let isValid = !fixture.name.hasPrefix("Invalid/") && fixture.name != "Trees/mistakes.pol"
      #expect(Expectation.all(in: fixture.source).isEmpty == isValid, "\(fixture.name)")
    }
  }

  @Test func `every code of the lexer and the parser is in a fixture`() {
    let expected = Set(Texts.invalid.flatMap { Expectation.all(in: $0.source).map(\.code) })
    for page in syntaxPages where !expected.contains(page.code.rawValue) {
      Issue.record("no fixture expects \(page.code.rawValue)")
    }
  }

  @Test func `every kind of node is in a valid fixture`() {
    var kinds: Set<NodeKind> = [.error]
    for fixture in Texts.valid {
      let tree = parse(fixture.source, as: FileID(0)).value
      for position in 0..<tree.nodeCount { kinds.insert(tree.kind(NodeID(position))) }
    }
    for kind in NodeKind.allCases where !kinds.contains(kind) {
      Issue.record("no valid fixture has a \(kind)")
    }
  }
}
