import Foundation
import PolicyAnalysis
import PolicyEngine
import PolicyExport
import PolicyModel
import PolicyReport
import PolicySource
import PolicyTestSupport
import Testing

/// The exported policies are decided by Cedar itself as the policy set means, by the same rules.
@Suite struct CedarTests {
  /// Cedar in Python (`pip install cedarpy`); nil where it is not.
  static let cedar: URL? = {
    guard let python = Program.python,
      let outcome = try? Program.run(python, ["-c", "import cedarpy"]), outcome.status == 0
    else { return nil }
    return python
  }()

  @Test(.enabled(if: cedar != nil, "there is no cedarpy"), arguments: ExportedSets.names)
  func `Cedar decides the requests of a set as the set does, by the same rules`(
    name: String
  ) throws {
    let set = try ExportedSets.set(name)
    let random = Self.requests(for: set, count: 120, seed: 7)
    try compare(set, Self.cells(of: set) + random, of: name)
  }

  @Test(.enabled(if: cedar != nil, "there is no cedarpy"))
  func `so it does on random sets, and requests that leave out who asks`() throws {
    for (name, set, requests) in ExportedSets.random(count: 6) {
      try compare(set, requests + Self.unsaid(requests), of: name)
    }
  }

  @Test(
    .enabled(if: cedar != nil, "there is no cedarpy"),
    arguments: [
      ("long lists", longLists), ("names that Cedar has uses for", names),
      ("times to the nanosecond", times),
    ]
  )
  func `and on what is hard to say`(name: String, text: String) throws {
    let set = try policySet(text)
    try compare(set, Self.requests(for: set, count: 300, seed: 11), of: name)
  }

  @Test(arguments: Fixture.all(in: Fixture.folder().appending(path: "cedar/written")))
  func `policies, schema and entities are written so`(fixture: Fixture) throws {
    let exported = exportCedar(try policySet([fixture.source]))
    #expect(exported.diagnostics.isEmpty)
    for file in exported.value {
      let golden = fixture.url.deletingPathExtension().appendingPathExtension(file.name)
      let problem = Golden.mismatch(String(decoding: file.bytes, as: UTF8.self), with: golden)
      #expect(problem == nil, "\(problem ?? "")")
    }
  }

  /// Every action, for somebody who holds one policy, each in turn, outside every unit.
  private static func cells(of set: PolicySet) -> [RequestData] {
    set.policies.indices.flatMap { policy in
      set.catalogue.actions.indices.map { action in
        RequestData(
          identity: .named("somebody"),
          groups: [],
          held: [Holding(policy)],
          action: action,
          unit: .outside
        )
      }
    }
  }

  /// The requests of the tests and random ones, as they are and with less in them.
  private static func requests(for set: PolicySet, count: Int, seed: UInt64) -> [RequestData] {
    let requests = ExportedSets.requests(for: set, count: count, seed: seed)
    return requests + unsaid(requests.enumerated().filter { $0.offset % 3 == 0 }.map(\.element))
  }

  /// The same requests, each without something that decides.
  private static func unsaid(_ requests: [RequestData]) -> [RequestData] {
    requests.enumerated().map { number, request in
      var request = request
      switch number % 4 {
      case 0: request.identity = .unknown
      case 1: request.groups = nil
      case 2: request.unit = .unknown
      default:
        for key in request.values.keys.sorted() where key.position % 2 == number / 4 % 2 {
          request.values[key] = nil
        }
      }
      return request
    }
  }

  /// Ways in which policies could be wrong, as changes of their text.
  @Test(
    .enabled(if: cedar != nil, "there is no cedarpy"),
    arguments: [
      (#"!(principal in Known::"groups")"#, "false"), (#"principal in Known::"groups""#, "true"),
      (#"!(resource in Known::"unit")"#, "false"), ("principal is UnknownUser", "false"),
      ("context has mfa &&", "!(context has mfa) ||"), ("unless {", "when {"),
      ("context.time.nanos <= 2", "true"), (" in Unit::", " == Unit::"),
    ]
  )
  func `a fault is noticed`(right: String, wrong: String) throws {
    let written = Fixture.all(in: Fixture.folder().appending(path: "cedar/written"))
    let text = right.contains("nanos") ? Self.times : written.map(\.text).joined()
    let set = try policySet(text)
    let requests = Self.requests(for: set, count: 500, seed: 5)
    #expect(try mismatch(set, requests) { $0.replacingOccurrences(of: right, with: wrong) } != nil)
  }

  private func compare(_ set: PolicySet, _ requests: [RequestData], of name: String) throws {
    if let problem = try mismatch(set, requests) { Issue.record("\(name): \(problem)") }
  }

  /// The first request that Cedar decides otherwise than the interpreter, or by other rules.
  private func mismatch(
    _ set: PolicySet,
    _ requests: [RequestData],
    changing change: (String) -> String = { $0 }
  ) throws -> String? {
    let exported = exportCedar(set)
    #expect(exported.diagnostics.isEmpty)
    let folder = try TemporaryFolder()
    for file in exported.value {
      let text = String(decoding: file.bytes, as: UTF8.self)
      let isChanged = file.name == "policies.cedar"
      _ = try folder.file(file.name, Array((isChanged ? change(text) : text).utf8))
    }
    let writer = CedarRequests(set)
    let lines = requests.map { String(decoding: JSONWriter.line(writer.json($0)), as: UTF8.self) }
    let script = SampleSets.folder.deletingLastPathComponent()
      .appending(path: "Tests/CedarReader/decide.py")
    let outcome = try Program.run(
      try #require(Self.cedar),
      ["-B", script.path, folder.url.path],
      input: Array(lines.joined(separator: "\n").utf8),
      environment: ["PYTHONIOENCODING": "utf-8"]
    )
    guard outcome.status == 0 else { return outcome.error }
    let answers = outcome.output.split(separator: "\n")
    guard answers.count == requests.count else { return "\(answers.count) answers" }
    for ((request, answer), line) in zip(zip(requests, answers), lines) {
      let decision = interpret(request, in: set)
      let ids = decision.deciding.map { set.rules[$0.rule].id }
        .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
      let meant = JSONWriter.line(.strings([decision.effect.word] + ids))
      guard answer.utf8.elementsEqual(meant) else {
        return """
          \(requestText(request, in: set))
          meant \(String(decoding: meant, as: UTF8.self)), answered \(answer)
          \(line)
          """
      }
    }
    return nil
  }
}

// MARK: - What is hard to say

extension CedarTests {
  /// More alternatives than Cedar nests, of things that become lists and of things that do not.
  private static let longLists: String = {
    let ids = (0..<2000).map { #"principal == user "u\#($0)""# }
    let levels = (0..<1000).map { "context.level < \($0) and context.level > \($0 - 2)" }
    let words = (0..<2000).map { #""w\#($0)""# }
    return """
      catalogue portal {
        context { level: Int  word: String }
        service device { read list }
      }
      role A { allow device.list when \(levels.joined(separator: " or ")) }
      role B { allow device.read when context.word in [\(words.joined(separator: ", "))] }
      role C { deny device.* when \(ids.joined(separator: " or ")) }
      assign A, B to everyone
      assign C to everyone
      """
  }()

  private static let names = #"""
    catalogue portal {
      principal { `in`: Bool  id: String  `a "b" \ é`: Int }
      context { principal: String  `given name`: String  `true`: Bool  uid: Principal }
      resource { owner: Set<Principal>  type: String  parents: Set<String>  tags: Path }
      service User { read }
      service user { read  `in` }
      service `pods/exec` { `create */all`  `if` { `then`  `else` } }
      service pods_x2fexec { read }
      service Action { Action }
      service `1st` { read }
    }
    ou `a "unit"` { `in` { b } }
    group `every "one"`
    role `User` { allow *.read when principal.`in` and context.`given name` like "*\"\*\\*" }
    role `a "role"` includes `User` {
      @id("quoted \"id\"") allow {`pods/exec`, user, Action}.* when principal.`a "b" \ é` > 1
    }
    policy `permit` {
      deny * when resource.type == "é" or resource.type == "e\u{301}" because "\"because\" \\ é"
      deny *.read unless context.uid == principal or resource.owner contains principal
      deny `pods/exec`.`if` when resource == "é\u{2028}" or context.principal == "\n\t\u{7f}"
    }
    assign `a "role"` to user "quoted \"user\"", service-account "in" in `a "unit"`/`in`
    assign `User` to group `every "one"`
    assign `permit` to user "é", group `every "one"` in `a "unit"`
    """#

  private static let times = """
    catalogue portal {
      context { time: Time  other: Time }
      service device { a b c d e f }
    }
    role A {
      allow device.a when context.time <= "2026-01-01T00:00:00.001000002Z"
      allow device.b when context.time < "2026-01-01T00:00:00.001Z"
      allow device.c when context.time > "2026-01-01T00:00:00Z"
      allow device.d when context.time < context.other
      allow device.e when context.time >= context.other
      allow device.f when context.time == "2026-01-01T00:00:00.001000002Z"
      deny device.e when context.time > "0000-01-01T00:00:00+01:00"
    }
    assign A to everyone
    """
}
