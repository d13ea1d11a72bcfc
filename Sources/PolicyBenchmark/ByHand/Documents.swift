import PolicyEngine

extension Workload {
  /// A request by names, as it comes from outside.
  func document(_ index: Int) -> RequestDocument {
    let tables = engine.tables
    let request = requests[index]
    let action = tables.actions[request.action.position]
    var document = RequestDocument(action: tables.text(action.name) ?? "")
    document.subjectType = request.kind.word
    if case .named(let id) = request.identity { document.subjectID = id }
    document.groups = request.groups.map { _ in [] }
    document.policies = request.held.map {
      HeldPolicy(tables.text(tables.policies[$0.policy.position].name) ?? "")
    }
    switch request.unit {
    case .unknown: document.unit = .unsaid
    case .outside: document.unit = .outside
    case .unit(let unit):
      document.unit = .unit(tables.text(tables.units[unit.position].path) ?? "")
    }
    for (attribute, value) in request.values.sorted(by: { $0.key < $1.key }) {
      let record = tables.attributes[attribute.position]
      let named = NamedValue(tables.text(record.name) ?? "", RawValue(value))
      switch record.space {
      case 0: document.subjectProperties.append(named)
      case 1: document.context.append(named)
      default: document.resourceProperties.append(named)
      }
    }
    return document
  }

  /// The first requests of declared users, with nothing known but user and action.
  var oneShots: [OneShotRequest] {
    let tables = engine.tables
    return requests.prefix(1024).compactMap { request in
      guard request.kind == .user, request.held.isEmpty, case .named(let id) = request.identity
      else { return nil }
      var bare = request
      bare.values = [:]
      bare.resourceID = nil
      bare.unit = .outside
      bare.groups = []
      return OneShotRequest(
        user: id,
        action: tables.text(tables.actions[request.action.position].name) ?? "",
        isAllowed: engine.decide(bare).isAllowed
      )
    }
  }

  /// The same request for the evaluator that is written by hand.
  func byHand(_ index: Int) -> ByHandRequest {
    let tables = engine.tables
    let request = requests[index]
    var unit: String?
    if case .unit(let place) = request.unit {
      unit = tables.text(tables.units[place.position].path)
    }
    var attributes: [String: Value] = [:]
    for (attribute, value) in request.values {
      attributes[tables.path(ofAttribute: attribute.position)] = value
    }
    return ByHandRequest(
      principal: request.principalID,
      kind: request.kind,
      roles: request.held.map { held in
        (tables.text(tables.policies[held.policy.position].name) ?? "", nil)
      },
      action: tables.text(tables.actions[request.action.position].name) ?? "",
      unit: unit,
      resourceID: request.resourceID,
      attributes: attributes
    )
  }
}

extension RawValue {
  /// A value as a caller has it.
  init(_ value: Value) {
    switch value {
    case .bool(let flag): self = .bool(flag)
    case .int(let number): self = .int(number)
    case .string(let text), .path(let text): self = .string(text)
    case .ip(let address): self = .string("\(address)")
    case .time(let instant): self = .string("\(instant)")
    case .principal(let id): self = .object(type: id.kind.word, id: id.id)
    case .strings(let texts), .paths(let texts): self = .array(texts.map { .string($0) })
    case .principals(let ids):
      self = .array(ids.map { .object(type: $0.kind.word, id: $0.id) })
    }
  }
}

extension Tables {
  /// The path of an attribute, such as `context.mfa`.
  func path(ofAttribute index: Int) -> String {
    let record = attributes[index]
    let space = RequestSpace.allCases[Int(record.space)]
    return space.rawValue + "." + (text(record.name) ?? "")
  }
}
