import PolicyAnalysis
import PolicyCompiler
import PolicyEngine
import PolicyModel
import PolicySource
import PolicyTestSupport
import Testing

@Suite struct TestRunTests {
  @Test(arguments: samples) func `the tests of the samples pass`(_ name: String) throws {
    let set = try sample(name)
    let run = runTests(of: set)
    #expect(
      run.diagnostics.map { set.sources.description($0.primary.span) + " " + $0.message } == []
    )
    #expect(run.tests == set.tests.count && run.tests > 0)
    #expect(run.expectations > run.tests)
  }

  @Test func `a failing expectation names the action, the request and the rules`() throws {
    let set = try policySet(
      catalogue + """
        role R { allow device.read }
        policy G { deny device.get when not context.mfa because "no" }
        test "t" {
          as R, G
          allow device.read with context.mfa = false
        }
        """
    )
    let run = runTests(of: set)
    #expect((run.tests, run.failedTests) == (1, 1))
    #expect((run.expectations, run.failedExpectations) == (2, 1))
    let finding = try #require(run.diagnostics.first)
    #expect(finding.message == "`device.get` is denied in test \"t\"")
    #expect(finding.secondary.map(\.text) == ["`G#1` denies"])
    #expect(
      finding.notes == [
        "the request: device.get as someone who holds `R`, `G`, with context.mfa = false"
      ]
    )
  }

  @Test func `because is checked`() throws {
    let text =
      catalogue + """
        policy G { deny device.get because "no" }
        test "t" { as G  deny device.get because "REASON" }
        """
    let good = try policySet(text.replacing("REASON", with: "no"))
    let other = try policySet(text.replacing("REASON", with: "yes"))
    #expect(runTests(of: good).diagnostics.isEmpty)
    #expect(runTests(of: other).diagnostics.map(\.code) == [.testFailed])
    let byDefault = try policySet(
      catalogue + "test \"t\" { deny device.get because \"no\" }"
    )
    #expect(runTests(of: byDefault).diagnostics.map(\.code) == [.becauseOnDefault])
  }

  @Test(arguments: analysisPages.map(\.code))
  func `the examples of a page are true`(_ code: DiagnosticCode) throws {
    let page = try #require(analysisPages.first { $0.code == code })
    func findings(_ text: String) throws -> [DiagnosticCode] {
      let set = try policySet(page.given + "\n" + text)
      return (runTests(of: set).diagnostics + judgeAssertions(of: set).diagnostics).map(\.code)
    }
    #expect(try findings(page.bad) == [code])
    #expect(try findings(page.good) == [])
  }
}
