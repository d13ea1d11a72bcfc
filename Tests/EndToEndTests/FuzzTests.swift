import Foundation
import PolicyTestSupport
import Testing

/// The fuzzer runs, takes the whole corpus, and finds nothing in a few inputs of each kind.
@Suite struct FuzzTests {
  @Test(arguments: [
    "lexer", "parser", "formatter", "checker", "loader", "request", "casbin", "kubernetes", "aws",
  ])
  func `the corpus and some changes of it`(target: String) throws {
    let scratch = try TemporaryFolder()
    let corpus = Executable.root.appending(path: "Tests/Corpus").path
    let cases = ProcessInfo.processInfo.environment["POL_CASES"] ?? "80"
    let fuzz = Executable.products.appending(path: "pol-fuzz").path
    let outcome = try Executable.shell(
      "'\(fuzz)' \(target) --runs \(cases) --seed 7 --corpus '\(corpus)' 2>&1",
      in: scratch.url
    )
    #expect(outcome.status == 0, "\(outcome.output)")
    #expect(outcome.output.hasSuffix("inputs, seed 7, nothing found\n"))
  }

  @Test func `a run without a target says how it is used`() throws {
    let fuzz = Executable.products.appending(path: "pol-fuzz").path
    let outcome = try Executable.shell("'\(fuzz)' 2>&1", in: Executable.root)
    #expect(outcome.status == 2)
    #expect(outcome.output.hasPrefix("usage: pol-fuzz "))
  }
}
