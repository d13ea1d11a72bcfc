/// What kind of principal makes a request.
@frozen public enum PrincipalKind: UInt8, CaseIterable, Hashable, Sendable {
  /// A person.
  case user = 0
  /// A program with an identity of its own.
  case serviceAccount = 1
  /// Nobody in particular: no id, no groups, no held policies.
  case anonymous = 2

  /// The word that the language uses: `user`, `service-account` or `anonymous`.
  public var word: String {
    switch self {
    case .user: "user"
    case .serviceAccount: "service-account"
    case .anonymous: "anonymous"
    }
  }
}

/// A user or service account, by kind and id.
public struct PrincipalID: Hashable, Sendable {
  /// `user` or `serviceAccount`.
  public let kind: PrincipalKind
  /// The id, compared byte by byte.
  public let id: String

  /// A user or service account with the given id.
  public init(kind: PrincipalKind, id: String) {
    self.kind = kind
    self.id = id
  }

  /// The user with the given id.
  public static func user(_ id: String) -> PrincipalID { PrincipalID(kind: .user, id: id) }

  /// The service account with the given id.
  public static func serviceAccount(_ id: String) -> PrincipalID {
    PrincipalID(kind: .serviceAccount, id: id)
  }

  /// Whether both are the same kind and id, by bytes and never by canonical equivalence.
  public static func == (left: PrincipalID, right: PrincipalID) -> Bool {
    left.kind == right.kind && left.id.utf8.elementsEqual(right.id.utf8)
  }

  /// Hashes what `==` compares.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(kind)
    for byte in id.utf8 { hasher.combine(byte) }
  }
}

/// The type of an attribute.
public enum AttributeType: Hashable, Sendable {
  /// `Bool`.
  case bool
  /// `Int`: 64 bits with a sign.
  case int
  /// `String`: compared byte by byte.
  case string
  /// `IP`: an address of version 4 or 6.
  case ip
  /// `Time`: an instant, to the nanosecond.
  case time
  /// `Path`: segments between `/`.
  case path
  /// `Principal`: a user or a service account.
  case principal
  /// `Set<String>`.
  case strings
  /// `Set<Path>`.
  case paths
  /// `Set<Principal>`.
  case principals
  /// One of the listed words.
  case oneOf([String])

  /// The type of the elements of a set type.
  public var element: AttributeType? {
    switch self {
    case .strings: .string
    case .paths: .path
    case .principals: .principal
    default: nil
    }
  }

  /// The type as the language writes it.
  public var word: String {
    switch self {
    case .bool: "Bool"
    case .int: "Int"
    case .string: "String"
    case .ip: "IP"
    case .time: "Time"
    case .path: "Path"
    case .principal: "Principal"
    case .strings: "Set<String>"
    case .paths: "Set<Path>"
    case .principals: "Set<Principal>"
    case .oneOf(let words): words.map { "\"\($0)\"" }.joined(separator: " | ")
    }
  }
}

/// The value of an attribute.
///
/// Texts are compared byte by byte, never by canonical equivalence.
public enum Value: Sendable {
  /// A value of type Bool.
  case bool(Bool)
  /// A value of type Int.
  case int(Int64)
  /// A value of type String or of a one-of type.
  case string(String)
  /// A value of type IP.
  case ip(IPAddress)
  /// A value of type Time.
  case time(Instant)
  /// A valid path (`PathText.isValid`).
  case path(String)
  /// A value of type Principal.
  case principal(PrincipalID)
  /// A set; order and repetition mean nothing.
  case strings([String])
  /// A set of valid paths; order and repetition mean nothing.
  case paths([String])
  /// A set; order and repetition mean nothing.
  case principals([PrincipalID])
}

extension Value: Hashable {
  /// Whether two values are the same, texts by their bytes; sets are compared as written.
  public static func == (left: Value, right: Value) -> Bool {
    func same(_ left: String, _ right: String) -> Bool { left.utf8.elementsEqual(right.utf8) }
    func same(_ left: [String], _ right: [String]) -> Bool {
      left.count == right.count && zip(left, right).allSatisfy { same($0, $1) }
    }
    switch (left, right) {
    case (.bool(let left), .bool(let right)): return left == right
    case (.int(let left), .int(let right)): return left == right
    case (.string(let left), .string(let right)): return same(left, right)
    case (.ip(let left), .ip(let right)): return left == right
    case (.time(let left), .time(let right)): return left == right
    case (.path(let left), .path(let right)): return same(left, right)
    case (.principal(let left), .principal(let right)): return left == right
    case (.strings(let left), .strings(let right)): return same(left, right)
    case (.paths(let left), .paths(let right)): return same(left, right)
    case (.principals(let left), .principals(let right)): return left == right
    default: return false
    }
  }

  /// Hashes what `==` compares.
  public func hash(into hasher: inout Hasher) {
    func add(_ text: String) {
      for byte in text.utf8 { hasher.combine(byte) }
      hasher.combine(UInt8.max)
    }
    switch self {
    case .bool(let value): hasher.combine(value)
    case .int(let value): hasher.combine(value)
    case .string(let value), .path(let value): add(value)
    case .ip(let value): hasher.combine(value)
    case .time(let value): hasher.combine(value)
    case .principal(let value): hasher.combine(value)
    case .strings(let values), .paths(let values): values.forEach(add)
    case .principals(let values): hasher.combine(values)
    }
  }
}
