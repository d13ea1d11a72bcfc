package import PolicyEngine

/// Requests to one compiled policy set, in a random order, in each of the forms that are measured.
package struct Workload: Sendable {
  package let engine: PolicyEngine
  package let requests: [RequestData]
  /// The principals, prepared.
  let subjects: [PolicyEngine.Subject]
  /// By the position of the request.
  let subjectOf: [UInt32]
  let actions: [PolicyEngine.Action]
  /// What the engine answers when it decides each request by itself.
  package let isAllowed: [Bool]

  /// Makes so many requests by the given principals, of whom there is at least one.
  ///
  /// One in `missing` attributes is left out.
  package init(
    _ engine: PolicyEngine,
    by principals: [SubjectData],
    count: Int,
    seed: UInt64 = 42,
    missing: Int = 16
  ) {
    let tables = engine.tables
    let samples = ValueSamples(tables)
    var random = SplitMix64(seed: seed)
    let attributes = tables.attributes.indices.filter { !samples.values[$0].isEmpty }
    var requests: [RequestData] = []
    var subjectOf: [UInt32] = []
    for _ in 0..<count {
      let principal = random.next(below: principals.count)
      let action = random.next(below: tables.actions.count)
      var request = RequestData(
        kind: principals[principal].kind,
        identity: principals[principal].identity,
        groups: principals[principal].groups.map { Set($0) },
        held: principals[principal].held,
        action: ActionIndex(action)
      )
      let place = random.next(below: tables.units.count + 1)
      request.unit = place == 0 ? .outside : .unit(UnitIndex(place - 1))
      for attribute in attributes {
        let values = samples.values[attribute]
        let value = values[random.next(below: values.count)]
        guard random.next(below: missing) > 0, tables.attribute(attribute, isOf: action) else {
          continue
        }
        request.values[AttributeIndex(attribute)] = value
      }
      requests.append(request)
      subjectOf.append(UInt32(principal))
    }
    self.engine = engine
    self.requests = requests
    self.subjectOf = subjectOf
    subjects = principals.map { engine.subject($0) }
    actions = requests.map { engine.action(at: UInt32($0.action.position)) }
    isAllowed = requests.map { engine.decide($0).isAllowed }
  }

  /// How many of the first requests are allowed.
  func allowed(_ count: Int) -> UInt64 {
    UInt64(isAllowed.prefix(count).count { $0 })
  }

  /// Each request prepared: its subject, action, place and classified attributes.
  package var prepared: [PolicyEngine.Request] {
    requests.indices.map { index in
      var request = engine.request(subjects[Int(subjectOf[index])], actions[index])
      request.unit = engine.unit(requests[index].unit)
      for (attribute, value) in requests[index].values.sorted(by: { $0.key < $1.key }) {
        request.set(attribute, to: value)
      }
      return request
    }
  }
}

extension Workload {
  /// Who may ask in a set: those who are declared, and for each policy someone who holds it.
  package static func principals(of engine: PolicyEngine, limit: Int = 1000) -> [SubjectData] {
    let tables = engine.tables
    var found = declaredPrincipals(of: engine, limit: limit / 2)
    for policy in tables.policies.indices where found.count < limit {
      found.append(
        SubjectData(
          kind: .user,
          identity: .named("holder-\(policy)"),
          groups: [],
          held: [Holding(PolicyIndex(policy))]
        )
      )
    }
    return found
  }

  /// Who is declared in a set.
  package static func declaredPrincipals(
    of engine: PolicyEngine,
    limit: Int = 1000
  ) -> [SubjectData] {
    let tables = engine.tables
    var found: [SubjectData] = []
    for index in tables.names.indices where found.count < limit {
      let record = tables.names[index]
      guard record.space == NameSpace.user || record.space == NameSpace.serviceAccount,
        let id = tables.text(record.text)
      else { continue }
      found.append(
        SubjectData(
          kind: record.space == NameSpace.user ? .user : .serviceAccount,
          identity: .named(id),
          groups: [],
          held: []
        )
      )
    }
    return found
  }
}

extension Tables {
  /// Whether requests for an action may have an attribute.
  fileprivate func attribute(_ attribute: Int, isOf action: Int) -> Bool {
    let services = attributes[attribute].services
    guard services.start != ArtifactFormat.none else { return true }
    return services.range.contains { attributeServices[$0] == actions[action].service }
  }
}
