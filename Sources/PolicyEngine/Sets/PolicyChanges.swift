/// What two compiled versions of policies answer differently, policy by policy and action by action.
///
/// This is what tables alone can tell, and quickly: whether a policy, with all that it includes,
/// denies an action, says nothing of it, allows it on conditions, or always. Conditions that are
/// others than before, and assignments, do not show here; `pol diff` compares sources exactly.
public struct PolicyChanges: Hashable, Sendable {
  /// How many pairs of policy and action are answered more widely.
  public internal(set) var widened = 0
  /// How many pairs of policy and action are answered more narrowly.
  public internal(set) var narrowed = 0
  /// The first changes by name, in the order of the new policies and actions; then what is gone.
  public internal(set) var named: [PolicyChange] = []
  /// The first change that is answered more widely; nil when there is none.
  public internal(set) var firstWidening: PolicyChange?

  /// Whether there is no change.
  public var isEmpty: Bool { widened + narrowed == 0 }
}

/// One policy that answers one action otherwise than before.
public struct PolicyChange: Hashable, Sendable {
  /// What a policy says of an action, from the narrowest to the widest.
  public enum Answer: UInt8, Comparable, Sendable {
    /// It denies the action, always or on conditions, and never allows it.
    case denies
    /// It says nothing of the action, or there is no such policy or action.
    case nothing
    /// It allows the action on conditions.
    case depends
    /// It allows the action, whatever the request says.
    case allows

    /// Whether an answer is narrower than another one.
    public static func < (left: Answer, right: Answer) -> Bool { left.rawValue < right.rawValue }
  }

  /// The name of the policy.
  public let policy: String
  /// The name of the action.
  public let action: String
  /// What the policy said before.
  public let before: Answer
  /// What it says now.
  public let after: Answer

  /// Whether more is allowed, or less denied, than before.
  public var isWidening: Bool { before < after }
}

extension PolicyChange: CustomStringConvertible {
  /// Such as `Observer device.list: nothing → allows`.
  public var description: String { "`\(policy)` `\(action)`: \(before) → \(after)" }
}

extension PolicyEngine {
  /// What this engine's policies answer otherwise than another one's.
  ///
  /// - Parameters:
  ///   - old: The engine to compare with.
  ///   - limit: How many changes are named; all are counted.
  /// - Returns: The changes.
  /// - Complexity: O(policies × actions / 64) when both have the same catalogue, and O(policies ×
  ///   actions) otherwise; and the size of its table for each cell that is conditional in one only.
  public func changes(since old: PolicyEngine, naming limit: Int = 100) -> PolicyChanges {
    var comparison = PolicyComparison(new: self, old: old, limit: limit)
    comparison.run()
    return comparison.changes
  }
}

/// Goes through the pairs of policies and actions of two engines.
private struct PolicyComparison {
  let new: PolicyEngine
  let old: PolicyEngine
  let limit: Int
  var changes = PolicyChanges()

  init(new: PolicyEngine, old: PolicyEngine, limit: Int) {
    self.new = new
    self.old = old
    self.limit = limit
  }

  mutating func run() {
    let isSameCatalogue = new.hasSameCatalogue(as: old) && new.hasSameServices(as: old)
    let actions = new.tables.actions.indices.map { action in
      isSameCatalogue ? UInt32(action) : old.position(of: new.tables.actions[action].name, new)
    }
    for policy in new.tables.policies.indices {
      let before = old.policyIndex(new.tables.policies[policy].name, new)
      if let before, isSameCatalogue {
        sameCatalogue(UInt32(policy), before)
      } else {
        for action in new.tables.actions.indices {
          compare(UInt32(policy), before, UInt32(action), actions[action])
        }
      }
    }
    gone(isSameCatalogue)
  }

  /// Looks only at actions whose bits differ.
  private mutating func sameCatalogue(_ policy: UInt32, _ before: UInt32) {
    let (left, right) = (new.tables, old.tables)
    for service in left.services.indices {
      let record = left.services[service]
      let page = Int(left.pages[Int(policy) * left.services.count + service])
      let oldPage = Int(right.pages[Int(before) * right.services.count + service])
      for word in 0..<Int(record.words.count) {
        let (now, then) = (left.planes[page + word], right.planes[oldPage + word])
        var differing = (now.low ^ then.low) | (now.high ^ then.high)
        while differing != 0 {
          let bit = UInt32(differing.trailingZeroBitCount)
          differing &= differing - 1
          let action = record.actions.start + UInt32(word) << 6 + bit
          compare(policy, before, action, action)
        }
      }
    }
  }

  private mutating func compare(
    _ policy: UInt32,
    _ oldPolicy: UInt32?,
    _ action: UInt32,
    _ oldAction: UInt32?
  ) {
    let after = new.answer(policy, action)
    var before = PolicyChange.Answer.nothing
    if let oldPolicy, let oldAction { before = old.answer(oldPolicy, oldAction) }
    note(new.tables.policies[policy].name, new.tables.actions[action].name, before, after, in: new)
  }

  /// Policies and actions that are no longer there.
  private mutating func gone(_ isSameCatalogue: Bool) {
    for policy in old.tables.policies.indices {
      let isGone = new.policyIndex(old.tables.policies[policy].name, old) == nil
      guard isGone || !isSameCatalogue else { continue }
      for action in old.tables.actions.indices {
        let name = old.tables.actions[action].name
        guard isGone || new.position(of: name, old) == nil else { continue }
        note(
          old.tables.policies[policy].name,
          name,
          old.answer(UInt32(policy), UInt32(action)),
          .nothing,
          in: old
        )
      }
    }
  }

  private mutating func note(
    _ policy: TextRef,
    _ action: TextRef,
    _ before: PolicyChange.Answer,
    _ after: PolicyChange.Answer,
    in engine: PolicyEngine
  ) {
    guard before != after else { return }
    if before < after { changes.widened += 1 } else { changes.narrowed += 1 }
    let isFirst = before < after && changes.firstWidening == nil
    guard isFirst || changes.named.count < limit else { return }
    let change = PolicyChange(
      policy: engine.tables.text(policy) ?? "",
      action: engine.tables.text(action) ?? "",
      before: before,
      after: after
    )
    if isFirst { changes.firstWidening = change }
    if changes.named.count < limit { changes.named.append(change) }
  }
}

extension PolicyEngine {
  fileprivate func answer(_ policy: UInt32, _ action: UInt32) -> PolicyChange.Answer {
    switch reach(of: policy, action) {
    case .nothing: .nothing
    case .deny: .denies
    case .perhaps: .depends
    case .allow: .allows
    }
  }

  /// Where an action is whose name another engine has.
  fileprivate func position(of name: TextRef, _ other: PolicyEngine) -> UInt32? {
    other.tables.text(name).flatMap { tables.position(of: $0, in: NameSpace.action) }
  }

  /// Where a policy is whose name another engine has.
  func policyIndex(_ name: TextRef, _ other: PolicyEngine) -> UInt32? {
    other.tables.text(name).flatMap { tables.position(of: $0, in: NameSpace.policy) }
  }
}
