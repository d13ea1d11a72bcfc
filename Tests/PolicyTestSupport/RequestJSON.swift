package import PolicyEngine
package import PolicyModel
import PolicyReport

/// A request as a line of JSON, for programs that know nothing of this one.
package struct RequestJSON {
  private let set: PolicySet

  package init(_ set: PolicySet) { self.set = set }

  /// The request that a line can say: groups are open ones, and everyone has an id or none.
  package func sayable(_ request: RequestData) -> RequestData {
    var request = request
    if case .someone = request.identity { request.identity = .named("someone that nothing names") }
    request.groups = request.groups.map { $0.filter { set.groups[$0].isOpen } }
    if request.kind == .anonymous {
      (request.identity, request.groups, request.held) = (.unknown, nil, [])
    }
    return request
  }

  /// Whether a value has a text that is read as that value: years are 0000 to 9999.
  package static func hasText(_ value: Value) -> Bool {
    guard case .time(let instant) = value else { return true }
    return Instant("\(instant)") == instant
  }

  package func line(_ request: RequestData) -> String {
    var subject = [JSONMember("type", .string(request.kind.word))]
    if case .named(let id) = request.identity { subject.append(JSONMember("id", .string(id))) }
    if let groups = request.groups {
      let names = groups.sorted().map { JSONValue.string(set.groups[$0].heading.name) }
      subject.append(JSONMember("groups", .array(names)))
    }
    if !request.held.isEmpty {
      subject.append(JSONMember("policies", .array(request.held.map { held($0) })))
    }
    var resource: [JSONMember] = []
    if let id = request.resourceID { resource.append(JSONMember("id", .string(id))) }
    switch request.unit {
    case .unknown: break
    case .outside: resource.append(JSONMember("unit", .null))
    case .unit(let unit): resource.append(JSONMember("unit", .string(set.units[unit].path)))
    }
    var context: [JSONMember] = []
    for index in request.values.keys.sorted() {
      guard let value = request.values[index] else { continue }
      let attribute = set.catalogue.attributes[index]
      let member = JSONMember(attribute.heading.name, json(value))
      switch attribute.space {
      case .principal: subject.append(member)
      case .context: context.append(member)
      case .resource: resource.append(member)
      }
    }
    let line: JSONValue = [
      "subject": nested(subject, ["type", "id", "groups", "policies"]),
      "action": ["name": .string(set.catalogue.actions[request.action].path)],
      "resource": nested(resource, ["id", "unit"]),
      "context": .object(context),
    ]
    return String(decoding: JSONWriter.line(line), as: UTF8.self)
  }

  /// Attributes go below `properties`.
  private func nested(_ members: [JSONMember], _ own: [String]) -> JSONValue {
    let plain = members.prefix { own.contains($0.key) }
    return .object(
      plain + [JSONMember("properties", .object(Array(members.dropFirst(plain.count))))]
    )
  }

  private func held(_ holding: Holding) -> JSONValue {
    let name = set.policies[holding.policy].heading.name
    guard let unit = holding.unit else { return .string(name) }
    return ["policy": .string(name), "in": .string(set.units[unit].path)]
  }

  private func json(_ value: Value) -> JSONValue {
    switch value {
    case .bool(let flag): .bool(flag)
    case .int(let number): .integer(number)
    case .string(let text), .path(let text): .string(text)
    case .ip(let address): .string("\(address)")
    case .time(let instant): .string("\(instant)")
    case .principal(let id): principal(id)
    case .strings(let texts), .paths(let texts): .array(texts.map { .string($0) })
    case .principals(let ids): .array(ids.map { principal($0) })
    }
  }

  private func principal(_ id: PrincipalID) -> JSONValue {
    ["type": .string(id.kind.word), "id": .string(id.id)]
  }
}
