public import PolicyEngine
public import Synchronization

/// The policies that are in force now: replaced while readers go on.
///
/// Each thread or task has a `PolicyReader` of its own, which looks at one number per use and takes
/// the lock only after an exchange. An engine is freed when the last reader has moved on, and the
/// last subject that it prepared is gone.
public final class PolicyEngineReference: Sendable {
  private let engine: Lock<PolicyEngine>
  /// Exchanges are made one after the other, however long their conditions take to check, and
  /// nobody who reads waits for that.
  private let exchanging = Lock(())
  /// Counts the exchanges.
  @usableFromInline let generation = Atomic<UInt64>(0)

  /// A reference to the policies to begin with.
  public init(_ engine: PolicyEngine) {
    self.engine = Lock(engine)
  }

  /// The engine in force now.
  ///
  /// Takes a lock for the time of a copy, and counts a reference: for one question now and then. A
  /// `reader()` does neither.
  public var current: PolicyEngine { engine.withLock { $0 } }

  /// A reader, for one thread or task.
  public func reader() -> PolicyReader { PolicyReader(self) }

  /// Puts other policies in force, if they meet the conditions; otherwise the old ones stay.
  ///
  /// Readers see the new ones from their next use on.
  /// - Parameters:
  ///   - candidate: The new policies.
  ///   - conditions: What must be true of them.
  ///   - limit: How many changes are named; all are counted.
  /// - Returns: What the exchange widens and narrows.
  /// - Complexity: That of `PolicyEngine.changes(since:naming:)`.
  /// - Throws: `ReplacementRefusal`: which condition is not met.
  @discardableResult
  public func replace(
    with candidate: PolicyEngine,
    if conditions: ReplacementConditions = .sameCatalogue,
    naming limit: Int = 100
  ) throws(ReplacementRefusal) -> PolicyChanges {
    try exchanging.withLock { (_) throws(ReplacementRefusal) in
      let old = current
      if let refusal = conditions.refusal(of: candidate, after: old) { throw refusal }
      let changes = candidate.changes(since: old, naming: limit)
      if let refusal = conditions.refusal(of: changes) { throw refusal }
      engine.withLock {
        $0 = candidate
        generation.wrappingAdd(1, ordering: .releasing)
      }
      return changes
    }
  }

  /// Puts the policies of a file in force, if they verify and meet the conditions; otherwise the old
  /// ones stay.
  ///
  /// - Throws: `ReplacementRefusal`: why the file is not used.
  @discardableResult
  public func replace(
    withContentsOf path: String,
    if conditions: ReplacementConditions = .sameCatalogue,
    naming limit: Int = 100
  ) throws(ReplacementRefusal) -> PolicyChanges {
    let candidate: PolicyEngine
    do throws(PolicyFileError) {
      candidate = try PolicyEngine(contentsOf: path)
    } catch {
      throw .file(error)
    }
    return try replace(with: candidate, if: conditions, naming: limit)
  }

  /// The engine in force and the number of exchanges before it.
  @usableFromInline func snapshot() -> (PolicyEngine, UInt64) {
    engine.withLock { ($0, generation.load(ordering: .relaxed)) }
  }
}

/// One thread's view of the policies in force.
///
/// It cannot be copied, so that two threads do not share one by mistake. Looking for an exchange
/// costs one load of a number that rarely changes: it never waits for another reader, and for a
/// writer only as long as it takes to put a pointer in its place.
@frozen public struct PolicyReader: ~Copyable {
  @usableFromInline let reference: PolicyEngineReference
  @usableFromInline var seenEngine: PolicyEngine
  @usableFromInline var seen: UInt64

  fileprivate init(_ reference: PolicyEngineReference) {
    self.reference = reference
    (seenEngine, seen) = reference.snapshot()
  }

  /// The engine in force now.
  ///
  /// What was prepared by another engine (subjects, units, policies) must be prepared again when
  /// this is another one than before; actions and attributes stay good as long as exchanges keep the
  /// catalogue.
  @inlinable public var engine: PolicyEngine {
    @inline(__always) mutating get {
      if reference.generation.load(ordering: .acquiring) != seen { refresh() }
      return seenEngine
    }
  }

  /// How many exchanges there were before the engine that this reader saw last.
  public var exchanges: UInt64 { seen }

  @usableFromInline @inline(never)
  mutating func refresh() {
    (seenEngine, seen) = reference.snapshot()
  }
}
