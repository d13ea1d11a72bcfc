import PolicyCommands
import PolicySource
import Testing

/// `pol rule`.
@Suite struct RuleCommandTests {
  @Test(arguments: DiagnosticCode.allCases)
  func `every code has a page`(code: DiagnosticCode) throws {
    let outcome = try Session().pol(["rule", code.rawValue])
    #expect(outcome.status == .success, "\(outcome.error)")
    #expect(outcome.output.contains("[\(code.rawValue)]: "))
    #expect(outcome.output.contains("\nReported:\n") && outcome.output.contains("\nGood:\n"))
  }

  @Test func `the list has them all, each once`() throws {
    let lines = try Session().pol("rule --list").output.split(separator: "\n")
    let codes = lines.compactMap { $0.split(separator: " ").first.map(String.init) }
    #expect(codes == DiagnosticCode.allCases.map(\.rawValue))
  }
}
