import PolicyEngine

/// Writes sets of actions as patterns that cover exactly these.
///
/// `*`, `device.*` and `device.read` stand only for actions that are all there; what is left is
/// listed. Services whose parts are equal share a pattern, such as `{device, user}.list`.
package struct ActionPatterns {
  private struct Part: Hashable {
    let service: Int
    let ranges: [Range<Int>]
  }

  private let catalogue: Catalogue
  private let isSorted: Bool
  private var known: [Part: [String]] = [:]
  /// For a member, an action or group, the services that have one of that name.
  private var services: [String: Int] = [:]

  /// Sorted names stand in the order of their bytes, others in that of the catalogue.
  package init(_ catalogue: Catalogue, isSorted: Bool = false) {
    self.catalogue = catalogue
    self.isSorted = isSorted
    for service in catalogue.services.elements {
      var names: Set<String> = []
      for position in service.actions {
        let action = catalogue.actions[ActionIndex(position)]
        names.insert(action.heading.name)
        names.formUnion(action.groups)
      }
      for name in names { services[name, default: 0] += 1 }
    }
  }

  /// - Complexity: O(services touched + actions of those that are not seen again).
  package mutating func patterns(_ actions: ActionSet) -> [String] {
    guard !actions.isEmpty else { return [] }
    if actions.count == catalogue.actions.count { return ["*"] }
    var order: [[String]] = []
    var sharing: [[String]: [String]] = [:]
    var rest = actions.ranges[...]
    for index in catalogue.services.indices {
      let own = catalogue.services[index].actions
      while let first = rest.first, first.upperBound <= own.lowerBound { rest.removeFirst() }
      var ranges: [Range<Int>] = []
      for range in rest {
        if range.lowerBound >= own.upperBound { break }
        ranges.append(range.clamped(to: own))
      }
      guard !ranges.isEmpty else { continue }
      let part = Part(service: index.position, ranges: ranges)
      let members = known[part] ?? members(of: own, ranges)
      known[part] = members
      if sharing[members] == nil { order.append(members) }
      sharing[members, default: []].append(catalogue.services[index].heading.name)
    }
    let patterns = order.map { pattern($0, of: sharing[$0] ?? []) }
    return isSorted
      ? patterns.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) } : patterns
  }

  private func pattern(_ members: [String], of sharing: [String]) -> String {
    let names = ordered(sharing.map { describe(name: $0) })
    let left = names.count == 1 ? names[0] : "{\(names.joined(separator: ", "))}"
    if members.isEmpty { return "\(left).*" }
    let right =
      members.count == 1
      ? describe(name: members[0])
      : "{\(members.map { describe(name: $0) }.joined(separator: ", "))}"
    // Every service that has the member is there.
    let isEverywhere =
      names.count > 1 && members.count == 1 && services[members[0]] == names.count
    return "\(isEverywhere ? "*" : left).\(right)"
  }

  /// The names of the actions and groups that make up some ranges; none for the whole service.
  private func members(of service: Range<Int>, _ ranges: [Range<Int>]) -> [String] {
    if ranges == [service] { return [] }
    let chosen = ActionSet(ranges)
    var names: [String] = []
    func descend(_ actions: [ActionIndex], _ depth: Int) {
      var order: [String] = []
      var inside: [String: [ActionIndex]] = [:]
      for index in actions {
        let action = catalogue.actions[index]
        guard action.groups.count > depth else {
          if chosen.contains(index) { names.append(action.heading.name) }
          continue
        }
        if inside[action.groups[depth]] == nil { order.append(action.groups[depth]) }
        inside[action.groups[depth], default: []].append(index)
      }
      for group in order {
        let actions = inside[group] ?? []
        if actions.allSatisfy({ chosen.contains($0) }) {
          names.append(group)
        } else {
          descend(actions, depth + 1)
        }
      }
    }
    descend(service.map { ActionIndex($0) }, 0)
    return ordered(names)
  }

  private func ordered(_ names: [String]) -> [String] {
    isSorted ? names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) } : names
  }
}
