import Foundation
import PolicyAnalysis
import PolicyEngine
import PolicyExport
import PolicyModel
import PolicyReport
import PolicySource
import PolicyTestSupport
import Testing

/// The exported JSON is what its schema says, and decides what the policy set does.
@Suite struct JSONTests {
  @Test(arguments: ExportedSets.names)
  func `a document is what the schema says`(name: String) throws {
    let schema = try SchemaValidator(grammar: "export.schema.json")
    let exported = exportJSON(try ExportedSets.set(name))
    #expect(exported.diagnostics.isEmpty && exported.value.count == 1)
    #expect(schema.problems(with: try JSONParser.parse(exported.value[0].bytes)) == [])
  }

  @Test(.enabled(if: Program.python != nil, "there is no python3"), arguments: ExportedSets.names)
  func `a program that reads it alone decides the same`(name: String) throws {
    let set = try ExportedSets.set(name)
    try compare(set, ExportedSets.requests(for: set, count: 100, seed: 3), of: name)
  }

  @Test(.enabled(if: Program.python != nil, "there is no python3"))
  func `so it does on random sets`() throws {
    for (name, set, requests) in ExportedSets.random(count: 5) {
      try compare(set, requests, of: name)
    }
  }

  private func compare(_ set: PolicySet, _ requests: [RequestData], of name: String) throws {
    let json = RequestJSON(set)
    let folder = try TemporaryFolder()
    let file = try folder.file("policies.json", exportJSON(set).value[0].bytes)
    let reader = SampleSets.folder.deletingLastPathComponent()
      .appending(path: "Tests/ExportReader/export.py")
    let lines = requests.map { json.line($0) }.joined(separator: "\n")
    let outcome = try Program.run(
      try #require(Program.python),
      ["-B", reader.path, file.path],
      input: Array(lines.utf8)
    )
    #expect(outcome.status == 0, "\(outcome.error)")
    let answers = outcome.output.split(separator: "\n").map(String.init)
    #expect(answers.count == requests.count)
    for (request, answer) in zip(requests, answers) {
      let decision = interpret(request, in: set)
      let meant = decision.basis == .byDefault ? "deny by default" : decision.effect.word
      #expect(answer == meant, "\(name): \(requestText(request, in: set))")
      if answer != meant { return }
    }
  }
}
