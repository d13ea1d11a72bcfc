import Foundation
import PolicyEngine
import PolicyHosting
import Synchronization
import PolicyTestSupport
import Testing

/// What readers count together.
private final class Tally: Sendable {
  let isDone = Atomic(false)
  let wrong = Atomic(0)
  let decided = Atomic(0)
}

/// An engine, as long as somebody else keeps it.
private struct Trace {
  weak var engine: PolicyEngine?
}

/// Readers on all cores go on while policies are exchanged a thousand times, for engines that are loaded
/// as it goes: every decision is that of the one engine that made it, and engines are freed under way.
@Suite struct ReaderStressTests {
  @Test func `no wrong decision in a thousand exchanges, and no engine that stays`() throws {
    let names = ["list", "get", "create", "update", "delete"]
    // Each allows one action, and all are told apart by their digests.
    let artifacts = try names.map { name in
      try artifact(
        portal
          + "ou acme\npolicy P { allow device.\(name) when context.mfa }\nassign P to everyone in acme"
      )
    }
    let first = try PolicyEngine(bytes: artifacts[0])
    var allowed: [ArtifactDigest: Int] = [:]
    for (index, bytes) in artifacts.enumerated() {
      allowed[try PolicyEngine(bytes: bytes).sourceDigest] = index
    }
    let actions = try names.map { try first.action("device.\($0)") }
    let mfa = try first.attribute("context.mfa")
    let reference = PolicyEngineReference(first)
    let tally = Tally()
    let finished = DispatchGroup()
    let readers = max(2, ProcessInfo.processInfo.activeProcessorCount)
    // Threads, not tasks: readers that do not pause would leave no core to the writer's task.
    for _ in 0..<readers {
      let expected = allowed
      finished.enter()
      Thread {
        Self.read(reference, actions, mfa, expected, tally)
        finished.leave()
      }.start()
    }
    while tally.decided.load(ordering: .relaxed) == 0 { Thread.sleep(forTimeInterval: 0.001) }
    var traces: [Trace] = []
    for exchange in 1...1000 {
      let next = try PolicyEngine(bytes: artifacts[exchange % artifacts.count])
      traces.append(Trace(engine: next))
      try reference.replace(with: next, if: [.sameCatalogue, .builtInPoliciesUnchanged])
    }
    // A reader has one engine that it saw, and at most one more of a subject.
    #expect(traces.count { $0.engine != nil } <= 2 * readers + 1)
    tally.isDone.store(true, ordering: .releasing)
    finished.wait()
    #expect(traces.count { $0.engine != nil } == 1)
    #expect(tally.wrong.load(ordering: .relaxed) == 0)
    #expect(tally.decided.load(ordering: .relaxed) >= 2)
    var reader = reference.reader()
    #expect(reader.engine === traces.last?.engine && reader.exchanges == 1000)
  }

  /// Prepares, asks and decides with whatever is in force, until all exchanges are made.
  private static func read(
    _ reference: PolicyEngineReference,
    _ actions: [PolicyEngine.Action],
    _ mfa: PolicyEngine.Attribute,
    _ expected: [ArtifactDigest: Int],
    _ tally: Tally
  ) {
    var reader = reference.reader()
    var last: UInt64 = 0
    var place = PolicyEngine.Unit.unknown
    while true {
      let isLast = tally.isDone.load(ordering: .acquiring)
      let engine = reader.engine
      if reader.exchanges < last { tally.wrong.add(1, ordering: .relaxed) }
      // A unit of an engine that may be gone is none of the next, also where that has its memory.
      if last > 0, engine.isHome(of: place) != (reader.exchanges == last) {
        tally.wrong.add(1, ordering: .relaxed)
      }
      last = reader.exchanges
      guard let subject = try? engine.subject(.user("x"), groups: []),
        let unit = try? engine.unit("acme")
      else { break }
      place = unit
      var request = engine.request(subject, actions[0])
      request.unit = unit
      try? request.set(mfa, true)
      for (index, action) in actions.enumerated() {
        request.action = action
        let isAllowed = engine.decide(request).isAllowed
        if isAllowed != (expected[engine.sourceDigest] == index) {
          tally.wrong.add(1, ordering: .relaxed)
        }
      }
      tally.decided.add(1, ordering: .relaxed)
      if isLast { break }
    }
  }
}
