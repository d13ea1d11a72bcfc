import PolicyAnalysis
import PolicyCompiler
import PolicyEngine
import PolicyModel
import PolicySource
import PolicyTestSupport
import Testing

/// What tests cover, by each measure.
@Suite struct CoverageTests {
  private static let catalogue = """
    catalogue portal {
      context { mfa: Bool  n: Int }
      service device { list read delete }
    }

    """

  private func measured(_ text: String) throws -> (set: PolicySet, coverage: Coverage) {
    let set = try policySet(Self.catalogue + text)
    let run = runTests(of: set, measuring: PolicyDiagrams(set))
    #expect(run.diagnostics.map(\.message) == [])
    return (set, try #require(run.coverage))
  }

  @Test func `a rule is covered when it decides, not when it is overruled`() throws {
    let (_, coverage) = try measured(
      """
      role R { allow device.list  allow device.read  allow device.delete }
      policy G { deny device.read }
      test "t" { as R, G  allow device.list  deny device.read }
      """
    )
    #expect(coverage.rules.elements.map(\.decided) == [1, 0, 0, 1])
    #expect(coverage.rules.elements.map(\.applied) == [1, 1, 0, 1])
    #expect(coverage.share(of: .rules) == CoverageShare(covered: 2, of: 4))
  }

  @Test func `a cell is covered when its policy alone would decide so`() throws {
    let (set, coverage) = try measured(
      """
      ou acme { north }
      role Base { allow device.list, device.read }
      role More includes Base { allow device.delete }
      role Else includes Base { }
      assign Else to user "ada" in acme/north
      policy G { deny device.delete when context.mfa }
      assign G to user "ada"
      test "included" { as More  in outside  allow device.list }
      test "where it is unknown" { as user "ada", More  allow device.read  deny device.delete }
      """
    )
    let actions = set.catalogue.actions.elements.map(\.path)
    func covered(_ name: String) -> [String] {
      set.policies.indices.filter { set.policies[$0].heading.name == name }.flatMap { policy in
        coverage.cells[policy].covered.actions.map { actions[$0.position] }
      }
    }
    // `Else` may be in force where the resource is, which is not enough for an allow.
    #expect(covered("Base") == ["device.list", "device.read"])
    #expect(covered("More") == ["device.list", "device.read"])
    #expect(covered("Else") == [])
    #expect(covered("G") == ["device.delete"])
    #expect(coverage.share(of: .cells) == CoverageShare(covered: 5, of: 8))
  }

  @Test func `conditions are seen true and false while their policy is in force`() throws {
    let (_, coverage) = try measured(
      """
      role R {
        allow device.list when context.mfa unless context.n == 1
        allow device.read when context.n < 5
        allow device.delete when context.n > 3 or context.n <= 3
      }
      role Never { allow device.list when context.mfa }
      test "t" {
        as R
        allow device.list with context.mfa = true, context.n = 2
        deny device.list with context.mfa = true
        deny device.list with context.mfa = false
        deny device.read with context.n = 9
        deny device.read
        allow device.delete with context.n = 5
      }
      """
    )
    let outcomes = coverage.rules.elements.compactMap(\.outcomes)
    #expect(outcomes.map(\.yes) == [1, 0, 1, 0])
    #expect(outcomes.map(\.no) == [1, 1, 0, 0])
    #expect(outcomes.map(\.unknown) == [1, 1, 0, 0])
    #expect(outcomes.map(\.lacking) == [[], [true], [], [true, false]])
    // No request can find the third false.
    #expect(outcomes.map(\.possible.count) == [2, 2, 1, 2])
    #expect(outcomes.map(\.isReached) == [true, true, true, false])
    #expect(coverage.share(of: .outcomes) == CoverageShare(covered: 4, of: 7))
  }

  @Test func `a check is what is written in one place`() throws {
    let (set, coverage) = try measured(
      """
      let strong = context.mfa == true
      role R {
        allow device.list when strong and context.n in [1, 2, 3]
        allow device.read when not strong and context.n != 4
      }
      test "t" {
        as R
        allow device.list with context.mfa = true, context.n = 2
        deny device.read with context.mfa = true, context.n = 4
      }
      """
    )
    let texts = coverage.checks.map { describe($0.condition, in: set) }
    #expect(texts == ["context.mfa", "context.n in [1, 2, 3]", "context.n == 4"])
    #expect(coverage.checks.map(\.outcomes.lacking) == [[false], [false], [false]])
    #expect(coverage.checks.map(\.outcomes.yes) == [2, 1, 1])
    #expect(coverage.share(of: .checks) == CoverageShare(covered: 3, of: 6))
  }

  @Test func `only the whole is a hundred percent`() {
    #expect(CoverageShare(covered: 99_999, of: 100_000).basisPoints == 9999)
    #expect(CoverageShare(covered: 0, of: 0).basisPoints == 10_000)
    #expect(CoverageShare(covered: 2, of: 3).basisPoints == 6666)
  }

  @Test(arguments: samples) func `every rule of the samples decides in a test`(
    _ name: String
  ) throws {
    let set = try sample(name)
    let coverage = try #require(runTests(of: set, measuring: PolicyDiagrams(set)).coverage)
    let idle = set.rules.indices.filter { coverage.rules[$0].decided == 0 }
    #expect(idle.map { set.rules[$0].id } == [])
    // What is covered can be: neither more cells than there are, nor outcomes beyond the possible.
    for cells in coverage.cells.elements {
      #expect(cells.covered.subtracting(cells.all).isEmpty)
    }
    for rule in coverage.rules.elements {
      guard let outcomes = rule.outcomes else { continue }
      for outcome in [true, false] where !outcomes.possible.contains(outcome) {
        #expect(outcomes.times(outcome) == 0)
      }
    }
  }
}
