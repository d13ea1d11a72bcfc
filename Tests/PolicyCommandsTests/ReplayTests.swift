import PolicyCompiler
import PolicyEngine
import PolicyModel
import PolicyReport
import PolicySource
import PolicyTestSupport
import PolicyWorkspace
import Testing

@testable import PolicyCommands

/// What replaying claims, against the interpreter's decisions of the same requests.
@Suite struct ReplayTests {
  /// A random set, its engine, random requests that lines can say, and the log of their decisions.
  private struct Recording {
    let set: PolicySet
    let engine: PolicyEngine
    let requests: [RequestData]
    let log: [UInt8]

    var side: ReplaySide { ReplaySide(name: "old", engine: engine, set: set) }

    init(_ random: inout RandomSource, leavingOut: Bool) throws {
      set = try policySet(RandomPolicies.catalogue + RandomPolicies.text(&random))
      engine = try PolicyEngine(bytes: compile(set).bytes)
      let handles = try set.catalogue.attributes.elements.filter { _ in
        leavingOut && random.oneIn(3)
      }
      .map { [engine] in try engine.attribute($0.path) }
      var log = PolicyEngine.DecisionLog(
        of: engine,
        leavingOut: handles,
        leavingOut ? [.subjectID] : []
      )
      var (requests, bytes) = ([RequestData](), [UInt8]())
      for _ in 0..<30 {
        var request = RandomPolicies.request(&random, in: set)
        if request.kind == .anonymous { (request.groups, request.held) = (nil, []) }
        requests.append(request)
        log.append(request, decidedBy: engine, to: &bytes)
      }
      (self.requests, self.log) = (requests, bytes)
    }

    /// Replays the log, through another set too if there is one.
    func replay(
      _ after: ReplaySide? = nil,
      threads: Int = 1,
      blockSize: Int = 1 << 18
    ) throws -> ReplayReport {
      let last = after ?? side
      let question = ReplayQuestion(
        before: after == nil ? nil : side,
        after: last,
        grants: last.set.map { WrittenGrants($0) }
      )
      var replayer = Replayer(question)
      replayer.threads = threads
      replayer.blockSize = blockSize
      try replayer.run(LineReader("log", bytes: log), log: 0) { _ in }
      return try ReplayFindings(question: question, tally: replayer.tally, logs: ["log"]).report()
    }
  }

  @Test func `requests through two sets are counted as the interpreter decides them`() {
    let failure = RandomCases(60).firstFailure { random in
      do {
        let old = try Recording(&random, leavingOut: false)
        let new = try Recording(&random, leavingOut: false)
        let report = try old.replay(new.side)
        var expected: [ReplayReport.Direction: Int] = [:]
        for request in old.requests {
          let (before, after) = (old.set.effect(request), new.set.effect(request))
          if before != after { expected[after == .allow ? .widened : .narrowed, default: 0] += 1 }
        }
        guard report.counts == expected else { return "\(report.counts), meant \(expected)" }
        let told = report.causes.reduce(0) { $0 + $1.count }
        return told == expected.values.reduce(0, +) ? nil : "\(told) in causes"
      } catch {
        return "\(error)"
      }
    }
    #expect(failure == nil)
  }

  @Test func `no log differs from the set that wrote it, whatever it leaves out`() {
    var unknown = 0
    let failure = RandomCases(60, from: 1000).firstFailure { random in
      do {
        let recording = try Recording(&random, leavingOut: true)
        let counts = try recording.replay().counts
        unknown += counts[.unknown] ?? 0
        return counts.keys.allSatisfy { $0 == .unknown } ? nil : "\(try recording.replay().causes)"
      } catch {
        return "\(error)"
      }
    }
    #expect(failure == nil)
    #expect(unknown > 0, "some denies rest on what is left out")
  }

  @Test func `a deny is unknown where what is left out could have allowed it`() throws {
    let set = try policySet(
      """
      catalogue c { context { mfa: Bool, ip: IP } service s { a b } }
      policy R { allow s.a when context.mfa  deny s.b  allow s.b when context.mfa }
      group g { user "ada" }
      assign R to group g
      """
    )
    let engine = try PolicyEngine(bytes: compile(set).bytes)
    let side = ReplaySide(name: "set", engine: engine, set: set)
    func unknown(_ user: String, _ action: String, _ omitted: String) throws -> Int {
      let line = """
        {"subject":{"type":"user","id":"\(user)"},"action":{"name":"\(action)"},"decision":false,\
        "omitted":["\(omitted)"]}
        """
      var replayer = Replayer(ReplayQuestion(before: nil, after: side, grants: nil))
      try replayer.run(LineReader("log", bytes: Array(line.utf8)), log: 0) { _ in }
      #expect(replayer.tally.requests == 1 && replayer.tally.answers == 1)
      return replayer.tally.counts[.unknown] ?? 0
    }
    #expect(try unknown("ada", "s.a", "context.mfa") == 1)
    #expect(try unknown("ada", "s.a", "context.ip") == 0, "no condition asks for it")
    #expect(try unknown("ada", "s.b", "context.mfa") == 0, "it is denied in any case")
    #expect(try unknown("bob", "s.a", "context.mfa") == 0, "no policy is his")
    #expect(try unknown("bob", "s.a", "subject.id") == 1)
    #expect(try unknown("bob", "s.a", "context.place") == 1, "the set does not know it")
  }

  @Test(arguments: [false, true])
  func `what allowed something is never told unused`(leavingOut: Bool) {
    let failure = RandomCases(60, from: 2000).firstFailure { random in
      do {
        let recording = try Recording(&random, leavingOut: leavingOut)
        guard let unused = try recording.replay().unused else { return "nothing is told" }
        let set = recording.set
        let decisions = recording.requests.map { interpret($0, in: set) }
        let deciding = decisions.filter { $0.effect == .allow }.flatMap(\.deciding)
        let used = Set(deciding.map { set.rules[$0.rule].id })
        let told = Set(unused.rules.map(\.id))
        if !told.isDisjoint(with: used) { return "rules \(told.intersection(used))" }
        let allows = set.rules.elements.filter { $0.effect == .allow }.map(\.id)
        if !leavingOut, told.union(used) != Set(allows) { return "only \(told) and \(used)" }
        // An assignment that allowed something is not unused for all of its subjects.
        for case .assignment(let index) in deciding.map(\.grant) {
          let place = set.sources.description(set.assignments[index].span)
          let count = unused.grants.filter { $0.place == place }.count
          let assignment = set.assignments[index]
          if count == assignment.subjects.count * assignment.policies.count {
            return "assignment \(place)"
          }
        }
        return nil
      } catch {
        return "\(error)"
      }
    }
    #expect(failure == nil)
  }

  @Test func `threads and the size of blocks change nothing`() {
    let failure = RandomCases(20, from: 3000).firstFailure { random in
      do {
        let old = try Recording(&random, leavingOut: true)
        let new = try Recording(&random, leavingOut: false)
        func bytes(_ threads: Int, _ size: Int) throws -> [UInt8] {
          let report = try old.replay(new.side, threads: threads, blockSize: size)
          return JSONWriter.document(ReplayJSON.document(report))
        }
        let plain = try bytes(1, 1 << 18)
        for (threads, size) in [(2, 300), (3, 1), (5, 1500)] where try bytes(threads, size) != plain
        {
          return "\(threads) threads, blocks of \(size) bytes"
        }
        return nil
      } catch {
        return "\(error)"
      }
    }
    #expect(failure == nil)
  }

  @Test func `what is kept does not grow with the log`() throws {
    let set = try policySet("catalogue c { service s { a } } role R { allow s.a }")
    let side = ReplaySide(
      name: "set",
      engine: try PolicyEngine(bytes: compile(set).bytes),
      set: set
    )
    let count = 3 * ReplayTally.mostCauses
    var text = ""
    for number in 0..<count {
      // Every second line has one of few actions, the others each its own.
      let name = number.isMultiple(of: 2) ? number % 20 : number
      text += #"{"subject":{"type":"user"},"action":{"name":"s.\#(name)"}}"# + "\n"
    }
    var replayer = Replayer(ReplayQuestion(before: side, after: side, grants: nil))
    replayer.blockSize = 1000
    try replayer.run(LineReader("log", bytes: Array(text.utf8)), log: 0) { _ in }
    let tally = replayer.tally
    #expect(tally.requests == count && tally.counts == [.refused: count])
    #expect(tally.causes.count == ReplayTally.mostCauses)
    #expect(tally.causes.reduce(0) { $0 + $1.count } + tally.otherRequests == count)
    // What is kept is counted to the end.
    #expect(tally.causes[0].count == count / 20)
  }
}
