import PolicyEngine
import PolicyModel

/// The catalogue of a lock: all actions in their groups, and the attributes that conditions read.
struct LockCatalogue {
  private let set: PolicySet
  private let attributes: [AttributeIndex]

  init(_ set: PolicySet, reading terms: Set<Term>) {
    self.set = set
    attributes = terms.compactMap { if case .attribute(let index) = $0 { index } else { nil } }
      .sorted {
        precedes(set.catalogue.attributes[$0].path, set.catalogue.attributes[$1].path)
      }
  }

  var text: String {
    var text = "catalogue access {\n"
    for space in AttributeSpace.allCases {
      let own = attributes.filter { index in
        let attribute = set.catalogue.attributes[index]
        return attribute.space == space && attribute.services == nil
      }
      text += block(space.rawValue, own, "  ")
    }
    let services = set.catalogue.services.indices.sorted {
      precedes(set.catalogue.services[$0].heading.name, set.catalogue.services[$1].heading.name)
    }
    for index in services {
      let service = set.catalogue.services[index]
      let own = attributes.filter {
        set.catalogue.attributes[$0].services?.contains(index) ?? false
      }
      text += "  service \(describe(name: service.heading.name)) {\n"
      text += block("resource", own, "    ")
      text += members(service.actions.map { ActionIndex($0) }, 0, "    ")
      text += "  }\n"
    }
    return text + "}\n"
  }

  private func block(_ name: String, _ attributes: [AttributeIndex], _ indent: String) -> String {
    guard !attributes.isEmpty else { return "" }
    let lines = attributes.map { index in
      let attribute = set.catalogue.attributes[index]
      return "\(indent)  \(describe(name: attribute.heading.name)): \(type(attribute.type))\n"
    }
    return "\(indent)\(name) {\n\(lines.joined())\(indent)}\n"
  }

  private func type(_ type: AttributeType) -> String {
    guard case .oneOf(let words) = type else { return type.word }
    return words.map { describe(string: $0) }.sorted(by: precedes).joined(separator: " | ")
  }

  /// Actions and groups in the order of their names, actions of a run on one line.
  private func members(_ actions: [ActionIndex], _ depth: Int, _ indent: String) -> String {
    var names: [String] = []
    var inside: [String: [ActionIndex]] = [:]
    for index in actions {
      let action = set.catalogue.actions[index]
      if action.groups.count > depth {
        inside[action.groups[depth], default: []].append(index)
      } else {
        names.append(describe(name: action.heading.name))
      }
    }
    var text = ""
    if !names.isEmpty {
      text += names.sorted(by: precedes).map { "\(indent)\($0)\n" }.joined()
    }
    for group in inside.keys.sorted(by: precedes) {
      text += "\(indent)\(describe(name: group)) {\n"
      text += members(inside[group] ?? [], depth + 1, indent + "  ")
      text += "\(indent)}\n"
    }
    return text
  }
}
