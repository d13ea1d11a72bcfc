import PolicyEngine
import PolicyModel
import PolicyTestSupport
import Testing

@testable import PolicyCompiler

/// Files with the digest of another catalogue than they have.
@Suite struct ForgedCatalogueTests {
  /// One of two catalogues, with the digest of the other.
  private func forged(_ set: PolicySet, as other: PolicySet) throws -> PolicyEngine {
    var file = CraftedFile(compile(set).bytes)
    let model = CraftedFile(compile(other).bytes)
    for offset in [48, 56] { file.store(model.number(offset), at: offset) }
    file.renewChecksums()
    return try PolicyEngine(bytes: file.bytes)
  }

  private static func services(_ names: [String], actions: Int) -> String {
    names.map { name in
      "service \(name) { \((0..<actions).map { "a\($0)" }.joined(separator: " ")) }"
    }
    .joined(separator: "\n")
  }

  private static let catalogues = [
    services(["one"], actions: 130), services(["one"], actions: 64),
    services((0..<20).map { "s\($0)" }, actions: 1), services(["one", "two"], actions: 64),
    "service empty { }\n" + services(["one"], actions: 130),
    "context { mfa: Bool }\n" + services(["one"], actions: 130),
    "context { mfa: Int }\n" + services(["one"], actions: 130),
    "context { mfa: \"a\" | \"b\" }\n" + services(["one"], actions: 130),
    "context { mfa: \"a\" | \"c\" }\n" + services(["one"], actions: 130),
  ]

  @Test func `a catalogue is not the same because its digest is`() throws {
    let sets = try Self.catalogues.map {
      try policySet("catalogue c {\n\($0)\n}\nrole R { allow * }")
    }
    let honest = try sets.map { try PolicyEngine(bytes: compile($0).bytes) }
    for (left, set) in sets.enumerated() {
      for right in sets.indices where right != left {
        let engine = try forged(set, as: sets[right])
        let other = honest[right]
        #expect(engine.catalogueDigest == other.catalogueDigest)
        // An empty service has no action that anyone could look up.
        let areSame = Set([left, right]) == [0, 4]
        #expect(engine.hasSameCatalogue(as: other) == areSame, "\(left) as \(right)")
        #expect(other.hasSameCatalogue(as: engine) == areSame, "\(right) as \(left)")
        let changes = engine.changes(since: other)
        #expect(changes == honest[left].changes(since: other), "\(left) as \(right)")
        #expect(other.changes(since: engine) == other.changes(since: honest[left]))
        #expect(changes.isEmpty == (Set(engine.actionNames) == Set(other.actionNames)))
      }
    }
  }

  @Test func `other policies of one catalogue have the same catalogue`() throws {
    let engines = try [SmallSet.portal(), SmallSet.empty()].map {
      try PolicyEngine(bytes: compile($0).bytes)
    }
    #expect(engines[0].hasSameCatalogue(as: engines[1]))
    #expect(engines[0].hasSameCatalogue(as: engines[0]))
  }

  @Test func `a log of one catalogue leaves out what another one has besides`() throws {
    let small = try policySet("catalogue c { service s { a } }\npolicy P { allow s.a }")
    let large = try policySet(
      """
      catalogue c { context { secret: String } service s { a } }
      policy P { allow s.a }
      """
    )
    let engine = try forged(large, as: small)
    var log = PolicyEngine.DecisionLog(of: try PolicyEngine(bytes: compile(small).bytes))
    var request = RequestDocument(action: "s.a")
    request.context = [NamedValue("secret", .string("told"))]
    var lines: [UInt8] = []
    _ = try log.append(request, decidedBy: engine, to: &lines)
    let line = String(decoding: lines, as: UTF8.self)
    #expect(line.contains("\"omitted\":[\"context.secret\"]") && !line.contains("told"))
  }
}
