import PolicyEngine
import PolicyModel
import PolicyReport

/// Values as Cedar has them, in policies and in JSON.
///
/// What Cedar has no type for is a record: a `Time` is exact to the nanosecond, where `datetime`
/// ends with milliseconds; a `Principal` may be of one of two types; a `Path` has with it all the
/// paths that it is under, since Cedar cannot put texts together.
enum CedarValues {
  /// The keys of a principal in a record, users first, and those of sets of them.
  static let keys = ["user", "serviceAccount"]
  static let setKeys = ["users", "serviceAccounts"]

  static func key(_ kind: PrincipalKind) -> String { kind == .serviceAccount ? keys[1] : keys[0] }

  /// The name of the type in a schema.
  static func type(_ type: AttributeType) -> String {
    switch type {
    case .bool: "Bool"
    case .int: "Long"
    case .string, .oneOf: "String"
    case .ip: "ipaddr"
    case .time: "Time"
    case .path: "Path"
    case .principal: "PrincipalId"
    case .strings: "Set<String>"
    case .paths: "Paths"
    case .principals: "PrincipalIds"
    }
  }

  /// A value in a policy; sets and principals are compared part by part.
  static func literal(_ value: Value) -> String {
    switch value {
    case .ip(let address): return "ip(\(describe(string: "\(address)")))"
    case .time(let time):
      let parts = parts(of: time)
      return "{at: \(parts.at), nanos: \(parts.nanoseconds)}"
    case .principal(let id): return CedarNames.entity(id)
    case .bool, .int, .string, .path, .strings, .paths, .principals: return describe(value)
    }
  }

  /// The elements of the Cedar sets that a set value is.
  static func sets(_ value: Value) -> [[String]] {
    switch value {
    case .strings(let texts), .paths(let texts): return [texts.map { describe(string: $0) }]
    case .principals(let ids):
      return [PrincipalKind.user, .serviceAccount].map { kind in
        ids.filter { $0.kind == kind }.map(CedarNames.entity)
      }
    default: return []
    }
  }

  // MARK: - Times

  /// The first and last second of the years that Cedar's `datetime` reads.
  private static let years = -62_167_219_200...Int64(253_402_300_799)

  /// A point in time as an expression, to the millisecond below, and the nanoseconds after that.
  static func parts(of time: Instant) -> (at: String, nanoseconds: UInt32) {
    let rest = time.nanoseconds % 1_000_000
    if let text = text(of: time) { return (#"datetime("\#(text)")"#, rest) }
    return (#"datetime("1970-01-01").offset(duration("\#(milliseconds(time))ms"))"#, rest)
  }

  /// A point in time in the form of `datetime`, with three digits of a fraction or none.
  private static func text(of time: Instant) -> String? {
    guard years.contains(time.seconds) else { return nil }
    let seconds = "\(Instant(seconds: time.seconds))"
    let fraction = String(1000 + time.nanoseconds / 1_000_000).dropFirst()
    return fraction == "000" ? seconds : "\(seconds.dropLast()).\(fraction)Z"
  }

  /// Milliseconds since 1970 of what an `Instant` can be read from.
  private static func milliseconds(_ time: Instant) -> Int64 {
    time.seconds * 1000 + Int64(time.nanoseconds / 1_000_000)
  }

  // MARK: - JSON

  /// An entity in data.
  static func uid(_ type: String, _ id: String) -> JSONValue {
    ["type": .string(type), "id": .string(id)]
  }

  static func reference(_ type: String, _ id: String) -> JSONValue { ["__entity": uid(type, id)] }

  private static func reference(_ id: PrincipalID) -> JSONValue {
    reference(CedarType.of(id), id.id)
  }

  private static func call(_ function: String, _ arguments: [JSONValue]) -> JSONValue {
    guard arguments.count == 1 else {
      return ["__extn": ["fn": .string(function), "args": .array(arguments)]]
    }
    return ["__extn": ["fn": .string(function), "arg": arguments[0]]]
  }

  /// A value in the data of a request.
  static func json(_ value: Value) -> JSONValue {
    switch value {
    case .bool(let flag): return .bool(flag)
    case .int(let number): return .integer(number)
    case .string(let text): return .string(text)
    case .ip(let address): return call("ip", [.string("\(address)")])
    case .time(let time):
      return ["at": json(time), "nanos": .int(Int(time.nanoseconds % 1_000_000))]
    case .path(let path): return ["path": .string(path), "within": .strings(within([path]))]
    case .principal(let id):
      return .object([JSONMember(key(id.kind), reference(id))])
    case .strings(let texts): return .strings(texts)
    case .paths(let paths): return ["paths": .strings(paths), "within": .strings(within(paths))]
    case .principals(let ids):
      let members = zip(setKeys, [PrincipalKind.user, .serviceAccount]).map { key, kind in
        JSONMember(key, .array(ids.filter { $0.kind == kind }.map(reference)))
      }
      return .object(members)
    }
  }

  private static func json(_ time: Instant) -> JSONValue {
    if let text = text(of: time) { return call("datetime", [.string(text)]) }
    return call(
      "offset",
      [
        call("datetime", ["1970-01-01"]),
        call("duration", [.string("\(milliseconds(time))ms")]),
      ]
    )
  }

  /// The paths and all that they are under, each once, ancestors first.
  private static func within(_ paths: [String]) -> [String] {
    var seen: Set<[UInt8]> = []
    var result: [String] = []
    for path in paths {
      let bytes = Array(path.utf8)
      for end in bytes.indices.dropFirst() + [bytes.count]
      where end == bytes.count || bytes[end] == UInt8(ascii: "/") {
        let ancestor = Array(bytes[..<end])
        if seen.insert(ancestor).inserted {
          result.append(String(decoding: ancestor, as: UTF8.self))
        }
      }
    }
    return result
  }
}
