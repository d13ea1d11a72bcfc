import Foundation
import PolicyAnalysis
import PolicyEngine
import PolicyModel
import PolicyTestSupport
import Testing

@testable import PolicyCompiler

/// A reader in another language, written from Grammar/polc-format.md alone, decides the same.
@Suite struct PolcReaderTests {
  /// Where `python3` is; nil where it is not.
  static let python: URL? = {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    return path.split(separator: ":").map { URL(filePath: "\($0)/python3") }
      .first { FileManager.default.isExecutableFile(atPath: $0.path) }
  }()

  @Test(
    "the samples",
    .enabled(if: python != nil, "there is no python3"),
    arguments: SampleTests.names
  )
  func samples(name: String) throws {
    try compare(try SampleTests.sample(name), count: 150)
  }

  @Test(
    "every kind of step, tables and diagrams",
    .enabled(if: python != nil, "there is no python3")
  )
  func random() throws {
    var sets = RandomSets(seed: 23)
    try compare(sets.setOfEveryCheck(), count: 150)
    for _ in 0..<3 { try compare(sets.set(), count: 100) }
    try compare(sets.set(), CompileOptions(tableBudget: 0), count: 100)
    let patterns = PatternTests.setOfApartPatterns(beginning: 20).set
    try compare(patterns, count: 60)
  }

  @Test("what is damaged is refused", .enabled(if: python != nil, "there is no python3"))
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

  private func run(
    _ bytes: [UInt8],
    _ lines: [String]
  ) throws -> (status: Int32, output: String, error: String) {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "pol-tests-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    func file(_ name: String, _ data: Data = Data()) throws -> URL {
      let url = folder.appending(path: name)
      try data.write(to: url)
      return url
    }
    let process = Process()
    process.executableURL = Self.python
    process.arguments = [
      SampleTests.repository.appending(path: "Tests/PolcReader/polc.py").path,
      try file("set.polc", Data(bytes)).path,
    ]
    process.environment = ["PYTHONIOENCODING": "utf-8"]
    let (output, error) = (try file("out"), try file("err"))
    let input = try file("in", Data(lines.joined(separator: "\n").utf8))
    process.standardInput = try FileHandle(forReadingFrom: input)
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: error)
    try process.run()
    process.waitUntilExit()
    return (
      process.terminationStatus, try String(contentsOf: output, encoding: .utf8),
      try String(contentsOf: error, encoding: .utf8)
    )
  }
}
