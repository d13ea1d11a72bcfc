import Foundation
import PolicyAnalysis
import PolicyEngine
import PolicyModel
import PolicyTestSupport
import Testing

@testable import PolicyCompiler

/// A reader in another language, written from Grammar/polc-format.md alone, decides the same.
@Suite struct PolcReaderTests {
  @Test(
    "the samples",
    .enabled(if: Program.python != nil, "there is no python3"),
    arguments: SampleTests.names
  )
  func samples(name: String) throws {
    try compare(try SampleTests.sample(name), count: 150)
  }

  @Test(
    "every kind of step, tables and diagrams",
    .enabled(if: Program.python != nil, "there is no python3")
  )
  func random() throws {
    var sets = RandomSets(seed: 23)
    try compare(sets.setOfEveryCheck(), count: 150)
    for _ in 0..<3 { try compare(sets.set(), count: 100) }
    try compare(sets.set(), CompileOptions(tableBudget: 0), count: 100)
    let patterns = PatternTests.setOfApartPatterns(beginning: 20).set
    try compare(patterns, count: 60)
  }

  @Test("what is damaged is refused", .enabled(if: Program.python != nil, "there is no python3"))
  func damaged() throws {
    var bytes = Artifact.all[0].bytes
    bytes[CraftedFile(bytes).place(.cells).offset] ^= 1
    let outcome = try run(bytes, [])
    #expect(outcome.status == 1 && outcome.error.contains("damaged"))
  }

  private func compare(
    _ set: PolicySet,
    _ options: CompileOptions = CompileOptions(),
    count: Int
  ) throws {
    let json = RequestJSON(set)
    // A point in time that no RFC 3339 text says cannot be in a line.
    let requests = typicalRequests(of: set, count: count, seed: 5).map { json.sayable($0) }
      .filter { $0.values.values.allSatisfy(RequestJSON.hasText) }
    #expect(requests.count > count / 2)
    let bytes = compile(set, options: options).bytes
    let engine = try PolicyEngine(bytes: bytes)
    let outcome = try run(bytes, requests.map { json.line($0) })
    #expect(outcome.status == 0, "\(outcome.error)")
    let answers = outcome.output.split(separator: "\n")
    #expect(answers.count == requests.count)
    for (request, answer) in zip(requests, answers) {
      let decision = engine.decide(request)
      let meant =
        decision.basis == .byDefault ? "deny by default" : decision.isAllowed ? "allow" : "deny"
      #expect(answer == meant, "\(requestText(request, in: set))")
      if answer != meant { return }
    }
  }

  private func run(_ bytes: [UInt8], _ lines: [String]) throws -> Program.Outcome {
    let folder = try TemporaryFolder()
    return try Program.run(
      try #require(Program.python),
      [
        SampleTests.repository.appending(path: "Tests/PolcReader/polc.py").path,
        try folder.file("set.polc", bytes).path,
      ],
      input: Array(lines.joined(separator: "\n").utf8),
      environment: ["PYTHONIOENCODING": "utf-8"]
    )
  }
}
