import PolicyEngine
import PolicyModel
import PolicyTestSupport
import Testing

@testable import PolicyCompiler

@Suite struct LayoutTests {
  @Test("every name is found, and no other", arguments: [0, 1, 2, 3, 7, 60, 1000, 20_000])
  func perfectHash(count: Int) {
    var contents = ArtifactContents()
    for index in 0..<count {
      contents.add(contents.text.add("name-\(index)"), index, to: UInt32(index % 3))
    }
    contents.placeNames()
    #expect(contents.names.count == count)
    #expect(contents.displacements.count == max(1, count / 3))
    for (slot, record) in contents.names.enumerated() {
      let text = Array("name-\(record.index)".utf8)
      let hash = unsafe text.withUnsafeBytes {
        unsafe ArtifactHash.name(
          $0,
          space: record.space,
          seed: UInt32(contents[.hashSeed])
        )
      }
      let bucket = PerfectHash.bucket(hash, of: contents.displacements.count)
      #expect(
        PerfectHash.slot(hash, displacement: contents.displacements[bucket], of: count) == slot
      )
    }
  }

  @Test("equal policies share pages, and equal conditions tables")
  func sharing() {
    var one = SmallSet.empty()
    let line: SmallSet.Line = (
      .allow, 0..<133, SmallSet.check(.isTrue(SmallSet.attribute("mfa")))
    )
    SmallSet.add("p0", [line], to: &one)
    var many = one
    for index in 1..<50 { SmallSet.add("p\(index)", [line], to: &many) }
    let (first, second) = (compile(one).report, compile(many).report)
    #expect(second.pages == first.pages && second.tables == first.tables)
    #expect(first.tables == 2, "the guard and the cell: both are functions of one attribute")
    #expect(first.bytes(of: .cells) == 8, "one number for each run of actions in a service")
  }

  @Test("tables and diagrams decide alike, whatever the budget")
  func budgets() throws {
    var sets = RandomSets(seed: 99)
    let set = sets.set()
    let tables = compile(set)
    let diagrams = compile(set, options: CompileOptions(tableBudget: 0))
    let some = compile(set, options: CompileOptions(tableBudget: tables.report.tableBytes / 3))
    #expect(tables.report.diagrams == 0)
    #expect(diagrams.report.diagrams == diagrams.report.tables)
    #expect((1..<some.report.tables).contains(some.report.diagrams))
    let engines = try [tables, diagrams, some].map { try PolicyEngine(bytes: $0.bytes) }
    for _ in 0..<300 {
      let request = sets.request(set)
      #expect(Set(engines.map { $0.explain(request) }).count == 1)
    }
  }

  @Test("maps with many classes are stored by runs, and read the same")
  func runs() throws {
    var set = SmallSet.empty()
    let amount = SmallSet.attribute("amount")
    let lines = (0..<133).map { action -> SmallSet.Line in
      (.allow, action..<action + 1, SmallSet.check(.compare(amount, .less, .int(Int64(action)))))
    }
    let policy = SmallSet.add("p", lines, to: &set)
    let compiled = compile(set)
    let index = RandomSets.attributes.firstIndex { $0.1 == "amount" } ?? 0
    let engine = try PolicyEngine(bytes: compiled.bytes)
    #expect(compiled.report.bytes(of: .mapValues) < 133 * 2 * 6 * 4 + 1)
    for value in [-1, 0, 1, 63, 64, 65, 131, 132, 133] {
      for action in 0..<133 {
        var request = RequestData(action: ActionIndex(action))
        request.held = [Holding(policy)]
        request.values[AttributeIndex(index)] = .int(Int64(value))
        #expect(engine.decide(request).isAllowed == (value < action))
      }
    }
  }

  @Test("the same set gives the same bytes, and another source another digest")
  func deterministic() throws {
    var sets = RandomSets(seed: 5)
    let set = sets.set()
    #expect(compile(set).bytes == compile(set).bytes)
    let engines = try [SmallSet.portal(), SmallSet.portal(lamps: 5)]
      .map { try PolicyEngine(bytes: compile($0).bytes) }
    #expect(engines[0].sourceDigest == engines[1].sourceDigest)
    #expect(engines[0].catalogueDigest != engines[1].catalogueDigest)
  }

  @Test("a policy of thousands of conditional rules for one action")
  func derived() throws {
    var set = SmallSet.empty()
    let tags = SmallSet.attribute("tags")
    let lines = (0..<3000).map { number -> SmallSet.Line in
      (.allow, 0..<3, SmallSet.check(.contains(tags, .string("t\(number)"))))
    }
    let policy = SmallSet.add("p", lines, to: &set)
    let compiled = compile(set)
    #expect(!compiled.diagrams.store.derivations.isEmpty)
    #expect(compiled.report.readBound >= 3000)
    let engine = try PolicyEngine(bytes: compiled.bytes)
    let index = AttributeIndex(RandomSets.attributes.firstIndex { $0.1 == "tags" } ?? 0)
    for (value, isAllowed) in [(["t0"], true), (["t2999", "x"], true), (["x"], false)] {
      var request = RequestData(action: ActionIndex(1))
      request.held = [Holding(policy)]
      request.values[index] = .strings(value)
      #expect(engine.decide(request).isAllowed == isAllowed)
    }
    var silent = RequestData(action: ActionIndex(1))
    silent.held = [Holding(policy)]
    #expect(!engine.decide(silent).isAllowed)
  }
}
