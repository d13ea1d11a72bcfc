import PolicyAnalysis
import PolicyEngine
import PolicyModel

/// Whom a group has in the end: all principals and open groups that it comes to.
struct FlatGroup {
  /// Each once, in the order of the groups and of what they list.
  let members: [PrincipalID]
  let openGroups: [GroupIndex]

  /// - Complexity: O(members of the group and of all in it).
  init(_ group: GroupIndex, in set: PolicySet) {
    let groups = set.groups.groups(in: group)
    var seen: Set<PrincipalID> = []
    members = groups.flatMap { set.groups[$0].members }.filter { seen.insert($0).inserted }
    openGroups = groups.filter { set.groups[$0].isOpen }
  }
}
