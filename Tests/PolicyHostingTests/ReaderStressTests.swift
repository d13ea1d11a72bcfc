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

/// Readers on all cores go on while policies are exchanged a thousand times: every decision is that
/// of the one engine that made it.
@Suite struct ReaderStressTests {
  @Test func `no wrong decision in a thousand exchanges`() throws {
    let names = ["list", "get", "create", "update", "delete"]
    // Each allows one action, and all are told apart by their digests.
    var engines: [PolicyEngine] = []
    var allowed: [ArtifactDigest: Int] = [:]
    for (index, name) in names.enumerated() {
      let engine = try engine(
        portal + "policy P { allow device.\(name) when context.mfa }\nassign P to everyone"
      )
      engines.append(engine)
      allowed[engine.sourceDigest] = index
    }
    let actions = try names.map { try engines[0].action("device.\($0)") }
    let mfa = try engines[0].attribute("context.mfa")
    let reference = PolicyEngineReference(engines[0])
    let tally = Tally()
    let finished = DispatchGroup()
    // Threads, not tasks: readers that do not pause would leave no core to the writer's task.
    for _ in 0..<max(2, ProcessInfo.processInfo.activeProcessorCount) {
      let expected = allowed
      finished.enter()
      Thread {
        Self.read(reference, actions, mfa, expected, tally)
        finished.leave()
      }.start()
    }
    while tally.decided.load(ordering: .relaxed) == 0 { Thread.sleep(forTimeInterval: 0.001) }
    for exchange in 1...1000 {
      try reference.replace(with: engines[exchange % engines.count])
    }
    tally.isDone.store(true, ordering: .releasing)
    finished.wait()
    #expect(tally.wrong.load(ordering: .relaxed) == 0)
    #expect(tally.decided.load(ordering: .relaxed) >= 2)
    #expect(reference.current === engines[0])
    var reader = reference.reader()
    #expect(reader.engine === engines[0] && reader.exchanges == 1000)
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
    while true {
      let isLast = tally.isDone.load(ordering: .acquiring)
      let engine = reader.engine
      if reader.exchanges < last { tally.wrong.add(1, ordering: .relaxed) }
      last = reader.exchanges
      guard let subject = try? engine.subject(.user("x"), groups: []) else { break }
      var request = engine.request(subject, actions[0])
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
