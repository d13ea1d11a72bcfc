import PolicyEngine
import PolicyModel

/// Says sets of actions by the groups and services that are wholly in them.
///
/// Services and action groups are actions of Cedar that others are in: `Action::"device"` and
/// `Action::"device.read"`. A service's name has no `.`, and within a service the names of actions
/// and groups are unique, so no two are called alike.
struct CedarActions: Sendable {
  private let catalogue: Catalogue
  /// For the first action of them, the groups that begin there, the largest first.
  private let groups: [Int: [ActionGroup]]

  init(_ catalogue: Catalogue) {
    self.catalogue = catalogue
    groups = Dictionary(grouping: catalogue.groups) { $0.actions.lowerBound }
      .mapValues { $0.sorted { $0.actions.count > $1.actions.count } }
  }

  /// The name of a group of actions.
  func name(_ group: String, of service: ServiceIndex) -> String {
    "\(catalogue.services[service].heading.name).\(group)"
  }

  /// What an action is in: its innermost group, or its service.
  func parent(_ action: Action) -> String {
    action.groups.last.map { name($0, of: action.service) }
      ?? catalogue.services[action.service].heading.name
  }

  /// The action part of the head of a policy: nothing for all actions, or a few entities.
  ///
  /// - Complexity: O(services + actions named).
  func head(_ actions: ActionSet) -> [String] {
    guard actions.count < catalogue.actions.count else { return [] }
    var names: [String] = []
    var rest = actions.ranges[...]
    for service in catalogue.services.elements {
      let own = service.actions
      while let first = rest.first, first.upperBound <= own.lowerBound { rest.removeFirst() }
      for range in rest {
        if range.lowerBound >= own.upperBound { break }
        let part = range.clamped(to: own)
        names += part == own && own.count > 1 ? [service.heading.name] : members(part)
      }
    }
    return names.map { CedarNames.entity(CedarType.action, $0) }
  }

  /// The largest groups that make up a run of actions of one service, and the actions between.
  private func members(_ range: Range<Int>) -> [String] {
    var names: [String] = []
    var position = range.lowerBound
    while position < range.upperBound {
      let whole = groups[position]?.first {
        $0.actions.count > 1 && $0.actions.upperBound <= range.upperBound
      }
      if let whole {
        names.append(name(whole.heading.name, of: whole.service))
        position = whole.actions.upperBound
      } else {
        names.append(catalogue.actions[ActionIndex(position)].path)
        position += 1
      }
    }
    return names
  }

  /// A service or group with the one it is in.
  struct Parent: Sendable {
    let name: String
    let parent: String?
  }

  /// Every service and group that has actions, outer ones first, in the order of the catalogue.
  var parents: [Parent] {
    var result: [Parent] = []
    for service in catalogue.services.elements {
      result.append(Parent(name: service.heading.name, parent: nil))
      var seen: Set<[UInt8]> = []
      for position in service.actions {
        let action = catalogue.actions[ActionIndex(position)]
        var outer = service.heading.name
        for group in action.groups {
          let own = name(group, of: action.service)
          if seen.insert(Array(group.utf8)).inserted {
            result.append(Parent(name: own, parent: outer))
          }
          outer = own
        }
      }
    }
    return result
  }
}
