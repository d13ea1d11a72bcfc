import Foundation
import PolicyAnalysis
import PolicyEngine
import PolicyModel
import PolicyReport
import PolicyTestSupport
import Testing

/// Programs in other languages get the answers that Swift gets.
@Suite struct AgreementTests {
  static let samples = ["emnify", "emnify-next", "enos", "payments", "languages"]

  @Test(
    .enabled(if: Programs.hasC, "there is no C compiler, or no libpolicyengine"),
    arguments: samples
  )
  func `every function that decides in C`(name: String) throws {
    let (set, bytes) = try Programs.compiled(name)
    let requests = typicalRequests(of: set, count: 400, seed: 7).map { $0.sayable(in: set) }
    let scratch = try TemporaryFolder()
    let outcome = try Program.run(
      try Programs.build(Programs.sources.appending(path: "agreement.c"), into: scratch),
      [
        try scratch.file("set.polc", bytes).path,
        try scratch.file("requests", RequestRows(requests, in: set).bytes).path,
      ]
    )
    #expect(outcome.status == 0, "\(outcome.error)")
    let engine = try PolicyEngine(bytes: bytes)
    let answers = requests.map { request -> String in
      let decision = engine.decide(request)
      return decision.isAllowed ? "1" : decision.basis == .rule ? "2" : "0"
    }
    #expect(answers.contains("1") && answers.contains("0"))
    expectSame(outcome.output, answers, requests, set)
  }

  @Test(
    .enabled(if: Programs.hasPython, "there is no python3, or no libpolicyengine"),
    arguments: samples
  )
  func `decisions and their rules in Python`(name: String) throws {
    let (set, bytes) = try Programs.compiled(name)
    let requests = typicalRequests(of: set, count: 300, seed: 8).map { $0.sayable(in: set) }
      .filter(\.hasTexts)
    #expect(requests.count > 150)
    let scratch = try TemporaryFolder()
    var lines: [UInt8] = []
    for request in requests { lines += JSONWriter.line(RequestJSON.value(request, in: set)) + [10] }
    let outcome = try Program.run(
      try #require(Program.python),
      [
        Programs.sources.appending(path: "agreement.py").path, Programs.sample.path,
        Programs.library.path, try scratch.file("set.polc", bytes).path,
        try scratch.file("requests", lines).path,
      ]
    )
    #expect(outcome.status == 0, "\(outcome.error)")
    let engine = try PolicyEngine(bytes: bytes)
    let answers = requests.map { request -> String in
      let why = engine.explain(request)
      let rules = why.reasons.map { "\t\($0.rule.policy)/\($0.rule.id)" }
      return why.decision.description + rules.joined()
    }
    expectSame(outcome.output, answers, requests, set)
  }

  private func expectSame(
    _ output: String,
    _ answers: [String],
    _ requests: [RequestData],
    _ set: PolicySet
  ) {
    let found = output.split(separator: "\n").map(String.init)
    #expect(found.count == answers.count)
    for (index, (found, meant)) in zip(found, answers).enumerated() where found != meant {
      Issue.record("answered \(found), not \(meant): \(requestText(requests[index], in: set))")
      return
    }
  }
}
