import PolicyCompiler
import PolicyEngine
import PolicyModel
import PolicyTestSupport
import Testing

@Suite struct EngineTests {
  private let set = SmallSet.portal()
  private let engine: PolicyEngine

  init() throws {
    engine = try PolicyEngine(bytes: compile(set).bytes)
  }

  @Test("a prepared subject, a resolved action, attributes by name")
  func prepared() throws {
    let ada = try engine.subject(.user("ada"), groups: [])
    var request = engine.request(ada, try engine.action("door.a2"))
    #expect(engine.decide(request) == .init(effect: .deny, basis: .byDefault))
    request.unit = try engine.unit("acme/plant")
    #expect(engine.decide(request) == .init(effect: .allow, basis: .rule))
    request.unit = try engine.unit("acme")
    #expect(!engine.decide(request).isAllowed)
    request.action = try engine.action("lamp.a64")
    #expect(engine.decide(request).basis == .rule, "a deny whose amount is unknown applies")
    try request.set("context.amount", 10)
    #expect(!engine.decide(request).isAllowed)
    try request.set("context.mfa", true)
    #expect(engine.decide(request).isAllowed)
    #expect(engine.allowedActions(request).count == 130)
    try request.set("context.amount", 9)
    #expect(engine.allowedActions(request).count == 128)
  }

  @Test func `handles and values are refused where they do not belong`() throws {
    let other = try PolicyEngine(bytes: compile(SmallSet.portal(lamps: 4)).bytes)
    let again = try PolicyEngine(bytes: compile(set).bytes)
    let (ada, action) = (try engine.subject(.user("ada")), try engine.action("lamp.a0"))
    #expect(engine.isHome(of: ada) && !other.isHome(of: ada) && !again.isHome(of: ada))
    #expect(again.isHome(of: action) && !other.isHome(of: action))
    #expect(engine.isHome(of: try engine.unit("acme")) && engine.isHome(of: .outside))
    #expect(!again.isHome(of: try engine.unit("acme")))
    #expect(!again.isHome(of: try engine.policy("lamps")))
    var request = engine.request(ada, action)
    let amount = try engine.attribute("context.amount")
    func problems(_ value: Value) -> [RequestProblem] {
      do throws(RequestRefusal) { try request.set(amount, to: value) } catch {
        return error.problems
      }
      return []
    }
    #expect(problems(.int(3)) == [])
    #expect(
      problems(.bool(true)) == [
        .value(attribute: "context.amount", type: "Int", form: "a truth value", .wrongType)
      ]
    )
    #expect(engine.name(of: action) == "lamp.a0")
    #expect(engine.name(of: try engine.policy("lamps")) == "lamps")
  }

  /// Its kind has no names: those behind the names of service accounts are another attribute's.
  @Test func `nobody in particular is no value of an attribute`() throws {
    let text = """
      catalogue c {
        resource { owner: Principal  readers: Set<Principal>  label: String }
        service s { a }
      }
      policy P {
        allow s.a when resource.owner == user "x"
        allow s.a when resource.readers contains user "x"
        allow s.a when resource.label in ["a", "b", "c", "d", "e"]
      }
      """
    let engine = try PolicyEngine(bytes: compile(policySet(text)).bytes)
    let subject = try engine.subject(.user("x"), holding: ["P"])
    var request = engine.request(subject, try engine.action("s.a"))
    for id in ["a", "b", "c", "d", "e", "x"] {
      let nobody = PrincipalID(kind: .anonymous, id: id)
      for (path, value) in [
        ("resource.owner", Value.principal(nobody)),
        ("resource.readers", .principals([nobody, .user("x")])),
      ] {
        let attribute = try engine.attribute(path)
        #expect(throws: RequestRefusal.self) { try request.set(attribute, to: value) }
      }
    }
    #expect(!engine.decide(request).isAllowed)
  }

  @Test func `handles of an engine that is gone are none of one that has its memory`() throws {
    let bytes = compile(set).bytes
    var numbers: Set<UInt64> = []
    for _ in 0..<20 {
      let (unit, policy) = try { () throws in
        let gone = try PolicyEngine(bytes: bytes)
        return (try gone.unit("acme/plant"), try gone.policy("lamps"))
      }()
      let next = try PolicyEngine(bytes: bytes)
      #expect(!next.isHome(of: unit) && !next.isHome(of: policy))
      #expect(next.unit(unit.numbers) == nil)
      #expect(!next.whoCan(try next.action("lamp.a0")).yes.contains(policy))
      #expect(next.isHome(of: try next.unit("acme/plant")))
      numbers.formUnion([unit.numbers.0, try next.unit("acme").numbers.0])
    }
    #expect(numbers.count == 40)
  }

  @Test("open groups, unsaid and said")
  func groups() throws {
    let action = try engine.action("door.a0")
    #expect(!engine.decide(try engine.subject(.user("x")), action).isAllowed)
    #expect(!engine.decide(try engine.subject(.user("x"), groups: ["staff"]), action).isAllowed)
    #expect(engine.decide(try engine.subject(.user("x"), groups: ["night"]), action).isAllowed)
    #expect(engine.decide(try engine.subject(.user("bob")), action).isAllowed)
    #expect(!engine.decide(try engine.subject(.user(nil)), action).isAllowed)
    #expect(!engine.decide(try engine.subject(.anonymous), action).isAllowed)
  }

  @Test("reasons, and what a default deny lacked")
  func reasons() throws {
    let subject = try engine.subject(.user("eve"), groups: [])
    var request = engine.request(subject, try engine.action("lamp.a64"))
    let denied = engine.explain(request)
    #expect(denied.reasons.map(\.rule.id) == ["lamps#2"])
    #expect(denied.reasons.map(\.rule.because) == ["no"])
    #expect(denied.reasons.map(\.missing) == [["context.amount"]])
    #expect(denied.reasons.first?.rule.place == .init(file: "a.pol", line: 2, column: 1))
    request.action = try engine.action("lamp.a0")
    let missed = engine.explain(request)
    #expect(missed.decision == .init(effect: .deny, basis: .byDefault))
    #expect(missed.nearMisses.map(\.rule.id) == ["lamps#1"])
    #expect(missed.nearMisses.map(\.missing) == [["context.mfa"]])
    #expect(missed.nearMisses.map(\.isRefused) == [false])
    try request.set("context.mfa", false)
    #expect(engine.explain(request).nearMisses.map(\.isRefused) == [true])
  }

  @Test("names that are not there are refused by name")
  func unknownNames() {
    func problems(_ body: () throws(RequestRefusal) -> Void) -> [RequestProblem] {
      do throws(RequestRefusal) { try body() } catch { return error.problems }
      return []
    }
    #expect(
      problems { () throws(RequestRefusal) in _ = try engine.action("door.open") } == [
        .unknownAction("door.open")
      ]
    )
    #expect(
      problems { () throws(RequestRefusal) in _ = try engine.unit("plant") } == [
        .unknownUnit("plant")
      ]
    )
    #expect(
      problems { () throws(RequestRefusal) in _ = try engine.attribute("mfa") } == [
        .undeclaredAttribute("mfa")
      ]
    )
    #expect(
      problems { () throws(RequestRefusal) in
        _ = try engine.subject(.user("x"), holding: ["lamp", HeldPolicy("doors", in: "nowhere")])
      } == [.unknownPolicy("lamp"), .unknownUnit("nowhere")]
    )
  }

  @Test("the prepared path decides and explains as the one-shot path does")
  func pathsAgree() {
    let failure = RandomCases(150, from: 30_000).firstFailure { random in
      var sets = RandomSets(seed: random.next())
      let set = sets.set()
      guard let engine = try? PolicyEngine(bytes: compile(set).bytes) else { return "refused" }
      for _ in 0..<40 {
        let data = sets.request(set)
        let subject = engine.subject(SubjectData(data))
        var request = engine.request(
          subject,
          engine.action(at: UInt32(data.action.position))
        )
        request.unit = engine.unit(data.unit)
        if let id = data.resourceID { request.setResourceID(id) }
        for (attribute, value) in data.values { request.set(attribute, to: value) }
        if engine.decide(request) != engine.decide(data) { return "decided otherwise: \(data)" }
        if engine.explain(request) != engine.explain(data) { return "explained otherwise: \(data)" }
      }
      return nil
    }
    #expect(failure == nil)
  }
}
