extension PolicyEngine {
  /// An action, looked up once; good for every engine with the same catalogue.
  @frozen public struct Action: Hashable, Sendable {
    /// Above, what engines with the same actions and attributes have in common; in the lower half,
    /// the position of its bit in planes that cover all services: word × 64 + bit, below 2³¹.
    @usableFromInline let bits: UInt64

    init(position: UInt32, catalogue: UInt64) {
      bits = catalogue & ~UInt64(UInt32.max) | UInt64(position)
    }

    @inlinable @inline(__always) var position: UInt32 { UInt32(truncatingIfNeeded: bits) }

    /// Whether an action has a place in what has this seal, in one comparison.
    ///
    /// The upper half of a seal is the catalogue, the lower one the highest position. Less the
    /// action, that leaves less than 2³¹ if the catalogues are the same and the position is not above
    /// the highest; otherwise it is negative, or 2³² or more is left, of which a position takes away
    /// less than 2³¹.
    @inlinable @inline(__always)
    func isChecked(by seal: UInt64) -> Bool { (seal &- bits) &>> 31 == 0 }
  }

  /// Where a resource belongs, looked up once; good for the engine that did.
  @frozen public struct Unit: Hashable, Sendable {
    @usableFromInline let code: UInt32
    /// The serial of the engine; 0 for what every engine knows.
    @usableFromInline let home: UInt64

    init(code: UInt32, home: UInt64 = 0) {
      self.code = code
      self.home = home
    }

    /// The request does not say: in every unit perhaps.
    public static let unknown = Unit(code: UnitCode.unknown)
    /// In no unit.
    public static let outside = Unit(code: UnitCode.outside)
  }

  /// An attribute, looked up once; good for every engine with the same catalogue.
  public struct Attribute: Hashable, Sendable {
    let catalogue: UInt64
    let index: UInt32
    /// The type that its values have.
    public let type: AttributeType
  }

  /// A policy, looked up once; good for the engine that did.
  @frozen public struct Policy: Hashable, Sendable {
    let index: UInt32
    /// The serial of the engine.
    let home: UInt64

    /// The position of its declaration among all policies, from 0.
    public var position: Int { Int(index) }
  }

  /// Who makes a request.
  public enum Principal: Hashable, Sendable {
    /// A user, by id; nil when it is not known which.
    case user(String?)
    /// A service account, by id; nil when it is not known which.
    case serviceAccount(String?)
    /// Nobody in particular.
    case anonymous

    var kind: PrincipalKind {
      switch self {
      case .user: .user
      case .serviceAccount: .serviceAccount
      case .anonymous: .anonymous
      }
    }

    var id: String? {
      switch self {
      case .user(let id), .serviceAccount(let id): id
      case .anonymous: nil
      }
    }
  }

  /// The action of a name such as `device.delete`.
  ///
  /// - Complexity: O(length): one hash, one look.
  /// - Throws: `RequestRefusal` when the catalogue has none of this name.
  public func action(_ name: String) throws(RequestRefusal) -> Action {
    guard let index = tables.position(of: name, in: NameSpace.action) else {
      throw RequestRefusal([.unknownAction(name)])
    }
    return action(at: index)
  }

  /// The handle of an action by its position in the catalogue.
  package func action(at index: UInt32) -> Action {
    let record = tables.actions[index]
    return Action(
      position: (tables.services[record.service].words.start + record.word) << 6 | record.bit,
      catalogue: tables.catalogueIdentity
    )
  }

  /// The position of an action in the catalogue.
  ///
  /// A catalogue is as its file says, so that neither is a place beyond the actions of its service
  /// taken on trust.
  func index(of action: Action) -> UInt32 {
    precondition(isHome(of: action), "an action is one of this engine's catalogue")
    let word = Int(action.position >> 6)
    let index = unsafe shortcuts.wordActions[word] &+ (action.position & 63)
    precondition(Int(index) < tables.actions.count, "an action is one of its catalogue")
    return index
  }

  /// The unit of a full path such as `acme/plant-2`.
  ///
  /// - Complexity: O(length): one hash, one look.
  /// - Throws: `RequestRefusal` when there is none.
  public func unit(_ path: String) throws(RequestRefusal) -> Unit {
    guard let index = tables.position(of: path, in: NameSpace.unit) else {
      throw RequestRefusal([.unknownUnit(path)])
    }
    return Unit(code: index, home: home.serial)
  }

  /// The handle of a unit by its position.
  package func unit(_ unit: ResourceUnit) -> Unit {
    if case .unit(let index) = unit {
      return Unit(code: UInt32(index.position), home: home.serial)
    }
    return Unit(code: unit.code)
  }

  /// The attribute of a path such as `context.mfa`.
  ///
  /// - Complexity: O(length): one hash, one look.
  /// - Throws: `RequestRefusal` when the catalogue declares none.
  public func attribute(_ path: String) throws(RequestRefusal) -> Attribute {
    let known = attributeParts(path).flatMap { knownAttribute($0.space, $0.name) }
    guard let known else { throw RequestRefusal([.undeclaredAttribute(path)]) }
    return Attribute(
      catalogue: tables.catalogueIdentity,
      index: UInt32(known.index.position),
      type: known.type
    )
  }

  /// The policy of a name such as `Observer`.
  ///
  /// - Complexity: O(length): one hash, one look.
  /// - Throws: `RequestRefusal` when there is none.
  public func policy(_ name: String) throws(RequestRefusal) -> Policy {
    guard let index = tables.position(of: name, in: NameSpace.policy) else {
      throw RequestRefusal([.unknownPolicy(name)])
    }
    return policy(at: index)
  }

  /// The handle of a policy by its position.
  package func policy(at index: UInt32) -> Policy { Policy(index: index, home: home.serial) }

  /// The space and the name in the path of an attribute.
  func attributeParts(_ path: String) -> (space: RequestSpace, name: String)? {
    let bytes = path.utf8
    guard let dot = bytes.firstIndex(of: UInt8(ascii: ".")),
      let space = RequestSpace.allCases.first(where: {
        $0.rawValue.utf8.elementsEqual(bytes[..<dot])
      })
    else { return nil }
    return (space, String(path[bytes.index(after: dot)...]))
  }
}

extension PolicyEngine {
  /// Whether an action is of this engine's catalogue, so that it may be used here.
  public func isHome(of action: Action) -> Bool { action.isChecked(by: seal) }

  /// Whether an attribute is of this engine's catalogue, so that it may be used here.
  public func isHome(of attribute: Attribute) -> Bool {
    attribute.catalogue == tables.catalogueIdentity
  }

  /// Whether this engine looked a unit up, so that it may be used here.
  public func isHome(of unit: Unit) -> Bool { unit.home == home.serial || unit.home == 0 }

  /// Whether this engine looked a policy up, so that it may be used here.
  public func isHome(of policy: Policy) -> Bool { policy.home == home.serial }

  /// Whether this engine prepared a subject, so that it can decide for it.
  public func isHome(of subject: Subject) -> Bool { subject.engine === self }
}

extension PolicyEngine {
  /// The names of all actions, in the order of the catalogue.
  ///
  /// - Complexity: O(actions).
  public var actionNames: [String] {
    tables.actions.indices.map { tables.text(tables.actions[$0].name) ?? "" }
  }

  /// The names of all policies, in the order of their declaration.
  ///
  /// - Complexity: O(policies).
  public var policyNames: [String] {
    tables.policies.indices.map { tables.text(tables.policies[$0].name) ?? "" }
  }

  /// The full paths of all units, each before those below it.
  ///
  /// - Complexity: O(units).
  public var unitPaths: [String] {
    tables.units.indices.map { tables.text(tables.units[$0].path) ?? "" }
  }

  /// The name of an action, such as `device.delete`.
  public func name(of action: Action) -> String {
    tables.text(tables.actions[index(of: action)].name) ?? ""
  }

  /// The name of a policy.
  public func name(of policy: Policy) -> String {
    precondition(
      isHome(of: policy) && Int(policy.index) < tables.policies.count,
      "a policy is looked up in this engine"
    )
    return tables.text(tables.policies[policy.index].name) ?? ""
  }
}
