extension PolicyEngine: RequestVocabulary {
  package func knownAction(_ path: String) -> KnownAction? {
    guard let index = tables.position(of: path, in: NameSpace.action) else { return nil }
    let service = tables.actions[index].service
    return KnownAction(
      index: ActionIndex(Int(index)),
      service: ServiceIndex(Int(service)),
      serviceName: tables.text(tables.services[service].name) ?? ""
    )
  }

  package func knownAttribute(_ space: RequestSpace, _ name: String) -> KnownAttribute? {
    let nameSpace =
      switch space {
      case .principal: NameSpace.principalAttribute
      case .context: NameSpace.contextAttribute
      case .resource: NameSpace.resourceAttribute
      }
    return tables.position(of: name, in: nameSpace).flatMap { attribute($0) }
  }

  /// The attribute of a name in requests for an action; nil where those have none.
  package func knownAttribute(
    _ space: RequestSpace,
    _ name: String,
    for action: ActionIndex
  ) -> KnownAttribute? {
    guard let attribute = knownAttribute(space, name) else { return nil }
    let service = ServiceIndex(Int(tables.actions[action.position].service))
    return attribute.services?.contains(service) ?? true ? attribute : nil
  }

  /// What the tables say of an attribute.
  func attribute(_ index: UInt32) -> KnownAttribute? {
    let record = tables.attributes[index]
    let words = record.words.range.map { tables.text(tables.strings[$0]) ?? "" }
    guard let type = TypeCode.type(record.type, words: words) else { return nil }
    let isEverywhere = record.services.start == ArtifactFormat.none
    let services =
      isEverywhere
      ? nil : record.services.range.map { ServiceIndex(Int(tables.attributeServices[$0])) }
    return KnownAttribute(index: AttributeIndex(Int(index)), type: type, services: services)
  }

  package func knownUnit(_ path: String) -> UnitIndex? {
    tables.position(of: path, in: NameSpace.unit).map { UnitIndex(Int($0)) }
  }

  package func knownPolicy(_ name: String) -> PolicyIndex? {
    tables.position(of: name, in: NameSpace.policy).map { PolicyIndex(Int($0)) }
  }

  package func openGroup(_ name: String) -> GroupIndex? {
    guard let index = tables.position(of: name, in: NameSpace.group),
      tables.groups[index].flags & GroupFlag.isOpen != 0
    else { return nil }
    return GroupIndex(Int(index))
  }
}
