package import PolicyEngine
package import PolicySource

/// An annotation as it was written, its arguments as text.
package struct Annotation: Hashable, Sendable {
  package let name: String
  package let arguments: [String]
  package let span: SourceSpan

  package init(name: String, arguments: [String], span: SourceSpan) {
    self.name = name
    self.arguments = arguments
    self.span = span
  }
}

/// What every declaration has: a name, a title, documentation, annotations and a place.
package struct Heading: Sendable {
  package let name: String
  package let title: String?
  /// The text of the `///` comments above, without the slashes.
  package let documentation: String?
  package let annotations: [Annotation]
  package let nameSpan: SourceSpan
  package let span: SourceSpan

  package init(
    name: String,
    title: String?,
    documentation: String?,
    annotations: [Annotation],
    nameSpan: SourceSpan,
    span: SourceSpan
  ) {
    self.name = name
    self.title = title
    self.documentation = documentation
    self.annotations = annotations
    self.nameSpan = nameSpan
    self.span = span
  }

  package func annotation(_ name: String) -> Annotation? {
    annotations.first { $0.name == name }
  }
}

/// Where an attribute's values come from.
package enum AttributeSpace: String, CaseIterable, Hashable, Sendable {
  case principal, context, resource
}

/// A declared attribute.
package struct Attribute: Sendable {
  package let space: AttributeSpace
  package let heading: Heading
  package let type: AttributeType
  /// The services that have it; nil for those of the principal, the context and every resource.
  package var services: [ServiceIndex]?

  package init(
    space: AttributeSpace,
    heading: Heading,
    type: AttributeType,
    services: [ServiceIndex]?
  ) {
    self.space = space
    self.heading = heading
    self.type = type
    self.services = services
  }

  /// The attribute as conditions name it, such as `context.mfa`.
  package var path: String { "\(space.rawValue).\(heading.name)" }
}

/// A service: a contiguous run of actions.
package struct Service: Sendable {
  package let heading: Heading
  package var actions: Range<Int>

  package init(heading: Heading, actions: Range<Int>) {
    self.heading = heading
    self.actions = actions
  }
}

/// A named group of actions in a service: a contiguous run of them.
package struct ActionGroup: Sendable {
  package let heading: Heading
  package let service: ServiceIndex
  package var actions: Range<Int>
  package let isExplicit: Bool

  package init(heading: Heading, service: ServiceIndex, actions: Range<Int>, isExplicit: Bool) {
    self.heading = heading
    self.service = service
    self.actions = actions
    self.isExplicit = isExplicit
  }
}

/// An action of a service.
package struct Action: Sendable {
  package let heading: Heading
  package let service: ServiceIndex
  /// Whether the action itself is marked `@explicit`.
  package let isExplicit: Bool
  /// Whether it, or a group around it, is marked `@sensitive`.
  package let isSensitive: Bool
  /// The names of the action groups around it, from the outermost.
  package let groups: [String]
  /// `service.action`.
  package let path: String

  package init(
    heading: Heading,
    service: ServiceIndex,
    isExplicit: Bool,
    isSensitive: Bool,
    groups: [String],
    path: String
  ) {
    self.heading = heading
    self.service = service
    self.isExplicit = isExplicit
    self.isSensitive = isSensitive
    self.groups = groups
    self.path = path
  }
}

/// The services, actions and attributes that exist.
package struct Catalogue: Sendable {
  /// The catalogue blocks, which add up to one name space.
  package var headings: [Heading] = []
  package var services = Table<ServiceIndex, Service>()
  package var actions = Table<ActionIndex, Action>()
  package var groups: [ActionGroup] = []
  package var attributes = Table<AttributeIndex, Attribute>()

  package init() {}

  /// How messages name the catalogue.
  package var name: String {
    headings.isEmpty ? "none" : headings.map(\.name).joined(separator: ", ")
  }

  /// The type of the values of a term.
  package func type(of term: Term) -> AttributeType {
    switch term {
    case .attribute(let index): attributes[index].type
    case .principal: .principal
    case .resource: .string
    }
  }
}
