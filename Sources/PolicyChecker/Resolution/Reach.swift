import PolicyEngine
import PolicyModel
import PolicySyntax

// What a pattern reaches, given the `@explicit` marks of the catalogue.
extension Checker {
  /// What a member stands for; `isNamed` says that its service was named too, not starred.
  func matches(of member: Member, isNamed: Bool) -> PatternParts {
    switch member {
    case .action(let action):
      let range = action.position..<action.position + 1
      return PatternParts(
        matched: [range],
        reached: isNamed ? [range] : reach(range, within: nil)
      )
    case .group(let position):
      let group = set.catalogue.groups[position]
      guard !group.actions.isEmpty else { return PatternParts() }
      return PatternParts(
        matched: [group.actions],
        reached: reach(group.actions, within: isNamed ? group.heading.name : nil)
      )
    }
  }

  func everything(in range: Range<Int>) -> PatternParts {
    guard !range.isEmpty else { return PatternParts() }
    return PatternParts(matched: [range], reached: reach(range, within: nil))
  }

  func globbed(_ site: Site, in range: Range<Int>) -> PatternParts {
    let pattern = LikePattern(runs: trees[site.tree].globRuns(site.node))
    let found = range.filter { position in
      pattern.matches(set.catalogue.actions[ActionIndex(position)].heading.name)
    }.map { $0..<$0 + 1 }
    return PatternParts(matched: found, reached: found.flatMap { reach($0, within: nil) })
  }

  /// The actions of a range that an allow reaches through a star, or through the named group.
  ///
  /// - Complexity: O(hidden actions in the range + log of all that are hidden).
  private func reach(_ range: Range<Int>, within group: String?) -> [Range<Int>] {
    var result: [Range<Int>] = []
    var lower = range.lowerBound
    var index = hiddenActions.partitionPoint { $0 >= range.lowerBound }
    while index < hiddenActions.count, hiddenActions[index] < range.upperBound {
      let position = hiddenActions[index]
      index += 1
      guard isExplicit(ActionIndex(position), within: group) else { continue }
      if lower < position { result.append(lower..<position) }
      lower = position + 1
    }
    if lower < range.upperBound { result.append(lower..<range.upperBound) }
    return result
  }

  /// Notes which actions are hidden from stars, once the catalogue is complete.
  mutating func hideExplicitActions() {
    hiddenActions = set.catalogue.actions.indices.map(\.position)
      .filter { isExplicit(ActionIndex($0), within: nil) }
  }

  /// Whether an action, or a group around it strictly inside the named one, is marked `@explicit`.
  private func isExplicit(_ action: ActionIndex, within group: String?) -> Bool {
    let action = set.catalogue.actions[action]
    if action.isExplicit { return true }
    let inner = group.flatMap { action.groups.firstIndex(of: $0) }.map { $0 + 1 } ?? 0
    return action.groups[inner...].contains { name in
      guard case .group(let position)? = memberNames[action.service.position][name] else {
        return false
      }
      return set.catalogue.groups[position].isExplicit
    }
  }
}

extension [Int] {
  /// The first position in a sorted array whose element satisfies a condition that all later ones
  /// satisfy too.
  ///
  /// - Complexity: O(log count).
  fileprivate func partitionPoint(_ isBeyond: (Int) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if isBeyond(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
