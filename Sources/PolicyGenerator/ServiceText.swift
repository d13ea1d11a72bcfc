import PolicyEngine
import PolicyModel

/// The struct of a service: a constant for each action, and the attributes of its resources.
struct ServiceText {
  private let service: Service
  private let actions: [Action]
  private let resource: AttributeText

  /// The name of the service.
  var name: String { service.heading.name }

  init(_ index: ServiceIndex, in catalogue: Catalogue) {
    service = catalogue.services[index]
    actions = service.actions.map { catalogue.actions[ActionIndex($0)] }
    resource = AttributeText(.resource, of: index, in: catalogue)
  }

  func append(named name: String, to text: inout SwiftText) {
    text.documentation(
      service.heading.documentation,
      service.heading.title,
      "The service `\(service.heading.name)`."
    )
    text.block("struct \(name): Service") { text in
      text.line("let action: PolicyEngine.Action")
      text.line()
      text.block("private init(_ name: String)") { text in
        text.line("action = polKnown { () throws(RequestRefusal) in try engine.action(name) }")
      }
      text.line()
      let names = SwiftNames.unique(
        actions.map(\.heading.name),
        taken: SwiftNames.values.union(["action", "hash", "hashValue"]),
        SwiftNames.value
      )
      for (action, constant) in zip(actions, names) {
        let heading = action.heading
        text.documentation(heading.documentation, heading.title)
        if let note = heading.annotation("deprecated") {
          text.line(
            "@available(*, deprecated, message: \(SwiftText.literal(note.arguments.first ?? "")))"
          )
        }
        text.line("static let \(constant) = \(name)(\(SwiftText.literal(action.path)))")
      }
      text.line()
      resource.append(to: &text)
    }
  }
}
