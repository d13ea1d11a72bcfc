/// What two compiled versions of policies decide differently, thing by thing.
///
/// Everything that decisions rest on is compared: what policies say of actions, conditions, assignments,
/// groups and units. A change that tables cannot show to allow no more than before counts as widening;
/// `pol diff` compares sources exactly.
public struct PolicyChanges: Hashable, Sendable {
  /// How many changes of one kind there are.
  public struct Count: Hashable, Sendable {
    /// How many allow more or deny less than before, or may.
    public internal(set) var widened = 0
    /// How many do not, and allow less or deny more, or may.
    public internal(set) var narrowed = 0
  }

  /// Pairs of policy and action with another `PolicyChange.Answer`.
  public internal(set) var answers = Count()
  /// Pairs of policy and action with the same answer, on other conditions; and conditions that
  /// assignments name.
  public internal(set) var conditions = Count()
  /// Assignments of policies: to whom, where, and on what condition.
  public internal(set) var assignments = Count()
  /// Groups, by their members.
  public internal(set) var groups = Count()
  /// Organisational units.
  public internal(set) var units = Count()
  /// The first changes by name: answers and conditions, policy by policy and action by action, and
  /// last those of policies that are gone; assignments, named conditions, groups, units.
  public internal(set) var named: [PolicyChange] = []
  /// The first change that widens access, or may; nil when there is none.
  ///
  /// Without one, whatever is allowed now was allowed before: see `changes(since:naming:)`.
  public internal(set) var firstWidening: PolicyChange?

  /// How many changes widen access, or may.
  public var widened: Int { kinds.reduce(0) { $0 + $1.widened } }
  /// How many changes narrow access, or may, and do not widen it.
  public var narrowed: Int { kinds.reduce(0) { $0 + $1.narrowed } }
  /// Whether there is no change.
  public var isEmpty: Bool { widened + narrowed == 0 }

  private var kinds: [Count] { [answers, conditions, assignments, groups, units] }
}

/// One thing that is otherwise than before.
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

  /// What kind of thing.
  public enum Subject: Hashable, Sendable {
    /// What a policy, with all that it includes, says of an action.
    case answer(policy: String, action: String, before: Answer, after: Answer)
    /// The conditions on which a policy allows or denies an action.
    case conditions(policy: String, action: String)
    /// To whom a policy is assigned, in policy text, in which unit (nil everywhere), or on what
    /// condition.
    case assignment(policy: String, to: String, in: String?)
    /// A condition that an assignment names, so that programs grant policies on it.
    case namedCondition(String)
    /// Who is in a group.
    case group(String)
    /// An organisational unit that was added or is gone, by its path.
    case unit(String)
  }

  /// What is otherwise.
  public let subject: Subject
  /// Whether more is allowed, or less denied, than before, or that may be.
  public let isWidening: Bool
}

extension PolicyChange: CustomStringConvertible {
  /// Such as "`Observer` `device.list`: nothing → allows", with the names between backquotes.
  public var description: String {
    switch subject {
    case .answer(let policy, let action, let before, let after):
      "`\(policy)` `\(action)`: \(before) → \(after)"
    case .conditions(let policy, let action): "`\(policy)` `\(action)`: on other conditions"
    case .assignment(let policy, let to, let unit):
      "`\(policy)` assigned to `\(to)`" + (unit.map { " in `\($0)`" } ?? "")
    case .namedCondition(let name): "condition `\(name)`"
    case .group(let name): "members of group `\(name)`"
    case .unit(let path): "unit `\(path)`"
    }
  }
}

extension PolicyEngine {
  /// What this engine's policies decide otherwise than another one's.
  ///
  /// Where no change widens, a request that is allowed now was allowed before, whatever it says and
  /// whoever makes it, also with policies that it holds. Of what programs grant while they run, the
  /// policies, units and conditions are compared; when members of a group change, only assignments say
  /// what that means.
  ///
  /// - Parameters:
  ///   - old: The engine to compare with.
  ///   - limit: How many changes are named; all are counted.
  /// - Returns: The changes.
  /// - Complexity: O(names + members of groups + policies × actions / 64) when both have the same
  ///   catalogue, and O(policies × actions) otherwise; and what their maps tell apart for each pair of
  ///   different tables, up to 2¹⁸ combinations each and 2²⁴ in all. Beyond that nothing is shown.
  public func changes(since old: PolicyEngine, naming limit: Int = 100) -> PolicyChanges {
    var list = ChangeList(limit: limit)
    let names = CommonNames(tables, old.tables)
    let groups = GroupChanges(names)
    var cells = CellComparison(self, old, groups: groups)
    addCells(to: &list, since: old, &cells)
    var grants = GrantComparison(names, groups, cells)
    grants.add(to: &list)
    // Units that are not where their paths say may be anywhere.
    for tables in [tables, old.tables] {
      guard let stray = tables.strayUnit else { continue }
      list.add(.units, isWidening: true) { .unit(tables.text(tables.units[stray].path) ?? "") }
    }
    for unit in tables.units.indices
    where old.tables.position(tables.bytes(of: tables.units[unit].path), in: NameSpace.unit) == nil
    {
      // Requests that name it were refused.
      list.add(.units, isWidening: true) { .unit(tables.text(tables.units[unit].path) ?? "") }
    }
    for unit in old.tables.units.indices where names.oldUnits[unit] >= tables.units.count {
      list.add(.units, isWidening: false) {
        .unit(old.tables.text(old.tables.units[unit].path) ?? "")
      }
    }
    return list.changes
  }

  /// Compares what policies say of actions.
  private func addCells(
    to list: inout ChangeList,
    since old: PolicyEngine,
    _ cells: inout CellComparison
  ) {
    func add(_ policy: UInt32?, _ oldPolicy: UInt32?) {
      let name =
        policy.map { tables.text(tables.policies[$0].name) }
        ?? oldPolicy.map { old.tables.text(old.tables.policies[$0].name) } ?? nil
      cells.forEachChange(policy, oldPolicy) { action, oldAction, pairs in
        let isWidening = !pairs.isSubset(of: .notWider)
        let after = answer(policy, action)
        let before = old.answer(oldPolicy, oldAction)
        list.add(before == after ? .conditions : .answers, isWidening: isWidening) {
          let action =
            action.map { tables.text(tables.actions[$0].name) }
            ?? oldAction.map { old.tables.text(old.tables.actions[$0].name) } ?? nil
          let (policy, name) = (name ?? "", action ?? "")
          return before == after
            ? .conditions(policy: policy, action: name)
            : .answer(policy: policy, action: name, before: before, after: after)
        }
      }
    }
    for policy in tables.policies.indices {
      add(UInt32(policy), old.policyIndex(tables.policies[policy].name, self))
    }
    for policy in old.tables.policies.indices
    where policyIndex(old.tables.policies[policy].name, old) == nil {
      add(nil, UInt32(policy))
    }
  }

  private func answer(_ policy: UInt32?, _ action: UInt32?) -> PolicyChange.Answer {
    guard let policy, let action else { return .nothing }
    return switch reach(of: policy, action) {
    case .nothing: .nothing
    case .deny: .denies
    case .perhaps: .depends
    case .allow: .allows
    }
  }

  /// Where a policy is whose name another engine has.
  func policyIndex(_ name: TextRef, _ other: PolicyEngine) -> UInt32? {
    tables.position(other.tables.bytes(of: name), in: NameSpace.policy)
  }
}
