package import PolicyEngine

/// The names of a policy set that requests use, in hash tables.
package struct PolicySetVocabulary: RequestVocabulary, Sendable {
  /// A name that is equal to another only when their bytes are.
  private struct Key: Hashable {
    let bytes: [UInt8]

    init(_ text: String) { bytes = Array(text.utf8) }
  }

  private var actions: [Key: KnownAction] = [:]
  private var attributes: [RequestSpace: [Key: KnownAttribute]] = [:]
  private var units: [Key: UnitIndex] = [:]
  private var policies: [Key: PolicyIndex] = [:]
  private var openGroups: [Key: GroupIndex] = [:]

  /// - Complexity: O(names of the set).
  package init(_ set: PolicySet) {
    for index in set.catalogue.actions.indices {
      let action = set.catalogue.actions[index]
      let name = set.catalogue.services[action.service].heading.name
      actions[Key(action.path)] = KnownAction(
        index: index,
        service: action.service,
        serviceName: name
      )
    }
    for index in set.catalogue.attributes.indices {
      let attribute = set.catalogue.attributes[index]
      let known = KnownAttribute(
        index: index,
        type: attribute.type,
        services: attribute.services
      )
      attributes[attribute.space.inRequests, default: [:]][Key(attribute.heading.name)] = known
    }
    for index in set.units.indices { units[Key(set.units[index].path)] = index }
    for index in set.policies.indices { policies[Key(set.policies[index].heading.name)] = index }
    for index in set.groups.indices where set.groups[index].isOpen {
      openGroups[Key(set.groups[index].heading.name)] = index
    }
  }

  package func knownAction(_ path: String) -> KnownAction? { actions[Key(path)] }

  package func knownAttribute(_ space: RequestSpace, _ name: String) -> KnownAttribute? {
    attributes[space]?[Key(name)]
  }

  package func knownUnit(_ path: String) -> UnitIndex? { units[Key(path)] }

  package func knownPolicy(_ name: String) -> PolicyIndex? { policies[Key(name)] }

  package func openGroup(_ name: String) -> GroupIndex? { openGroups[Key(name)] }
}

extension AttributeSpace {
  /// The same space, as the engine calls it.
  package var inRequests: RequestSpace {
    switch self {
    case .principal: .principal
    case .context: .context
    case .resource: .resource
    }
  }
}

extension PolicySet {
  /// The names that requests use; build it once for many requests.
  package var vocabulary: PolicySetVocabulary { PolicySetVocabulary(self) }
}
