import PolicyEngine
import PolicyModel

extension ArtifactContents {
  /// Adds services, actions, attributes with their steps, and units.
  mutating func addCatalogue(_ set: PolicySet, _ steps: inout StepLayout) {
    let catalogue = set.catalogue
    let name = text.add(catalogue.name)
    (self[.catalogueOffset], self[.catalogueLength]) = (Int(name.offset), Int(name.length))
    var word = 0
    for service in catalogue.services.elements {
      let words = (service.actions.count + 63) / 64
      services.append(
        ServiceRecord(
          name: text.add(service.heading.name),
          title: text.add(service.heading.title),
          actions: Run(
            start: UInt32(service.actions.lowerBound),
            count: UInt32(service.actions.count)
          ),
          words: Run(start: UInt32(word), count: UInt32(words))
        )
      )
      word += words
    }
    self[.wordCount] = word
    for (index, action) in catalogue.actions.elements.enumerated() {
      let offset = index - catalogue.services[action.service].actions.lowerBound
      let name = text.add(action.path)
      actions.append(
        ActionRecord(
          name: name,
          title: text.add(action.heading.title),
          service: UInt32(action.service.position),
          word: UInt32(offset / 64),
          bit: UInt32(offset % 64),
          flags: (action.isExplicit ? ActionFlag.isExplicit : 0)
            | (action.isSensitive ? ActionFlag.isSensitive : 0)
        )
      )
      add(name, index, to: NameSpace.action)
    }
    for index in catalogue.attributes.indices {
      addAttribute(catalogue.attributes[index], index, &steps)
    }
    let principal = steps.add(.principal, to: &self)
    (self[.principalStepStart], self[.principalStepCount]) =
      (Int(principal.start), Int(principal.count))
    let resource = steps.add(.resource, to: &self)
    (self[.resourceStepStart], self[.resourceStepCount]) =
      (Int(resource.start), Int(resource.count))
    self[.kindSlot] = steps.kindSlot.map { Int($0) + 1 } ?? 0
    for (index, unit) in set.units.elements.enumerated() {
      let path = text.add(unit.path)
      units.append(UnitRecord(path: path, end: UInt32(unit.subtree.upperBound)))
      add(path, index, to: NameSpace.unit)
    }
  }

  private mutating func addAttribute(
    _ attribute: Attribute,
    _ index: AttributeIndex,
    _ steps: inout StepLayout
  ) {
    let name = text.add(attribute.heading.name)
    let space: UInt32 =
      switch attribute.space {
      case .principal: 0
      case .context: 1
      case .resource: 2
      }
    var words: [String] = []
    if case .oneOf(let listed) = attribute.type { words = listed }
    attributes.append(
      AttributeRecord(
        name: name,
        title: text.add(attribute.heading.title),
        space: space,
        type: TypeCode.code(of: attribute.type),
        words: strings(words),
        services: list((attribute.services ?? []).map(\.position), in: \.attributeServices),
        isEverywhere: attribute.services == nil,
        steps: steps.add(.attribute(index), to: &self)
      )
    )
    add(name, index.position, to: NameSpace.principalAttribute + space)
  }
}
