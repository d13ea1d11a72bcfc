import PolicyEngine
import PolicyModel

/// The units of two policy sets as one forest.
///
/// A unit that only one set declares is, for the other, part of the nearest unit above it.
struct JoinedUnits {
  private(set) var units = Table<UnitIndex, Unit>()
  private(set) var own: SidePair<[UnitIndex]> = SidePair([], [])

  /// - Complexity: O(units of both).
  init(_ sets: SidePair<PolicySet>) {
    var declared: [String: Unit] = [:]
    var roots: [String] = []
    var children: [String: [String]] = [:]
    for side in [Side.new, .old] {
      let table = sets[side].units
      for unit in table.elements where declared[unit.path] == nil {
        declared[unit.path] = unit
        if let parent = unit.parent {
          children[table[parent].path, default: []].append(unit.path)
        } else {
          roots.append(unit.path)
        }
      }
    }
    var joined: [String: UnitIndex] = [:]
    // In preorder, with a stack of our own; an entry without a path ends the subtree of a unit.
    var waiting: [(path: String?, unit: UnitIndex?)] = roots.reversed().map { ($0, nil) }
    while let (path, above) = waiting.popLast() {
      guard let path, let unit = declared[path] else {
        if let above {
          units[above].subtree = above.position..<units.count
        }
        continue
      }
      let index = units.append(
        Unit(heading: unit.heading, path: path, parent: above, subtree: 0..<0)
      )
      joined[path] = index
      waiting.append((nil, index))
      waiting += (children[path] ?? []).reversed().map { ($0, index) }
    }
    for side in Side.allCases {
      own[side] = sets[side].units.elements.compactMap { joined[$0.path] }
    }
  }
}

/// The groups of two policy sets as one table.
///
/// An open group of both is one, and so is a group that both declare with the same members. A group
/// whose members changed is two.
struct JoinedGroups {
  private(set) var groups = Table<GroupIndex, Group>()
  private(set) var own: SidePair<[GroupIndex]> = SidePair([], [])

  /// - Complexity: O(groups and members of both).
  init(_ sets: SidePair<PolicySet>) {
    let equals = Self.equals(sets)
    let new = sets[.new].groups
    own[.new] = new.indices
    var count = new.count
    for index in sets[.old].groups.indices {
      if let equal = equals[index] {
        own[.old].append(equal)
      } else {
        own[.old].append(GroupIndex(count))
        count += 1
      }
    }
    var joined = [Group?](repeating: nil, count: count)
    for side in [Side.old, .new] {
      let table = sets[side].groups
      for index in table.indices {
        let group = table[index]
        joined[own[side][index.position].position] = Group(
          heading: group.heading,
          isOpen: group.isOpen,
          members: group.members,
          groups: group.groups.map { own[side][$0.position] }
        )
      }
    }
    groups = Table(joined.compactMap { $0 })
  }

  /// For each group of the old set the one of the new set with its name and its members.
  private static func equals(_ sets: SidePair<PolicySet>) -> [GroupIndex: GroupIndex] {
    let (old, new) = (sets[.old].groups, sets[.new].groups)
    var named: [String: GroupIndex] = [:]
    for index in new.indices { named[new[index].heading.name] = index }
    var equals: [GroupIndex: GroupIndex] = [:]
    for index in old.indices {
      guard let other = named[old[index].heading.name] else { continue }
      let (before, after) = (old[index], new[other])
      if before.isOpen == after.isOpen, Set(before.members) == Set(after.members) {
        equals[index] = other
      }
    }
    // A group that contains one that changed has changed; until no more do.
    var changed = true
    while changed {
      changed = false
      for (index, other) in equals {
        let inside = Set(old[index].groups.map { equals[$0] })
        guard inside != Set(new[other].groups.map { Optional($0) }) else { continue }
        equals[index] = nil
        changed = true
      }
    }
    return equals
  }
}
