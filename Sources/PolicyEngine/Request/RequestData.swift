/// What is known of the identity of the principal that makes a request.
package enum PrincipalIdentity: Hashable, Sendable {
  /// The principal has this id.
  case named(String)
  /// Someone whom no declaration names, with an id that nobody knows: the principal of a test that
  /// says only what it holds.
  case someone
  /// The request does not say; it may be anyone that a declaration names.
  case unknown
}

/// Where the resource of a request belongs.
package enum ResourceUnit: Hashable, Sendable {
  /// The request does not say.
  case unknown
  /// It belongs to no unit.
  case outside
  case unit(UnitIndex)
}

/// A policy that a request says its principal holds.
package struct Holding: Hashable, Sendable {
  package let policy: PolicyIndex
  /// The unit in which it is held, with all below; nil for everywhere.
  package let unit: UnitIndex?

  package init(_ policy: PolicyIndex, in unit: UnitIndex? = nil) {
    self.policy = policy
    self.unit = unit
  }
}

/// A request whose names are resolved and whose values have the declared types.
package struct RequestData: Sendable {
  package var kind: PrincipalKind
  package var identity: PrincipalIdentity
  /// The open groups that the principal is in; nil when the request does not say.
  ///
  /// A test may also state a group that is declared with a block: the principal is then in that
  /// group, and in those around it, without being one of its listed members.
  package var groups: Set<GroupIndex>?
  package var held: [Holding]
  package var action: ActionIndex
  package var unit: ResourceUnit
  package var resourceID: String?
  /// The values of the attributes that the request has.
  package var values: [AttributeIndex: Value]

  package init(
    kind: PrincipalKind = .user,
    identity: PrincipalIdentity = .unknown,
    groups: Set<GroupIndex>? = nil,
    held: [Holding] = [],
    action: ActionIndex,
    unit: ResourceUnit = .unknown,
    resourceID: String? = nil,
    values: [AttributeIndex: Value] = [:]
  ) {
    self.kind = kind
    self.identity = identity
    self.groups = groups
    self.held = held
    self.action = action
    self.unit = unit
    self.resourceID = resourceID
    self.values = values
  }

  /// The principal by kind and id, if both are known.
  package var principalID: PrincipalID? {
    guard case .named(let id) = identity, kind != .anonymous else { return nil }
    return PrincipalID(kind: kind, id: id)
  }
}
