extension PolicyEngine {
  /// An action, resolved once; good for the engine that resolved it.
  @frozen public struct Action: Hashable, Sendable {
    @usableFromInline let index: UInt32
    /// The word of its bit in planes that cover all services.
    @usableFromInline let word: UInt32
    @usableFromInline let bit: UInt32
  }

  /// Where a resource belongs, resolved once; good for the engine that resolved it.
  @frozen public struct Unit: Hashable, Sendable {
    let code: UInt32

    init(code: UInt32) { self.code = code }

    package init(_ unit: ResourceUnit) { code = unit.code }

    /// The request does not say: in every unit perhaps.
    public static let unknown = Unit(code: UnitCode.unknown)
    /// In no unit.
    public static let outside = Unit(code: UnitCode.outside)
  }

  /// An attribute, resolved once; good for the engine that resolved it.
  public struct Attribute: Hashable, Sendable {
    let index: UInt32
    /// The type that its values have.
    public let type: AttributeType
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
  /// - Complexity: O(length).
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
      index: index,
      word: tables.services[record.service].words.start + record.word,
      bit: record.bit
    )
  }

  /// The unit of a full path such as `acme/plant-2`.
  ///
  /// - Complexity: O(length).
  /// - Throws: `RequestRefusal` when there is none.
  public func unit(_ path: String) throws(RequestRefusal) -> Unit {
    guard let index = tables.position(of: path, in: NameSpace.unit) else {
      throw RequestRefusal([.unknownUnit(path)])
    }
    return Unit(code: index)
  }

  /// The attribute of a path such as `context.mfa`.
  ///
  /// - Complexity: O(length).
  /// - Throws: `RequestRefusal` when the catalogue declares none.
  public func attribute(_ path: String) throws(RequestRefusal) -> Attribute {
    let known = attributeParts(path).flatMap { knownAttribute($0.space, $0.name) }
    guard let known else { throw RequestRefusal([.undeclaredAttribute(path)]) }
    return Attribute(index: UInt32(known.index.position), type: known.type)
  }

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

  /// The names of all actions, in the order of the catalogue.
  public var actionNames: [String] {
    tables.actions.indices.map { tables.text(tables.actions[$0].name) ?? "" }
  }

  /// The names of all policies, in the order of their declaration.
  public var policyNames: [String] {
    tables.policies.indices.map { tables.text(tables.policies[$0].name) ?? "" }
  }

  /// The full paths of all units, each before those below it.
  public var unitPaths: [String] {
    tables.units.indices.map { tables.text(tables.units[$0].path) ?? "" }
  }
}
