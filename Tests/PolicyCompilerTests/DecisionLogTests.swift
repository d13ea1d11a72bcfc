import PolicyCompiler
import PolicyEngine
import PolicyModel
import PolicyReport
import PolicyTestSupport
import Testing

/// A line of a decision log is read back as the request that was decided, and says what was meant.
@Suite struct DecisionLogTests {
  private struct Wrong: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
  }

  @Test("random policy sets, random requests with values of every type")
  func random() {
    let failure = RandomCases(150).firstFailure { random in
      var sets = RandomSets(seed: random.next())
      let set = sets.set()
      do {
        let engine = try PolicyEngine(bytes: compile(set).bytes)
        var log = PolicyEngine.DecisionLog(of: engine)
        for _ in 0..<40 {
          let request = RequestJSON(set).sayable(sets.request(set))
          try compare(request, set, engine, &log)
        }
        return nil
      } catch {
        return "\(error)"
      }
    }
    #expect(failure == nil)
  }

  private func compare(
    _ request: RequestData,
    _ set: PolicySet,
    _ engine: PolicyEngine,
    _ log: inout PolicyEngine.DecisionLog
  ) throws {
    var lines: [UInt8] = []
    let decision = log.append(request, decidedBy: engine, id: "r\"1", to: &lines)
    var again: [UInt8] = []
    log.append(try prepared(request, set, engine), id: "r\"1", to: &again)
    guard lines == again else { throw Wrong("a prepared request: \(text(lines)) \(text(again))") }
    guard lines.last == UInt8(ascii: "\n"), !lines.dropLast().contains(UInt8(ascii: "\n")) else {
      throw Wrong("not a line: \(text(lines))")
    }
    let read = RequestReader.read(lines.dropLast())
    guard read.problems.isEmpty, let document = read.document, read.id == "r\"1" else {
      throw Wrong("\(read.problems): \(text(lines))")
    }
    let meant = interpret(request, in: set)
    let isAllowed = meant.effect == .allow
    let rules = unique(meant.deciding.map { set.rules[$0.rule].id })
    guard let recorded = read.recorded, recorded.isAllowed == isAllowed,
      decision.isAllowed == isAllowed, recorded.rules == rules
    else {
      throw Wrong("recorded \(String(describing: read.recorded)), meant \(isAllowed) \(rules)")
    }
    let unsayable = request.values.filter { !RequestJSON.hasText($0.value) }.keys
    guard read.omitted == unsayable.sorted().map({ set.catalogue.attributes[$0].path }) else {
      throw Wrong("omitted \(read.omitted): \(text(lines))")
    }
    let back = try document.resolved(in: engine)
    var expected = request
    for attribute in unsayable { expected.values[attribute] = nil }
    guard same(back, expected) else { throw Wrong("read \(back), logged \(expected)") }
    if unsayable.isEmpty, engine.decide(back) != decision { throw Wrong("decided otherwise") }
  }

  private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  private func unique(_ ids: [String]) -> [String] {
    var found: [String] = []
    for id in ids where !found.contains(id) { found.append(id) }
    return found
  }

  private func same(_ left: RequestData, _ right: RequestData) -> Bool {
    let groups = left.kind == .anonymous ? [] : left.groups
    return left.kind == right.kind && left.identity == right.identity
      && groups == (right.kind == .anonymous ? [] : right.groups) && left.held == right.held
      && left.action == right.action && left.unit == right.unit
      && left.resourceID.map { Array($0.utf8) } == right.resourceID.map { Array($0.utf8) }
      && left.values == right.values
  }

  /// The same request, prepared and with typed values set one by one.
  private func prepared(
    _ request: RequestData,
    _ set: PolicySet,
    _ engine: PolicyEngine
  ) throws -> PolicyEngine.Request {
    let subject = engine.subject(SubjectData(request))
    var prepared = engine.request(
      subject,
      try engine.action(set.catalogue.actions[request.action].path),
      keepingValues: true
    )
    prepared.unit = engine.unit(request.unit)
    if let id = request.resourceID { prepared.setResourceID(id) }
    for (index, value) in request.values {
      try prepared.set(try engine.attribute(set.catalogue.attributes[index].path), to: value)
    }
    return prepared
  }

  @Test func `what is left out is named, and what is still allowed then is allowed for sure`() {
    let failure = RandomCases(100, from: 5000).firstFailure { random in
      var sets = RandomSets(seed: random.next())
      let set = sets.set()
      do {
        let engine = try PolicyEngine(bytes: compile(set).bytes)
        let left = set.catalogue.attributes.indices.filter { _ in random.oneIn(3) }
        let paths = left.map { set.catalogue.attributes[$0].path }
        var log = PolicyEngine.DecisionLog(
          of: engine,
          leavingOut: try paths.map { try engine.attribute($0) },
          [.subjectID, .resourceID]
        )
        for _ in 0..<40 {
          let request = RequestJSON(set).sayable(sets.request(set))
          guard request.values.values.allSatisfy(RequestJSON.hasText) else { continue }
          var line: [UInt8] = []
          let decision = log.append(request, decidedBy: engine, to: &line)
          let read = RequestReader.read(line.dropLast())
          var expected: [String] = []
          if case .named = request.identity { expected.append("subject.id") }
          expected += left.filter { request.values[$0] != nil }
            .map { set.catalogue.attributes[$0].path }
          if request.resourceID != nil { expected.append("resource.id") }
          guard read.omitted == expected else { return "omitted \(read.omitted): \(expected)" }
          guard let document = read.document else { return "\(read.problems)" }
          let back = try engine.decide(document)
          if back.isAllowed && !decision.isAllowed { return "widened: \(text(line))" }
        }
        return nil
      } catch {
        return "\(error)"
      }
    }
    #expect(failure == nil)
  }

  @Test func `attributes of another action's service are not in the line`() throws {
    var set = SmallSet.empty()
    let region = AttributeIndex(RandomSets.attributes.firstIndex { $0.1 == "region" } ?? 0)
    set.catalogue.attributes[region].services = [ServiceIndex(0)]
    let engine = try PolicyEngine(bytes: compile(set).bytes)
    var log = PolicyEngine.DecisionLog(of: engine)
    var request = engine.request(
      try engine.subject(.user("ada"), groups: []),
      try engine.action("door.a0"),
      keepingValues: true
    )
    try request.set("resource.region", "eu")
    try request.set("context.mfa", true)
    request.action = try engine.action("lamp.a0")
    var line: [UInt8] = []
    log.append(request, to: &line)
    let read = RequestReader.read(line.dropLast())
    #expect(read.problems == [] && read.omitted == [])
    let document = try #require(read.document)
    #expect(document.context == [NamedValue("mfa", true)] && document.resourceProperties == [])
    #expect(try engine.decide(document) == engine.decide(request))
  }
}
