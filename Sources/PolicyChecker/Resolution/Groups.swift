import PolicyEngine
import PolicyModel
import PolicySource
import PolicySyntax

extension Checker {
  mutating func resolveGroups() {
    var blocks: [Site?] = []
    var headings: [Heading] = []
    for site in sites(.group) {
      guard let heading = heading(site, on: .group) else { continue }
      if let first = groupNames[heading.name] {
        report(DuplicateDeclaration.of("group", heading, first: headings[first.position].nameSpan))
        continue
      }
      groupNames[heading.name] = GroupIndex(headings.count)
      headings.append(heading)
      blocks.append(first(site, .groupBlock))
    }
    let bodies = blocks.map { block in block.map { nodes($0, .memberSubject) } }
    // Names first: a group may be declared after the one that contains it.
    set.groups = Table(
      headings.map { Group(heading: $0, isOpen: true, members: [], groups: []) }
    )
    var resolved: [Group] = []
    for (heading, body) in zip(headings, bodies) {
      var members: [PrincipalID] = []
      var nested: [GroupIndex] = []
      for site in body ?? [] {
        if has(site, .group) {
          if let nameSite = first(site, .name), let index = group(nameSite) { nested.append(index) }
        } else if let id = principalID(site) {
          members.append(id)
        }
      }
      resolved.append(
        Group(heading: heading, isOpen: body == nil, members: members, groups: nested)
      )
    }
    let traversal = traverse(count: resolved.count) { resolved[$0].groups.map(\.position) }
    for cycle in traversal.cycles {
      report(GroupCycle.of(cycle.map { resolved[$0].heading }))
    }
    if traversal.cycles.isEmpty {
      reportDepth(headings, bodies, traversal.depths { resolved[$0].groups.map(\.position) })
    }
    set.groups = Table(resolved)
  }

  /// Reports groups that go one level beyond the limit; what is around them goes there too.
  private mutating func reportDepth(_ headings: [Heading], _ bodies: [[Site]?], _ depths: [Int]) {
    for (position, body) in bodies.enumerated() where depths[position] == inclusionLimit + 1 {
      let names = (body ?? []).filter { has($0, .group) }.compactMap { self.first($0, .name) }
      let deep = names.first { nameSite in
        groupNames[name(nameSite)].map { depths[$0.position] == inclusionLimit } ?? false
      }
      if let deep { report(GroupTooDeep.at(span(deep), in: headings[position])) }
    }
  }

  /// The group that a name stands for.
  mutating func group(_ site: Site) -> GroupIndex? {
    guard let index = groupNames[name(site)] else {
      report(UnknownGroup.at(span(site), name: name(site), known: Array(groupNames.keys)))
      return nil
    }
    noteUse(.group(index), of: set.groups[index].heading, as: "group", at: span(site))
    return index
  }

  /// The subject that a `subject` node or a `memberSubject` names.
  mutating func subject(_ site: Site) -> Subject? {
    if has(site, .everyone) { return .everyone }
    if has(site, .anonymous) { return .anonymous }
    let member = kind(site) == .subject ? first(site, .memberSubject) ?? site : site
    if has(member, .group) {
      guard let nameSite = first(member, .name) else { return nil }
      return group(nameSite).map { .group($0) }
    }
    return principalID(member).map { .principal($0) }
  }
}
