public import PolicyEngine
import PolicyHosting
import Synchronization

/// The grants that are in force now: changed while readers go on.
///
/// Changes are made one after the other, each all or nothing. Whoever reads has a snapshot, which
/// stays as it is, or a `reader()`, which looks for a newer one at the cost of one load. What an
/// earlier snapshot prepared (subjects) keeps deciding as it did.
public final class PolicyDirectory: Sendable {
  private let snapshot: Lock<DirectorySnapshot>
  /// Held while a change is made, which nobody who reads waits for.
  private let changing = Lock(())
  /// Counts the changes.
  let generation = Atomic<UInt64>(0)

  /// A directory that begins with some grants.
  public init(_ snapshot: DirectorySnapshot) {
    self.snapshot = Lock(snapshot)
  }

  /// The grants in force now.
  ///
  /// Takes a lock for the time of a copy; a `reader()` does only after a change.
  /// - Complexity: O(1).
  public var current: DirectorySnapshot { snapshot.withLock { $0 } }

  /// A reader, for one thread or task.
  public func reader() -> DirectoryReader { DirectoryReader(self) }

  /// Grants a policy, for everything that is prepared from now on.
  ///
  /// - Returns: Whether it was not granted already, just so.
  /// - Complexity: As of `DirectorySnapshot.grant(_:)`; nothing is copied but one path of a tree.
  /// - Throws: `GrantRefusal`; nothing is changed then.
  @discardableResult
  public func grant(_ grant: PolicyGrant) throws(GrantRefusal) -> Bool {
    try update { (next) throws(GrantRefusal) in try next.grant(grant) }
  }

  /// Revokes a grant, for everything that is prepared from now on.
  ///
  /// - Returns: Whether there was one.
  /// - Complexity: As of `DirectorySnapshot.revoke(_:)`.
  /// - Throws: `GrantRefusal`: a name that the policy set does not have.
  @discardableResult
  public func revoke(_ grant: PolicyGrant) throws(GrantRefusal) -> Bool {
    try update { (next) throws(GrantRefusal) in try next.revoke(grant) }
  }

  /// Makes several changes that readers see at once: all of them, or none when the body throws.
  ///
  /// To exchange the policies too, the body puts the snapshot that `moved(to:)` makes in the place of
  /// its argument.
  /// - Parameter body: Changes a copy of what is in force. It must not change this directory.
  /// - Returns: What the body returns.
  /// - Throws: What the body throws.
  @discardableResult
  public func update<Result, Failure: Error>(
    _ body: (inout DirectorySnapshot) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try changing.withLock { (_) throws(Failure) in
      var next = current
      let result = try body(&next)
      snapshot.withLock {
        $0 = next
        generation.wrappingAdd(1, ordering: .releasing)
      }
      return result
    }
  }

  /// Prepares a principal by the grants in force now.
  ///
  /// - Parameters:
  ///   - principal: Who it is.
  ///   - policies: The policies that it holds besides.
  ///   - groups: The open groups that it is in; nil when that is not known.
  /// - Returns: A subject of the current snapshot's engine.
  /// - Throws: `RequestRefusal` with everything that is wrong.
  public func subject(
    _ principal: PolicyEngine.Principal,
    holding policies: [HeldPolicy] = [],
    groups: [String]? = nil
  ) throws(RequestRefusal) -> PolicyEngine.Subject {
    try current.subject(principal, holding: policies, groups: groups)
  }

  /// The grants in force and the number of changes before them.
  fileprivate func seen() -> (DirectorySnapshot, UInt64) {
    snapshot.withLock { ($0, generation.load(ordering: .relaxed)) }
  }
}

/// One thread's view of the grants in force.
///
/// It cannot be copied, so that two threads do not share one by mistake.
public struct DirectoryReader: ~Copyable {
  private let directory: PolicyDirectory
  private var last: DirectorySnapshot
  private var seen: UInt64

  fileprivate init(_ directory: PolicyDirectory) {
    self.directory = directory
    (last, seen) = directory.seen()
  }

  /// The grants in force now.
  ///
  /// - Complexity: One load, and the time of a copy after a change.
  public var snapshot: DirectorySnapshot {
    mutating get {
      if directory.generation.load(ordering: .acquiring) != seen {
        (last, seen) = directory.seen()
      }
      return last
    }
  }

  /// How many changes there were before the snapshot that this reader saw last: where it is the same,
  /// prepared subjects are up to date.
  public var changes: UInt64 { seen }
}
