package import PolicyEngine
import PolicyModel

/// Who is in which groups, by what the set declares.
struct Memberships {
  private let listing: [PrincipalID: [GroupIndex]]
  private let containing: [[GroupIndex]]

  /// - Complexity: O(members + nested groups).
  init(_ groups: Table<GroupIndex, Group>) {
    var listing: [PrincipalID: [GroupIndex]] = [:]
    var containing = [[GroupIndex]](repeating: [], count: groups.count)
    for index in groups.indices {
      for id in groups[index].members { listing[id, default: []].append(index) }
      for nested in groups[index].groups { containing[nested.position].append(index) }
    }
    self.listing = listing
    self.containing = containing
  }

  /// Some groups and all that contain one of them.
  ///
  /// - Complexity: O(groups found and their containers).
  func containers(of groups: [GroupIndex]) -> Set<GroupIndex> {
    var found = Set(groups)
    var waiting = groups
    while let group = waiting.popLast() {
      for outer in containing[group.position] where found.insert(outer).inserted {
        waiting.append(outer)
      }
    }
    return found
  }

  /// The groups that have a principal among their members, directly or through others.
  func groups(of id: PrincipalID) -> Set<GroupIndex> { containers(of: listing[id] ?? []) }

  /// Everyone who is a listed member of a group, in order.
  var principals: [PrincipalID] { listing.keys.sorted(by: PrincipalID.precedes) }
}

extension Table<GroupIndex, Group> {
  /// The open groups whose members are members of a group: itself, or those nested in it.
  func openGroups(in group: GroupIndex) -> [GroupIndex] {
    groups(in: group).filter { self[$0].isOpen }
  }

  /// The groups whose members are members of a group: itself and those nested in it, in order.
  package func groups(in group: GroupIndex) -> [GroupIndex] {
    var found: Set<GroupIndex> = [group]
    var waiting = [group]
    while let group = waiting.popLast() {
      for nested in self[group].groups where found.insert(nested).inserted {
        waiting.append(nested)
      }
    }
    return found.sorted()
  }
}

extension PrincipalID {
  /// By kind, then by the bytes of the id.
  package static func precedes(_ left: PrincipalID, _ right: PrincipalID) -> Bool {
    left.kind == right.kind
      ? left.id.utf8.lexicographicallyPrecedes(right.id.utf8)
      : left.kind.rawValue < right.kind.rawValue
  }
}
