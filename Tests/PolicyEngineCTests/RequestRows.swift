import PolicyEngine
import PolicyModel

/// Requests as `Programs/agreement.c` reads them: commands of a letter and counted arguments.
struct RequestRows {
  private(set) var bytes: [UInt8] = []
  private let set: PolicySet

  init(_ requests: [RequestData], in set: PolicySet) {
    self.set = set
    for request in requests { add(request) }
  }

  private mutating func add(_ request: RequestData) {
    add("n", "\(request.kind.rawValue)")
    if case .named(let id) = request.identity { add("d", id) }
    for holding in request.held {
      add("h", set.policies[holding.policy].heading.name)
      if let unit = holding.unit { add("v", set.units[unit].path) }
    }
    if let groups = request.groups {
      add("g")
      for group in groups.sorted() { add("m", set.groups[group].heading.name) }
    }
    add("a", set.catalogue.actions[request.action].path)
    switch request.unit {
    case .unknown: break
    case .outside: add("o")
    case .unit(let unit): add("u", set.units[unit].path)
    }
    if let id = request.resourceID { add("r", id) }
    for index in request.values.keys.sorted() {
      if let value = request.values[index] { add(set.catalogue.attributes[index].path, value) }
    }
    add(".")
  }

  private mutating func add(_ path: String, _ value: Value) {
    switch value {
    case .bool(let flag): add("b", path, flag ? "1" : "0")
    case .int(let number): add("i", path, "\(number)")
    case .string(let text), .path(let text): add("s", path, text)
    case .time(let time): add("t", path, "\(time.seconds)", "\(time.nanoseconds)")
    case .principal(let id): add("p", path, "\(id.kind.rawValue)", id.id)
    case .strings(let texts), .paths(let texts): add("l", [path, "\(texts.count)"] + texts)
    case .principals(let ids):
      add("l", [path, "\(ids.count)"] + ids.map { "\($0.kind.word):\($0.id)" })
    case .ip(let address):
      add("e", path)
      let parts = address.isVersion4 ? [address.low << 32] : [address.high, address.low]
      let octets = parts.flatMap { part in
        stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: part >> $0) }
      }
      add(Array(octets.prefix(address.isVersion4 ? 4 : 16)))
    }
  }

  private mutating func add(_ command: Character, _ arguments: String...) {
    add(command, arguments)
  }

  private mutating func add(_ command: Character, _ arguments: [String]) {
    bytes += String(command).utf8
    for argument in arguments { add(Array(argument.utf8)) }
  }

  private mutating func add(_ argument: [UInt8]) { bytes += "\(argument.count):".utf8 + argument }
}

extension RequestData {
  /// The request as programs outside can make it: stated groups are open ones, and everyone has an
  /// id or none.
  func sayable(in set: PolicySet) -> RequestData {
    var request = self
    if case .someone = identity { request.identity = .named("someone that nothing names") }
    request.groups = groups.map { $0.filter { set.groups[$0].isOpen } }
    if kind == .anonymous {
      (request.identity, request.groups, request.held) = (.unknown, nil, [])
    }
    return request
  }

  /// Whether every value has a text that is read as that value: years are 0000 to 9999.
  var hasTexts: Bool {
    values.values.allSatisfy { value in
      guard case .time(let instant) = value else { return true }
      return Instant("\(instant)") == instant
    }
  }
}
