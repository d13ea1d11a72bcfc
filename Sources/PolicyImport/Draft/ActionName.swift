/// An action by its service and its own name; its path is both with a dot between.
///
/// The service of a path ends at the first dot, since the name of a service has none in it. So any
/// text of another system can be the path of an action, and each is that of one action only.
package struct ActionName: Hashable, Comparable, Sendable {
  package let service: Name
  package let action: Name

  init(service: Name, action: Name) {
    self.service = service
    self.action = action
  }

  /// The action of a path; nil where a part would be empty or no name.
  package init?(path: String) {
    guard let dot = path.utf8.firstIndex(of: UInt8(ascii: ".")) else { return nil }
    service = Name(String(path[..<dot]))
    action = Name(String(path[path.utf8.index(after: dot)...]))
    guard service.isSayable, action.isSayable else { return nil }
  }

  package var path: String { "\(service.text).\(action.text)" }

  package static func < (left: ActionName, right: ActionName) -> Bool {
    left.service == right.service ? left.action < right.action : left.service < right.service
  }

  /// Patterns that name exactly these actions: services with the same list share one.
  ///
  /// - Complexity: O(n log n).
  static func patterns(of actions: some Sequence<ActionName>) -> String {
    var lists: [Name: [Name]] = [:]
    for action in Set(actions).sorted() { lists[action.service, default: []].append(action.action) }
    var services: [[Name]: [Name]] = [:]
    for service in lists.keys.sorted() {
      services[lists[service] ?? [], default: []].append(service)
    }
    return
      services
      .sorted { ($0.value.first ?? Name("")) < ($1.value.first ?? Name("")) }
      .map { "\(braced($0.value)).\(braced($0.key))" }
      .joined(separator: ", ")
  }

  private static func braced(_ names: [Name]) -> String {
    let written = names.map(\.written)
    return written.count == 1 ? written[0] : "{" + written.joined(separator: ", ") + "}"
  }
}
