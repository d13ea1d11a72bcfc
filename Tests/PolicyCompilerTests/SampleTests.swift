import Foundation
import PolicyAnalysis
import PolicyCompiler
import PolicyEngine
import PolicyModel
import PolicySource
import PolicyTestSupport
import PolicyWorkspace
import Testing

/// Compiled decisions of everything that is written out in this repository are the interpreter's:
/// each cell over every vector of the classes that it reads, and each principal in each unit.
@Suite struct SampleTests {
  static let names = ["emnify", "emnify-next", "enos", "payments"]

  static let repository = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  static func sample(_ name: String) throws -> PolicySet {
    let loaded = load(try read([repository.appending(path: "Samples/\(name)").path]))
    #expect(loaded.diagnostics.isEmpty)
    return loaded.value
  }

  @Test("every cell of a sample", arguments: names)
  func samples(name: String) throws {
    let set = try Self.sample(name)
    let coverage = try #require(try Self.compare(set, budget: 16_000))
    #expect(coverage.cells == set.policies.count * set.catalogue.actions.count)
    // One cell of the payments tells apart more vectors than a test has time for.
    #expect(coverage.exhaustiveCells >= coverage.cells - 1)
  }

  @Test("every cell of every fixture that checks")
  func fixtures() throws {
    var compared = 0
    for fixture in Fixture.all(in: Self.repository.appending(path: "Tests")) {
      let loaded = load(SourceMap([fixture.source]))
      guard !loaded.diagnostics.hasErrors, !loaded.value.catalogue.actions.isEmpty else { continue }
      compared += 1
      _ = try Self.compare(loaded.value, budget: 2000)
    }
    #expect(compared >= 3)
  }

  @Test("every form of condition is in a fixture, and compiles exactly")
  func forms() throws {
    let path = Self.repository.appending(path: "Tests/Corpus/policy/forms.pol").path
    let loaded = load(try read([path]))
    #expect(!loaded.diagnostics.hasErrors)
    let set = loaded.value
    let coverage = try #require(try Self.compare(set, budget: 14_000))
    #expect(coverage.isExhaustive && coverage.unmetVectors < 10)
    let checks = set.rules.elements.flatMap { $0.guardCondition?.checks.map(\.check) ?? [] }
    // The name of a case is what a description begins with.
    let forms = Set(checks.map { "\($0)".prefix { $0 != "(" } })
    #expect(
      forms == [
        "has", "inGroup", "isKind", "isTrue", "equals", "compare", "inBlock", "like", "under",
        "contains", "equalTerms", "compareTerms", "underTerm", "containsTerm", "containsAny",
        "containsAll",
      ]
    )
    let report = compile(set).report
    #expect(report.diagrams == 0 && report.conditionalCells > 60)
  }

  /// The order in which files are found means nothing: the same bytes.
  @Test("files in any order", arguments: names)
  func order(name: String) throws {
    let sources = try read([Self.repository.appending(path: "Samples/\(name)").path])
    let bytes = compile(load(sources).value).bytes
    var random = RandomSource(seed: 9)
    for _ in 0..<3 {
      let files = sources.files.shuffled(using: &random)
      #expect(compile(load(SourceMap(files)).value).bytes == bytes)
    }
  }

  /// Compares tables with their set, and records what differs.
  static func compare(_ set: PolicySet, budget: Int) throws -> VerificationCoverage? {
    let budget = ProcessInfo.processInfo.environment["POL_CASES"].flatMap { Int($0) } ?? budget
    let engine = try PolicyEngine(bytes: compile(set).bytes)
    switch verify(engine, against: set, VerificationOptions(budget: budget)) {
    case .otherDeclarations(let what):
      Issue.record("\(what)")
      return nil
    case .compared(let coverage, let difference):
      if let difference {
        Issue.record("decided \(difference.decided), meant \(difference.meant)")
        Issue.record("\(requestText(difference.request, in: set))")
      }
      return coverage
    }
  }
}
