package import PolicyEngine
package import PolicyModel
package import PolicyReport

/// Asks Cedar what a request of Pol asks; build it once for many requests.
///
/// `Grammar/export-cedar.md` says the same in words.
package struct CedarRequests: Sendable {
  private let set: PolicySet
  private let principals: CedarPrincipals
  private let entities: CedarEntities

  /// - Complexity: O(size of the set).
  package init(_ set: PolicySet) {
    self.set = set
    principals = CedarPrincipals(set)
    entities = CedarEntities(set)
  }

  /// Principal, action, resource and context, with the entities of this principal and resource.
  ///
  /// The entity of the principal has what is declared of it too, and takes the place of the one in
  /// `entities.json`.
  /// - Complexity: O(size of the request).
  package func json(_ request: RequestData) -> JSONValue {
    let (type, id) = principal(of: request)
    let service = set.catalogue.actions[request.action].service
    let resource = CedarNames.resourceType(set.catalogue.services[service].heading.name)
    let resourceID = request.resourceID ?? ""
    return [
      "principal": CedarValues.uid(type, id),
      "action": CedarValues.uid(
        CedarType.action,
        set.catalogue.actions[request.action].path
      ),
      "resource": CedarValues.uid(resource, resourceID),
      "context": .object(values(request, .context)),
      "entities": [
        entities.principal(
          type,
          id,
          said(of: request),
          isSaid: request.groups != nil || request.kind == .anonymous,
          values: values(request, .principal)
        ),
        CedarEntities.entity(
          resource,
          resourceID,
          in: place(request.unit),
          attributes: values(request, .resource),
          tags: request.resourceID.map { [JSONMember("id", .string($0))] } ?? []
        ),
      ],
    ]
  }

  private func principal(of request: RequestData) -> (type: String, id: String) {
    if request.kind == .anonymous { return (CedarType.anonymous, "anonymous") }
    guard let id = request.principalID else { return (CedarType.unknown(request.kind), "") }
    return (CedarType.of(id), id.id)
  }

  /// What is declared of the principal together with what the request says.
  private func said(of request: RequestData) -> CedarPrincipals.Declared {
    guard request.kind != .anonymous else { return CedarPrincipals.Declared() }
    var said = request.principalID.map { principals[$0] } ?? CedarPrincipals.Declared()
    said.groups.formUnion(request.groups ?? [])
    for holding in request.held {
      if let unit = holding.unit {
        said.tags[holding.policy, default: []].insert(unit)
      } else {
        said.policies.insert(holding.policy)
      }
    }
    return said
  }

  /// A resource outside every unit is known to be so, and in none.
  private func place(_ unit: ResourceUnit) -> [JSONValue] {
    switch unit {
    case .unknown: []
    case .outside: [CedarEntities.known("unit")]
    case .unit(let unit): [CedarValues.uid(CedarType.unit, set.units[unit].path)]
    }
  }

  private func values(_ request: RequestData, _ space: AttributeSpace) -> [JSONMember] {
    request.values.keys.sorted().compactMap { index in
      let attribute = set.catalogue.attributes[index]
      guard attribute.space == space, let value = request.values[index] else { return nil }
      return JSONMember(attribute.heading.name, CedarValues.json(value))
    }
  }
}
