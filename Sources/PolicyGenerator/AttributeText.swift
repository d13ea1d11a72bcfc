import PolicyEngine
import PolicyModel

/// The struct with the attributes of the principal, the context, or one service's resources.
struct AttributeText {
  private struct Property {
    let attribute: Attribute
    let name: String
    /// The type of its value in Swift.
    let type: String
    /// The enumeration of a one-of type, with its words.
    let words: [String]
    /// The value that the engine takes, of the property.
    let value: (String) -> String
  }

  private let title: String
  private let name: String
  private let properties: [Property]

  init(_ space: AttributeSpace, of service: ServiceIndex?, in catalogue: Catalogue) {
    let attributes = catalogue.attributes.elements.filter { attribute in
      guard attribute.space == space else { return false }
      guard let services = attribute.services else { return true }
      return service.map(services.contains) ?? false
    }
    let names = SwiftNames.unique(
      attributes.map(\.heading.name),
      taken: SwiftNames.values.union(["set", "Attribute"]),
      SwiftNames.value
    )
    // Types are told from properties by their first letter, and from each other by their names.
    let types = SwiftNames.unique(
      attributes.map(\.heading.name),
      taken: SwiftNames.types.union(["Attribute", "Attributes", "Path"]),
      SwiftNames.type
    )
    properties = attributes.indices.map { index in
      Self.property(attributes[index], names[index], oneOf: types[index])
    }
    switch space {
    case .context:
      name = "Context"
      title = "The attributes of the context."
    case .principal:
      name = "Principal"
      title = "The attributes of the principal."
    case .resource:
      name = "Resource"
      title = "The attributes of a resource."
    }
  }

  private static func property(
    _ attribute: Attribute,
    _ name: String,
    oneOf words: String
  ) -> Property {
    func of(
      _ type: String,
      _ words: [String] = [],
      _ value: @escaping (String) -> String
    ) -> Property {
      Property(attribute: attribute, name: name, type: type, words: words, value: value)
    }
    return switch attribute.type {
    case .bool: of("Bool") { ".bool(\($0))" }
    case .int: of("Int64") { ".int(\($0))" }
    case .string: of("String") { ".string(\($0))" }
    case .ip: of("IPAddress") { ".ip(\($0))" }
    case .time: of("Instant") { ".time(\($0))" }
    case .path: of("Path") { ".path(\($0).text)" }
    case .principal: of("PrincipalID") { ".principal(\($0))" }
    case .strings: of("[String]") { ".strings(\($0))" }
    case .paths: of("[Path]") { ".paths(\($0).map(\\.text))" }
    case .principals: of("[PrincipalID]") { ".principals(\($0))" }
    case .oneOf(let list): of(words, list) { ".string(\($0).rawValue)" }
    }
  }

  func append(to text: inout SwiftText) {
    text.documentation(title)
    text.block("struct \(name): Attributes") { text in
      for property in properties {
        let heading = property.attribute.heading
        text.documentation(heading.documentation, heading.title)
        text.line("var \(property.name): \(property.type)?")
      }
      if !properties.isEmpty { text.line() }
      text.line("init() {}")
      if !properties.isEmpty {
        text.line()
        memberwise(&text)
        handles(&text)
        for property in properties where !property.words.isEmpty { words(property, &text) }
        text.line()
      }
      text.block("func set(in request: inout PolicyEngine.Request)") { text in
        for property in properties {
          text.line(
            "if let value = self.\(property.name) "
              + "{ polSet(&request, Attribute.\(property.name), \(property.value("value"))) }"
          )
        }
      }
    }
  }

  private func memberwise(_ text: inout SwiftText) {
    let parameters = properties.map { "\($0.name): \($0.type)? = nil" }
    text.block("init(\(parameters.joined(separator: ", ")))") { text in
      for property in properties { text.line("self.\(property.name) = \(property.name)") }
    }
  }

  private func handles(_ text: inout SwiftText) {
    text.line()
    text.documentation("The attributes as engines with the same catalogue know them.")
    text.block("enum Attribute") { text in
      for property in properties {
        let path = SwiftText.literal(property.attribute.path)
        text.block("static let \(property.name): PolicyEngine.Attribute = polKnown") { text in
          text.line("() throws(RequestRefusal) in try engine.attribute(\(path))")
        }
      }
    }
  }

  private func words(_ property: Property, _ text: inout SwiftText) {
    text.line()
    text.documentation("What `\(property.attribute.path)` can be.")
    text.block("enum \(property.type): String, CaseIterable, Sendable") { text in
      let names = SwiftNames.unique(
        property.words,
        taken: ["rawValue", "allCases", "hash"],
        SwiftNames.value
      )
      for (name, word) in zip(names, property.words) {
        text.line("case \(name) = \(SwiftText.literal(word))")
      }
    }
  }
}
