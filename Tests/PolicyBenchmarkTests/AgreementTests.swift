import PolicyBenchmark
import PolicyCompiler
import PolicyEngine
import PolicyModel
import PolicySource
import PolicyWorkspace
import Testing

/// A benchmark must not measure a wrong answer: all ways allow the same requests.
@Suite struct AgreementTests {
  /// Tables of text that has to check, and the policy set that they were made of.
  static func compiled(_ text: String) throws -> (engine: PolicyEngine, set: PolicySet) {
    let checked = load(SourceMap([SourceFile(path: "set.pol", text: text)]))
    try #require(checked.diagnostics.allSatisfy { $0.severity != .error }, "\(checked.diagnostics)")
    return (try PolicyEngine(bytes: compile(checked.value).bytes), checked.value)
  }

  @Test(arguments: [0, 30, 100])
  func `all ways allow the same requests of generated sets`(share: Int) throws {
    for rules in [3, 300] {
      let text = GeneratedSet(roles: 6, actions: 60, rules: rules, conditionalShare: share).text
      let (engine, set) = try Self.compiled(text)
      let workload = Workload(engine, by: Workload.principals(of: engine), count: 150)
      let result = measureDecisions(workload, of: set, options: DecideOptions(rounds: 2))
      #expect(result.disagreements == 0, "\(rules) rules")
      #expect(result.isRight, "\(rules) rules")
      #expect((result.openShare > 0) == (share > 0))
      #expect(result.named.count == 4 && result.classified.count == 3)
      // Something is allowed and something is not, or else agreeing would prove little.
      let allowed = workload.isAllowed.count { $0 }
      #expect(allowed > 0 && allowed < workload.isAllowed.count)
    }
  }

  @Test func `a set with everything in it is answered alike`() throws {
    let text = """
      catalogue c {
        principal { team: Set<String> }
        context { mfa: Bool  ip: IP  time: Time }
        service s {
          resource { owner: Principal  place: Path  level: Int  name: String }
          read { a b c }
          write { d e }
        }
      }
      ou acme { plant-1 plant-2 }
      group staff { user "ada", user "ben" }
      role Reader { allow *.read }
      role Writer includes Reader {
        allow s.{d, e} when context.mfa and resource.level < 5 or resource.owner == principal
        deny s.e when resource.name like "secret-*" unless context.ip in "10.0.0.0/8"
      }
      policy guard {
        deny *.write unless context.time < "2027-01-01T00:00:00Z" and resource.place under "a/b"
        allow s.a when "ops" in principal.team and principal in group staff
      }
      assign Reader to group staff in acme/plant-1
      assign Writer to user "ada" in acme when context.mfa
      assign guard to everyone
      """
    let (engine, set) = try Self.compiled(text)
    let workload = Workload(engine, by: Workload.principals(of: engine), count: 1000)
    let result = measureDecisions(workload, of: set, options: DecideOptions(rounds: 2))
    #expect(result.disagreements == 0)
    #expect(result.isRight)
  }

  @Test func `a way that answers otherwise is found out`() {
    let timings = measure([Contender("wrong", count: 1, expected: 1) { 2 }], rounds: 1)
    #expect(timings.count == 1 && !timings[0].isRight)
  }

  @Test func `the number of rules changes no byte that decides`() throws {
    func tables(_ rules: Int) throws -> Int {
      let generated = GeneratedSet(
        roles: 4,
        actions: 60,
        rules: rules,
        conditionalShare: 100,
        isUniform: true
      )
      let set = try Self.compiled(generated.text).set
      let report = compile(set).report
      return report.pageBytes
    }
    #expect(try tables(4) == tables(240))
  }

  @Test func `every kind of attribute is classified`() throws {
    for kind in Classifying.all where kind.constants < 1000 {
      let timing = try kind.measure(try Self.compiled(kind.text).engine, rounds: 1)
      #expect(timing.isRight, "\(kind.name)")
    }
  }

  @Test func `columns line up`() {
    var table = TextTable(["way", "ns"])
    table.add(["C bits", "0.8"])
    table.add(["engine", "12.5"])
    #expect(table.text == "  way       ns\n  C bits   0.8\n  engine  12.5\n")
    #expect(decimals(0.05, 1) == "0.1" && decimals(-1.25, 2) == "-1.25" && decimals(3, 0) == "3")
    #expect(decimals(.nan) == "-")
  }
}
