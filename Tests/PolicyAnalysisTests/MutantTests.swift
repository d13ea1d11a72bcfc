import PolicyChecker
import PolicyEngine
import PolicyModel
import PolicySource
import PolicySyntax
import PolicyTestSupport
import Testing

@testable import PolicyAnalysis

@Suite struct MutantTests {
  /// A set with its mutants, each as `line: mutation: text: verdict`.
  private static func lines(_ text: String) throws -> [String] {
    let file = SourceFile(path: "set.pol", text: text)
    let set = try policySet([file])
    let patterns = rulePatterns(of: set, in: [parse(file, as: FileID(0)).value])
    let judge = MutantJudge(
      set,
      patterns,
      tests: Array(set.tests.indices),
      assertions: Array(set.assertions.indices)
    )
    return findMutants(in: set, patterns).map { mutant in
      let verdict =
        switch judge.judge(mutant) {
        case .caught(.expectation(let test, let number)): "caught by \(test).\(number)"
        case .caught(.assertion(let number)): "refutes \(number)"
        case .equivalent: "equivalent"
        case .survived(let witness): "survived: \(requestText(witness.request, in: set))"
        case .undecided: "undecided"
        }
      let place = set.sources.place(mutant.span)
      return "\(place.line):\(place.column) \(mutant.mutation.word): "
        + "\(mutantText(mutant, in: set, patterns)): \(verdict)"
    }
  }

  private static let small = """
    catalogue c { context { mfa: Bool  level: Int } service s { a b @explicit x } }

    """

  @Test func `rules, patterns, clauses and conditions are mistaken one at a time`() throws {
    let text =
      Self.small + """
        role R { allow s.* except s.b when context.level < 3 unless context.mfa }
        test "t" { as R  with context.level = 2, context.mfa = false  allow s.a }
        """
    #expect(
      try Self.lines(text) == [
        "2:10 rule-flipped: `R#1` denies instead: caught by 0.0",
        "2:10 rule-removed: `R#1` is not there: caught by 0.0",
        "2:27 exception-dropped: `s.b` is not excepted: survived: "
          + "s.b as someone who holds `R`, with context.mfa = false, context.level = 2",
        "2:36 clause-dropped: `when context.level < 3` is not there: survived: "
          + "s.a as someone who holds `R`, with context.mfa = false",
        "2:36 condition-negated: `context.level < 3` becomes `context.level >= 3`: caught by 0.0",
        "2:36 boundary-moved: `context.level < 3` becomes `context.level <= 3`: survived: "
          + "s.a as someone who holds `R`, with context.mfa = false, context.level = 3",
        "2:36 boundary-moved: `context.level < 3` becomes `context.level < 2`: caught by 0.0",
        "2:61 clause-dropped: `unless context.mfa` is not there: survived: "
          + "s.a as someone who holds `R`, with context.level = 2",
        "2:61 condition-negated: `context.mfa` becomes `not context.mfa`: caught by 0.0",
      ]
    )
  }

  @Test func `assignments and includes are mistaken, and a unit is taken for the next`() throws {
    let text =
      Self.small + """
        ou u { v w }
        role P { allow s.a }
        role R includes P { allow s.b }
        assign P, R to user "x", user "y" in u/v when context.mfa
        assert user "x" cannot s.* in u/w
        """
    let lines = try Self.lines(text).map {
      $0.split(separator: ":").dropFirst(1).joined(separator: ":")
    }
    #expect(
      lines.filter { $0.contains("refutes") || $0.contains("equivalent") } == [
        "1 policy-unassigned: `P` is not assigned: equivalent",
        "1 place-moved: it is assigned in `u/w` instead of `u/v`: refutes 0",
        "1 places-dropped: it is assigned everywhere: refutes 0",
      ]
    )
    for kind in ["include-removed", "assignment-removed", "subject-dropped", "premise-dropped"] {
      #expect(lines.contains { $0.contains(kind) && $0.contains("survived") }, "\(kind)")
    }
  }

  @Test func `a mistake in a let is one mistake, and assertions make it too`() throws {
    let text =
      Self.small + """
        let high = context.level > 3
        role R { allow s.a when high  deny s.b when high }
        assert R cannot s.a when not high
        """
    let lines = try Self.lines(text).filter { $0.contains("boundary-moved") }
    // As text, the assertion says the same as the rule: it does not notice.
    #expect(lines.count == 2)
    #expect(lines.allSatisfy { $0.hasPrefix("2:12 ") && $0.contains("survived") })
  }

  @Test func `what the language refuses is no mistake`() throws {
    let text =
      Self.small + """
        role R { allow s.a when has context.level  allow s.x }
        """
    let lines = try Self.lines(text)
    #expect(!lines.contains { $0.contains("negated") })
    #expect(lines.filter { $0.contains("flipped") }.count == 1, "of the rule without `has`")
  }

  @Test func `a list is mistaken element by element, and a block is doubled`() throws {
    let text = """
      catalogue c { context { ip: IP  tag: String } resource { path: Path } service s { a } }
      role R {
        allow s.a when context.tag in ["p", "q"] and context.ip in "10.0.0.0/8"
        allow s.a when resource.path under "a/b"
      }
      """
    let lines = try Self.lines(text)
    for part in [
      "`\"p\"` is not in the list of `context.tag in [\"p\", \"q\"]`",
      "`\"q\"` is not in the list of `context.tag in [\"p\", \"q\"]`",
      "`context.ip in \"10.0.0.0/8\"` becomes `context.ip in \"10.0.0.0/7\"`",
      "`resource.path under \"a/b\"` becomes `resource.path under \"a\"`",
      "`context.tag in [\"p\", \"q\"]` is not there",
    ] {
      #expect(lines.contains { $0.contains(part) }, "\(part)")
    }
  }

  @Test func `some of many mutants are the same ones each time`() throws {
    let file = SourceFile(
      path: "set.pol",
      text: Self.small
        + (0..<50).map { "role R\($0) { allow s.a when context.level < \($0) }\n" }
        .joined()
    )
    let set = try policySet([file])
    let all = findMutants(in: set, rulePatterns(of: set, in: [parse(file, as: FileID(0)).value]))
    let chosen = sampled(all, atMost: 40).map(\.mutation)
    #expect(chosen.count == 40)
    #expect(chosen == sampled(all, atMost: 40).map(\.mutation))
    #expect(Set(chosen.map(\.word)).count > 3, "of every kind")
    #expect(sampled(all, atMost: all.count).count == all.count)
  }
}
