public import PolicyEngine

/// Who is granted which policies at one moment, besides what the policy set assigns.
///
/// A value: a copy costs nothing and stays as it is whatever is granted later, so that everything
/// that is decided by one snapshot is consistent. Grants mean what `assign` means in a policy set.
/// It belongs to the engine that it was made with; `moved(to:)` takes it to another.
public struct DirectorySnapshot: Sendable {
  /// The compiled policies whose names the grants use.
  public let engine: PolicyEngine
  let names: DirectoryNames
  /// Ascending for each target.
  private(set) var grantsOf = PersistentMap<GrantTarget, [ResolvedGrant]>()
  /// What users, and service accounts, are granted by id, and how many are: for principals that do
  /// not say who they are.
  private(set) var users = PersistentMap<ResolvedGrant, Int>()
  private(set) var serviceAccounts = PersistentMap<ResolvedGrant, Int>()
  /// How many grants there are.
  public private(set) var count = 0

  /// A directory that grants nothing.
  ///
  /// - Complexity: O(assignments + policies × assertions of `nobody holds`) of the policy set.
  public init(_ engine: PolicyEngine) {
    self.engine = engine
    names = DirectoryNames(engine.tables)
  }

  /// A directory with some grants.
  ///
  /// - Complexity: As of granting each.
  /// - Throws: `GrantRefusal` of the first that is refused.
  public init(
    _ engine: PolicyEngine,
    _ grants: some Sequence<PolicyGrant>
  ) throws(GrantRefusal) {
    self.init(engine)
    for grant in grants { try self.grant(grant) }
  }

  /// Grants a policy.
  ///
  /// - Returns: Whether it was not granted already, just so.
  /// - Complexity: O(log n) with base 16 in the subjects, and O(grants of this one). A policy that
  ///   `nobody holds` speaks of costs a look at all that its holder is given; granted to a group or
  ///   everyone, O(n log n) in the principals.
  /// - Throws: `GrantRefusal`: a name that the policy set does not have, or a pair of policies that
  ///   the set asserts that nobody holds. Nothing is changed then.
  @discardableResult
  public mutating func grant(_ grant: PolicyGrant) throws(GrantRefusal) -> Bool {
    let target = try resolve(grant.subject)
    let resolved = try resolve(grant)
    var grants = grantsOf[target] ?? []
    let place = grants.place(of: resolved)
    if place.isThere { return false }
    try checkSeparation(of: resolved.policy, for: target)
    grants.insert(resolved, at: place.index)
    grantsOf[target] = grants
    tally(resolved, target, 1)
    count += 1
    return true
  }

  /// Revokes a grant: the same policy, subject, unit and condition.
  ///
  /// What the subject comes by in other ways stays: other units, its groups, the policy set.
  /// - Returns: Whether there was one.
  /// - Complexity: O(log n) with base 16 in the subjects, and O(grants of this one).
  /// - Throws: `GrantRefusal`: a name that the policy set does not have.
  @discardableResult
  public mutating func revoke(_ grant: PolicyGrant) throws(GrantRefusal) -> Bool {
    let target = try resolve(grant.subject)
    let resolved = try resolve(grant)
    guard var grants = grantsOf[target] else { return false }
    let place = grants.place(of: resolved)
    guard place.isThere else { return false }
    grants.remove(at: place.index)
    grantsOf[target] = grants.isEmpty ? nil : grants
    tally(resolved, target, -1)
    count -= 1
    return true
  }

  /// Revokes everything that was granted to a subject itself.
  ///
  /// - Returns: How many grants there were.
  /// - Complexity: O(log n) with base 16 in the subjects, for each of its grants.
  /// - Throws: `GrantRefusal`: a group that the policy set does not have.
  @discardableResult
  public mutating func revokeAll(from subject: GrantSubject) throws(GrantRefusal) -> Int {
    let target = try resolve(subject)
    let grants = grantsOf[target] ?? []
    grantsOf[target] = nil
    for grant in grants { tally(grant, target, -1) }
    count -= grants.count
    return grants.count
  }

  /// Counts what users and service accounts are granted.
  private mutating func tally(_ grant: ResolvedGrant, _ target: GrantTarget, _ change: Int) {
    func add(_ counts: inout PersistentMap<ResolvedGrant, Int>) {
      let count = (counts[grant] ?? 0) + change
      counts[grant] = count == 0 ? nil : count
    }
    guard case .principal(let id) = target else { return }
    if id.kind == .user { add(&users) } else { add(&serviceAccounts) }
  }

  private func resolve(_ subject: GrantSubject) throws(GrantRefusal) -> GrantTarget {
    switch subject {
    case .user(let id): return .principal(.user(id))
    case .serviceAccount(let id): return .principal(.serviceAccount(id))
    case .everyone: return .everyone
    case .anonymous: return .anonymous
    case .group(let name):
      guard let index = engine.tables.position(of: name, in: NameSpace.group) else {
        throw .unknownGroup(name)
      }
      return .group(GroupIndex(Int(index)))
    }
  }

  private func resolve(_ grant: PolicyGrant) throws(GrantRefusal) -> ResolvedGrant {
    guard let policy = engine.knownPolicy(grant.policy) else {
      throw .unknownPolicy(grant.policy)
    }
    var unit: UnitIndex?
    if let path = grant.unit {
      unit = engine.knownUnit(path)
      if unit == nil { throw .unknownUnit(path) }
    }
    var condition: AssignmentIndex?
    if let name = grant.condition {
      condition = try names.condition(name, for: policy, grant.policy, in: engine.tables)
    }
    return ResolvedGrant(policy: policy, unit: unit, condition: condition)
  }

  /// What is granted to a subject itself, not to its groups or everyone.
  ///
  /// - Returns: The grants, in the order of the policies; none for a group that is not declared.
  /// - Complexity: O(log n) with base 16 in the subjects, and O(its grants).
  public func grants(to subject: GrantSubject) -> [PolicyGrant] {
    guard let target = try? resolve(subject), let grants = grantsOf[target] else { return [] }
    return grants.map { named($0, subject) }
  }

  /// Every grant, in an order that depends on nothing but the grants.
  ///
  /// - Complexity: O(n log n).
  public var grants: [PolicyGrant] {
    var targets: [(subject: GrantSubject, grants: [ResolvedGrant])] = []
    grantsOf.forEach { targets.append((subject(of: $0), $1)) }
    targets.sort { left, right in
      let (one, two) = (left.subject.parts, right.subject.parts)
      return one.kind == two.kind
        ? one.name.utf8.lexicographicallyPrecedes(two.name.utf8) : one.kind < two.kind
    }
    return targets.flatMap { target in target.grants.map { named($0, target.subject) } }
  }

  /// The same grants for other compiled policies, all or none.
  ///
  /// - Complexity: As of granting each.
  /// - Throws: `GrantRefusal` of the first grant that the other policies refuse.
  public func moved(to engine: PolicyEngine) throws(GrantRefusal) -> DirectorySnapshot {
    try DirectorySnapshot(engine, grants)
  }

  /// A target by its name.
  func subject(of target: GrantTarget) -> GrantSubject {
    switch target {
    case .everyone: .everyone
    case .anonymous: .anonymous
    case .principal(let id): id.kind == .user ? .user(id.id) : .serviceAccount(id.id)
    case .group(let group):
      .group(engine.tables.text(engine.tables.groups[group.position].name) ?? "")
    }
  }

  private func named(_ grant: ResolvedGrant, _ subject: GrantSubject) -> PolicyGrant {
    let tables = engine.tables
    return PolicyGrant(
      tables.text(tables.policies[grant.policy.position].name) ?? "",
      to: subject,
      in: grant.unit.flatMap { tables.text(tables.units[$0.position].path) },
      when: grant.condition.flatMap { tables.conditionName(ofAssignment: $0) }
    )
  }
}
