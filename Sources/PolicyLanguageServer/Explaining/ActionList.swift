import PolicyEngine
import PolicyModel

/// Actions in words.
enum ActionList {
  /// So many are listed by name.
  static let longest = 60

  static func count(_ actions: ActionSet) -> String { count(actions.count) }

  static func count(_ number: Int) -> String { number == 1 ? "1 action" : "\(number) actions" }

  /// A line of Markdown for each service, its actions by name.
  static func markdown(_ actions: ActionSet, in set: PolicySet, indent: String = "") -> String {
    var lines: [String] = []
    var left = longest
    for (service, names) in byService(actions, in: set) {
      guard left > 0 else { break }
      let shown = names.prefix(left)
      left -= shown.count
      lines.append("\(indent)- `\(service)`: " + shown.map { "`\($0)`" }.joined(separator: ", "))
    }
    if actions.count > longest { lines.append("\(indent)- and \(actions.count - longest) more") }
    return lines.joined(separator: "\n")
  }

  /// The names of actions by their services, both in the order of the catalogue.
  private static func byService(
    _ actions: ActionSet,
    in set: PolicySet
  ) -> [(service: String, names: [String])] {
    var result: [(service: String, names: [String])] = []
    var last: ServiceIndex?
    for index in actions.actions {
      let action = set.catalogue.actions[index]
      if action.service != last {
        last = action.service
        let service = set.catalogue.services[action.service].heading.name
        result.append((describe(name: service), []))
      }
      result[result.count - 1].names.append(describe(name: action.heading.name))
    }
    return result
  }
}
