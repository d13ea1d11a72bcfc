import PolicyChecker
import PolicyCompiler
import PolicyEngine
import PolicyModel
import PolicySource
import PolicySyntax
import PolicyTestSupport
import Testing

@testable import PolicyAnalysis

/// What is written for random sets: it checks, passes, shows what it should, and is not written again.
@Suite struct SuitePropertyTests {
  private static let cases = RandomCases(3)

  /// A set with what is needed to write tests for it.
  private struct Writing {
    let set: PolicySet
    let patterns: [RulePatterns]
    let mutants: [Mutant]
    let judge: MutantJudge

    init(_ files: [SourceFile]) throws {
      let set = try policySet(files)
      let trees = set.sources.ids.map { parse(set.sources[$0], as: $0).value }
      self.set = set
      patterns = rulePatterns(of: set, in: trees)
      mutants = findMutants(in: set, patterns, atBoundaries: true)
      judge = MutantJudge(set, patterns, tests: Array(set.tests.indices), assertions: [])
    }

    var survivors: [(mutant: Mutant, witness: MutantWitness)] {
      mutants.compactMap { mutant in
        if case .survived(let witness) = judge.judge(mutant) { (mutant, witness) } else { nil }
      }
    }

    func written(atMost most: Int = 200) -> (text: String, untestable: Int, tests: Int) {
      let draft = SuiteDraft(judge, survivors: survivors, atMost: most)
      let cases = draft.suite(noticing: (0..<draft.mutants).map { draft.noticing($0) })
      let suite = SuiteText(cases, in: set, atMost: most)
      return (suite.text, draft.untestable, suite.tests)
    }
  }

  @Test func `a suite passes, notices every mistake, covers every rule, and is written once`() {
    var untestable = 0
    var testable = 0
    let failure = Self.cases.firstFailure { random in
      let file = SourceFile(
        path: "set.pol",
        text: RandomPolicies.catalogue + RandomPolicies.text(&random)
      )
      do {
        let writing = try Writing([file])
        let written = writing.written()
        if writing.written().text != written.text { return "other bytes" }
        let own = SourceFile(path: "tests.pol", text: written.text)
        let after = try Writing([file, own])
        if let failed = runTests(of: after.set).diagnostics.first { return failed.message }
        let left = after.survivors
        untestable += written.untestable
        testable += writing.survivors.count - written.untestable
        if left.count != written.untestable {
          let texts = left.map { mutantText($0.mutant, in: after.set, after.patterns) }
          return "\(written.untestable) cannot be tested, and nothing notices \(texts)"
        }
        let again = after.written()
        if again.text != "" { return "written again: \(again.text)" }
        return Self.uncovered(after)
      } catch {
        return "\(error)"
      }
    }
    #expect(failure == nil)
    #expect(untestable * 20 < testable, "\(untestable) of \(testable)")
  }

  /// A rule that no test has decide, though it makes a difference by itself.
  private static func uncovered(_ writing: Writing) -> String? {
    let set = writing.set
    let run = runTests(of: set, measuring: PolicyDiagrams(set))
    for mutant in writing.mutants {
      guard case .ruleRemoved(let rule) = mutant.mutation,
        case .caught = writing.judge.judge(mutant)
      else { continue }
      if run.coverage?.rules[rule].decided == 0 { return "\(set.rules[rule].id) decides nothing" }
    }
    return nil
  }

  @Test func `no more tests are written than are asked for`() throws {
    let text =
      "catalogue c { context { level: Int } service s { a b } }\n"
      + (1...9).map { "role R\($0) { allow s.a when context.level > \($0) }\n" }.joined()
    let writing = try Writing([SourceFile(path: "set.pol", text: text)])
    #expect(writing.written(atMost: 3).tests == 3)
    #expect(writing.written().tests == 9)
  }
}

@Suite struct SuiteCoverTests {
  @Test func `few are chosen, the first of equals, and none that others make needless`() {
    #expect(chosen(among: [[0], [0, 1], [1, 2], [2]], of: 3) == [1, 2])
    #expect(chosen(among: [[0, 1], [0, 1]], of: 2) == [0])
    // The greedy choice of the middle one is taken back.
    #expect(chosen(among: [[0, 1, 2], [1, 2, 3, 4], [3, 4, 5]], of: 6) == [0, 2])
    #expect(chosen(among: [[], []], of: 0) == [])
  }

  @Test func `every item that anything has is chosen`() {
    let failure = RandomCases(200).firstFailure { random in
      let items = 1 + random.below(12)
      let candidates = (0..<random.below(10)).map { _ in
        (0..<items).filter { _ in random.oneIn(3) }
      }
      let found = chosen(among: candidates, of: items)
      let all = Set(candidates.joined())
      if Set(found.flatMap { candidates[$0] }) != all { return "\(candidates): \(found)" }
      let isLean = found.allSatisfy { position in
        Set(found.filter { $0 != position }.flatMap { candidates[$0] }) != all
      }
      return isLean || all.isEmpty ? nil : "\(candidates): \(found) has too many"
    }
    #expect(failure == nil)
  }
}
