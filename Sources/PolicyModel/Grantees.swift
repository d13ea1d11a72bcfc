package import PolicyEngine

extension Catalogue {
  /// The attributes that can say whom an action is about: those of its resources that are a
  /// principal.
  package func grantees(of action: Action) -> [AttributeIndex] {
    let service = services[action.service].heading.name
    return attributes.indices.filter { index in
      let attribute = attributes[index]
      // A service that is declared twice has its attributes at the first.
      return attribute.space == .resource && attribute.type == .principal
        && attribute.services?.contains {
          services[$0].heading.name.utf8.elementsEqual(service.utf8)
        } ?? true
    }
  }

  /// The attribute that a `@grants` of an action means: the one that it names, or else the only one;
  /// none where that leads nowhere, which does not check.
  package func grantees(of action: Action, by mark: Annotation) -> [AttributeIndex] {
    let all = grantees(of: action)
    guard let name = mark.arguments.first else { return all.count == 1 ? all : [] }
    return all.filter { attributes[$0].heading.name.utf8.elementsEqual(name.utf8) }
  }
}
