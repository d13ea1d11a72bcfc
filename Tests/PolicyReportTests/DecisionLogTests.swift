import PolicyCompiler
import PolicyEngine
import PolicyReport
import PolicyTestSupport
import Testing

/// Lines of a decision log, as its schema and this repository's reader know them.
@Suite struct DecisionLogTests {
  private let engine: PolicyEngine

  init() throws {
    let text = """
      catalogue portal {
        principal { clearance: Int }
        context { mfa: Bool  ip: IP  time: Time }
        service device {
          resource { owner: Principal  region: "eu" | "us"  trees: Set<Path>  readers: Set<Principal> }
          get  delete
        }
      }
      ou acme { plant-1 }
      group operators
      role Operator { allow device.* }
      policy guardrails {
        @id("second-factor") deny device.delete unless context.mfa because "No."
      }
      assign Operator to group operators
      assign guardrails to everyone
      """
    engine = try PolicyEngine(bytes: compile(policySet(text)).bytes)
  }

  /// Lines with everything, with little, and with something left out.
  private func lines() throws -> [String] {
    var log = PolicyEngine.DecisionLog(of: engine)
    var bytes: [UInt8] = []
    var document = RequestDocument(action: "device.delete")
    document.subjectID = "ada"
    document.groups = ["operators", "unknown to these policies"]
    document.policies = ["guardrails", HeldPolicy("Operator", in: "acme/plant-1")]
    document.subjectProperties = [NamedValue("clearance", 3)]
    document.resourceID = "d\"1"
    document.unit = .unit("acme/plant-1")
    document.resourceProperties = [
      NamedValue("owner", "service-account:ingest"), NamedValue("region", "eu"),
      NamedValue("trees", ["wind/farm-7", "é"]), NamedValue("readers", ["user:bob"]),
    ]
    document.context = [
      NamedValue("mfa", false), NamedValue("ip", "::ffff:10.0.0.1"),
      NamedValue("time", "2026-06-01T08:00:00+02:00"),
    ]
    try log.append(
      document,
      decidedBy: engine,
      id: "r1",
      at: Instant(seconds: 1_795_255_200),
      to: &bytes
    )
    log.hasPlaces = true
    document.context[0].value = true
    try log.append(document, decidedBy: engine, to: &bytes)
    var anonymous = RequestDocument(action: "device.get")
    anonymous.subjectType = "anonymous"
    anonymous.unit = .outside
    try log.append(anonymous, decidedBy: engine, to: &bytes)
    try log.append(RequestDocument(action: "device.get"), decidedBy: engine, to: &bytes)
    var careful = PolicyEngine.DecisionLog(
      of: engine,
      leavingOut: [
        try engine.attribute("context.ip"), try engine.attribute("principal.clearance"),
      ],
      [.subjectID, .resourceID]
    )
    try careful.append(document, decidedBy: engine, to: &bytes)
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
  }

  @Test func `lines are as they are documented`() throws {
    let digest = engine.sourceDigest.description
    let told = try lines().map { $0.replacing(digest, with: "…") }
    let subject =
      #""subject":{"type":"user","id":"ada","groups":["operators"],"policies":["guardrails","#
      + #"{"policy":"Operator","in":"acme/plant-1"}],"properties":{"clearance":3}},"#
      + #""action":{"name":"device.delete"},"#
    let properties =
      #""unit":"acme/plant-1","properties":{"owner":{"type":"service-account","id":"ingest"},"#
      + #""region":"eu","trees":["wind/farm-7","é"],"readers":[{"type":"user","id":"bob"}]}},"#
    let resource = #""resource":{"type":"device","id":"d\"1","# + properties
    let time = #""time":"2026-06-01T06:00:00Z"}"#
    #expect(
      told == [
        #"{"v":1,"id":"r1","at":"2026-11-21T10:00:00Z","set":"…","# + subject + resource
          + #""context":{"mfa":false,"ip":"10.0.0.1","# + time
          + #","decision":false,"effect":"deny","by":"rule","#
          + #""reasons":[{"policy":"guardrails","rule":"second-factor"}]}"#,
        #"{"v":1,"set":"…","# + subject + resource + #""context":{"mfa":true,"ip":"10.0.0.1","#
          + time + #","decision":true,"effect":"allow","by":"rule","reasons":[{"policy":"#
          + #""Operator","rule":"Operator#1","file":"set.pol","line":11}]}"#,
        #"{"v":1,"set":"…","subject":{"type":"anonymous"},"action":{"name":"device.get"},"#
          + #""resource":{"type":"device","unit":null},"#
          + #""decision":false,"effect":"deny","by":"default","reasons":[]}"#,
        #"{"v":1,"set":"…","subject":{"type":"user"},"action":{"name":"device.get"},"#
          + #""resource":{"type":"device"},"#
          + #""decision":false,"effect":"deny","by":"default","reasons":[]}"#,
        #"{"v":1,"set":"…","subject":{"type":"user","groups":["operators"],"policies":"#
          + #"["guardrails",{"policy":"Operator","in":"acme/plant-1"}]},"#
          + #""action":{"name":"device.delete"},"resource":{"type":"device","# + properties
          + #""context":{"mfa":true,"# + time
          + #","omitted":["subject.id","principal.clearance","context.ip","resource.id"],"#
          + #""decision":true,"effect":"allow","by":"rule","#
          + #""reasons":[{"policy":"Operator","rule":"Operator#1"}]}"#,
      ]
    )
  }

  @Test func `every line is what the schema says`() throws {
    let schema = try SchemaValidator(grammar: "decision-log.schema.json")
    for line in try lines() {
      #expect(schema.problems(with: try JSONParser.parse(Array(line.utf8))) == [])
    }
  }

  @Test func `a line is read as the request and the answer`() throws {
    for line in try lines() {
      let read = RequestReader.read(Array(line.utf8)[...])
      #expect(read.problems == [])
      let decision = try engine.decide(try #require(read.document))
      #expect(read.recorded?.isAllowed == decision.isAllowed)
    }
  }

  @Test func `answers that contradict themselves, and other versions, are refused`() {
    func problems(_ text: String) -> [String] {
      let start = #"{"subject":{"type":"user"},"action":{"name":"a.b"},"#
      return RequestReader.read(Array((start + text + "}").utf8)[...]).problems
    }
    #expect(problems(#""v":1,"decision":true"#) == [])
    #expect(problems(#""decision":false,"effect":"deny","by":"default""#) == [])
    #expect(
      problems(#""v":2,"decision":1,"effect":"perhaps","by":"chance","at":3"#) == [
        "`v` is not 1, the version of decision logs that is read",
        "`decision` is an integer, not a boolean",
        "`by` is none of rule, default, error",
        "`at` is an integer, not a string",
        "`effect` is neither `allow` nor `deny`",
      ]
    )
    #expect(
      problems(#""decision":true,"effect":"deny""#) == ["`effect` is not what `decision` says"]
    )
    #expect(
      problems(#""reasons":[{"policy":"p"},3,{"rule":"r","rul":1}],"omitted":[1]"#) == [
        "`reasons[0].rule` is missing",
        "`reasons[1]` is an integer, not an object",
        "there is no key `reasons[2].rul` (did you mean `rule`?)",
        "`omitted[0]` is an integer, not a string",
      ]
    )
  }
}
