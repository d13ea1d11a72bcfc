package import PolicyEngine
package import PolicyModel

/// A request in the form in which `RequestReader` reads it.
package enum RequestJSON {
  /// What the request does not say is left out; that a resource is outside every unit is said.
  package static func value(_ request: RequestData, in set: PolicySet) -> JSONValue {
    let action = set.catalogue.actions[request.action]
    var members: [JSONMember] = [
      JSONMember("subject", subject(request, in: set)),
      JSONMember("action", ["name": .string(action.path)]),
    ]
    let service = set.catalogue.services[action.service].heading.name
    var resource: [JSONMember] = [JSONMember("type", .string(service))]
    if let id = request.resourceID { resource.append(JSONMember("id", .string(id))) }
    switch request.unit {
    case .unknown: break
    case .outside: resource.append(JSONMember("unit", .null))
    case .unit(let unit): resource.append(JSONMember("unit", .string(set.units[unit].path)))
    }
    members.append(
      JSONMember("resource", .object(resource + properties(request, .resource, in: set)))
    )
    let context = values(request, .context, in: set)
    if !context.isEmpty { members.append(JSONMember("context", .object(context))) }
    return .object(members)
  }

  private static func subject(_ request: RequestData, in set: PolicySet) -> JSONValue {
    var members = [JSONMember("type", .string(request.kind.word))]
    if case .named(let id) = request.identity, request.kind != .anonymous {
      members.append(JSONMember("id", .string(id)))
    }
    if let groups = request.groups, request.kind != .anonymous {
      let names = groups.sorted().map { set.groups[$0].heading.name }
      members.append(JSONMember("groups", .strings(names)))
    }
    if !request.held.isEmpty {
      let held = request.held.map { holding -> JSONValue in
        let name = set.policies[holding.policy].heading.name
        guard let unit = holding.unit else { return .string(name) }
        return ["policy": .string(name), "in": .string(set.units[unit].path)]
      }
      members.append(JSONMember("policies", .array(held)))
    }
    return .object(members + properties(request, .principal, in: set))
  }

  private static func properties(
    _ request: RequestData,
    _ space: AttributeSpace,
    in set: PolicySet
  ) -> [JSONMember] {
    let values = values(request, space, in: set)
    return values.isEmpty ? [] : [JSONMember("properties", .object(values))]
  }

  private static func values(
    _ request: RequestData,
    _ space: AttributeSpace,
    in set: PolicySet
  ) -> [JSONMember] {
    request.values.keys.sorted().compactMap { index in
      let attribute = set.catalogue.attributes[index]
      guard attribute.space == space, let value = request.values[index] else { return nil }
      return JSONMember(attribute.heading.name, json(value))
    }
  }

  private static func json(_ value: Value) -> JSONValue {
    func principal(_ id: PrincipalID) -> JSONValue {
      ["type": .string(id.kind.word), "id": .string(id.id)]
    }
    switch value {
    case .bool(let value): return .bool(value)
    case .int(let value): return .integer(value)
    case .string(let text), .path(let text): return .string(text)
    case .ip(let address): return .string("\(address)")
    case .time(let instant): return .string("\(instant)")
    case .principal(let id): return principal(id)
    case .strings(let texts), .paths(let texts): return .strings(texts)
    case .principals(let ids): return .array(ids.map(principal))
    }
  }
}
