import PolicyEngine
import PolicyModel

/// The names of entity types that every exported set has.
///
/// Principals whose id a request does not say have types of their own, so that comparing them with
/// anybody is false by their type, and what is not known of them can be asked for.
enum CedarType {
  static let user = "User"
  static let serviceAccount = "ServiceAccount"
  static let unknownUser = "UnknownUser"
  static let unknownServiceAccount = "UnknownServiceAccount"
  static let anonymous = "Anonymous"
  static let group = "Group"
  static let policy = "Policy"
  static let unit = "Unit"
  static let action = "Action"
  /// What a request says: `Known::"groups"` and `Known::"unit"`.
  static let known = "Known"
  /// The namespace of the types of resources, one for each service.
  static let resource = "Resource"

  static let principals = [user, serviceAccount, unknownUser, unknownServiceAccount, anonymous]

  /// The type of a user or a service account.
  static func of(_ principal: PrincipalID) -> String {
    principal.kind == .serviceAccount ? serviceAccount : user
  }

  /// The type of a kind of principal whose id is not known.
  static func unknown(_ kind: PrincipalKind) -> String {
    kind == .serviceAccount ? unknownServiceAccount : unknownUser
  }
}

/// How Cedar writes names and texts.
///
/// Its strings have the escapes of policy text, and its patterns of `like` are written alike, so
/// `describe(string:)` and `describe(pattern)` write both.
enum CedarNames {
  /// Words that may not stand alone as a name, and the types that are taken.
  private static let reserved: Set<String> = Set(
    [
      "true", "false", "if", "then", "else", "in", "is", "like", "has", "__cedar", "principal",
      "action", "resource", "context", "permit", "forbid", "when", "unless", "entity", "type",
      "namespace", "tags", "enum", "appliesTo", "Action", "Bool", "Boolean", "Long", "String",
      "Set", "Record", "Entity", "Extension", "ipaddr", "decimal", "datetime", "duration",
      "Group", "Policy", "Unit", "Known", "Resource", "Context", "PrincipalId", "PrincipalIds",
      "Time", "Path", "Paths",
    ] + CedarType.principals
  )

  private static func isWord(_ byte: UInt8) -> Bool { isLetter(byte) || isDigit(byte) }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (65...90).contains(byte) || (97...122).contains(byte) || byte == UInt8(ascii: "_")
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }

  private static func isHexadecimal(_ byte: UInt8) -> Bool {
    isDigit(byte) || (97...102).contains(byte)
  }

  /// Whether a name can be written without quotes.
  static func isIdentifier(_ name: String) -> Bool {
    guard let first = name.utf8.first, isLetter(first) else { return false }
    return name.utf8.allSatisfy(isWord) && !reserved.contains(name)
  }

  /// A service as the name of a type.
  ///
  /// What an identifier cannot have is `_x` and two digits for each byte, and so is an underscore
  /// that would look like the begin of that: different services have different types.
  /// - Complexity: O(length).
  static func identifier(_ name: String) -> String {
    let bytes = Array(name.utf8)
    let isReserved = reserved.contains(name)
    var text = ""
    for (index, byte) in bytes.enumerated() {
      let isEscape =
        byte == UInt8(ascii: "_") && index + 3 < bytes.count && bytes[index + 1] == 120
        && isHexadecimal(bytes[index + 2]) && isHexadecimal(bytes[index + 3])
      let isFirst = index == 0 && (isDigit(byte) || isReserved)
      if isWord(byte), !isEscape, !isFirst {
        text.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        let digits = String(byte, radix: 16)
        text += "_x" + (digits.count == 1 ? "0" : "") + digits
      }
    }
    return text
  }

  /// The type of the resources of a service.
  static func resourceType(_ service: String) -> String {
    "\(CedarType.resource)::\(identifier(service))"
  }

  /// An entity, such as `User::"ada"`.
  static func entity(_ type: String, _ id: String) -> String {
    "\(type)::\(describe(string: id))"
  }

  static func entity(_ principal: PrincipalID) -> String {
    entity(CedarType.of(principal), principal.id)
  }

  /// The name of an attribute where it is declared or asked for.
  static func attribute(_ name: String) -> String {
    isIdentifier(name) ? name : describe(string: name)
  }

  /// An attribute of a variable, such as `context.mfa` or `context["given name"]`.
  static func access(_ variable: String, _ name: String) -> String {
    isIdentifier(name) ? "\(variable).\(name)" : "\(variable)[\(describe(string: name))]"
  }
}
