import PolicyEngine
import PolicyModel

/// An enumeration of names: the policies, the open groups or the units.
struct NameText {
  private struct Name {
    let text: String
    let documentation: String?
    let title: String?
  }

  private let type: String
  private let documentation: String
  private let names: [Name]

  private init(_ type: String, _ documentation: String, _ names: [Name]) {
    self.type = type
    self.documentation = documentation
    self.names = names
  }

  /// The enumerations of a policy set.
  static func all(in set: PolicySet) -> [NameText] {
    func name(_ heading: Heading, _ text: String) -> Name {
      Name(text: text, documentation: heading.documentation, title: heading.title)
    }
    return [
      NameText(
        "Policy",
        "The policies and roles.",
        set.policies.elements.map { name($0.heading, $0.heading.name) }
      ),
      NameText(
        "Group",
        "The open groups: requests say who is in them.",
        set.groups.elements.filter(\.isOpen).map { name($0.heading, $0.heading.name) }
      ),
      NameText(
        "Unit",
        "The organisational units.",
        set.units.elements.map { name($0.heading, $0.path) }
      ),
    ]
  }

  func append(to text: inout SwiftText) {
    text.documentation(documentation)
    guard !names.isEmpty else {
      // An enumeration with a raw type has at least one case.
      return text.block("enum \(type): Hashable, Sendable") { text in
        text.line("var rawValue: String { switch self {} }")
      }
    }
    let constants = SwiftNames.unique(
      names.map(\.text),
      taken: ["rawValue", "allCases", "hash"],
      SwiftNames.value
    )
    text.block("enum \(type): String, CaseIterable, Sendable") { text in
      for (name, constant) in zip(names, constants) {
        text.documentation(name.documentation, name.title)
        text.line("case \(constant) = \(SwiftText.literal(name.text))")
      }
    }
  }
}
