/// How the members of a group changed.
struct GroupChange {
  /// Somebody is a member, or perhaps one, who was not as surely.
  var hasGrown = false
  /// Somebody is no longer a member as surely as before.
  var hasShrunk = false
}

/// How the groups of two artifacts differ, by their names.
struct GroupChanges {
  private let sources: [Set<Source>]
  private let oldSources: [Set<Source>]

  /// - Complexity: O(principals × the groups that each is in).
  init(_ names: CommonNames) {
    sources = Self.sources(names.new, names.newPrincipals, names.newGroups)
    oldSources = Self.sources(names.old, names.oldPrincipals, names.oldGroups)
  }

  /// How a group changed, by its positions; nil is a group that is not there.
  func change(of group: Int?, _ oldGroup: Int?) -> GroupChange {
    let now = group.map { sources[$0] } ?? []
    let then = oldGroup.map { oldSources[$0] } ?? []
    return GroupChange(hasGrown: !now.isSubset(of: then), hasShrunk: !then.isSubset(of: now))
  }

  /// What puts a principal into a group, surely or perhaps.
  private enum Source: Hashable {
    /// That it is this one.
    case principal(UInt32)
    /// That it is stated to be in this open group.
    case open(UInt32)
    /// That its groups are not stated.
    case unstated
    /// That it is not known which user it is.
    case someUser
    /// That it is not known which service account it is.
    case someServiceAccount
  }

  /// By group, as memberships are worked out (`Tables.memberships`).
  private static func sources(
    _ tables: Tables,
    _ principals: [CommonNames.Principal],
    _ groups: [UInt32]
  ) -> [Set<Source>] {
    var found = [Set<Source>](repeating: [], count: tables.groups.count)
    func add(_ source: Source, _ run: Range<Int>) {
      for index in run { found[Int(tables.groupLists[index])].insert(source) }
    }
    for principal in principals {
      add(.principal(principal.number), tables.principals[principal.index].groups.range)
    }
    for index in tables.groups.indices where tables.groups[index].flags & GroupFlag.isOpen != 0 {
      add(.open(groups[index]), tables.groups[index].containers.range)
    }
    add(.unstated, tables.run(.openGroupStart, .openGroupCount))
    add(.someUser, tables.run(.userGroupStart, .userGroupCount))
    add(.someServiceAccount, tables.run(.serviceAccountGroupStart, .serviceAccountGroupCount))
    return found
  }
}
