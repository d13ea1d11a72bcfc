import PolicyEngine
import PolicyModel

/// All that a policy says about actions, with what it includes, in Markdown.
struct PermissionSet {
  /// What the rules of a policy make of an action.
  private enum Cell: Int, CaseIterable {
    case allowed, allowedOnCondition, deniedOnCondition, denied

    var title: String {
      switch self {
      case .allowed: "Allowed"
      case .allowedOnCondition: "Allowed on a condition"
      case .deniedOnCondition: "Denied on a condition, allowed by none of its rules"
      case .denied: "Denied"
      }
    }
  }

  let analysis: SetAnalysis
  let policy: PolicyIndex

  private var set: PolicySet { analysis.set }

  /// The rules of the policy and of all that it includes, in the order of the rules.
  private var rules: [RuleIndex] {
    self.set.policies[policy].closure.flatMap { set.policies[$0].rules }.sorted()
  }

  /// - Complexity: O(actions of the rules × rules).
  var markdown: String {
    let cells = cells()
    var parts: [String] = []
    for cell in Cell.allCases {
      // Actions that the same rules decide are one entry.
      let groups = cells.filter { $0.cell == cell }
      guard !groups.isEmpty else { continue }
      let count = groups.reduce(0) { $0 + $1.actions.count }
      let entries = groups.map { group in
        let sources = group.rules.map { index in
          let rule = set.rules[index]
          return
            "`\(rule.id)`\(RuleText.condition(of: rule, in: set)) (\(analysis.place(rule.span)))"
        }
        return "- by " + sources.joined(separator: ", ") + "\n"
          + ActionList.markdown(group.actions, in: set, indent: "  ")
      }
      parts.append(
        "**\(cell.title): \(ActionList.count(count))**\n\n" + entries.joined(separator: "\n")
      )
    }
    if parts.isEmpty { return "It has no rules." }
    return parts.joined(separator: "\n\n")
  }

  private struct Group {
    let cell: Cell
    let rules: [RuleIndex]
    var actions: ActionSet
  }

  private func cells() -> [Group] {
    let rules = rules
    let all = rules.reduce(into: [Range<Int>]()) { $0 += set.rules[$1].actions.ranges }
    var groups: [Group] = []
    var positions: [[RuleIndex]: Int] = [:]
    var ranges: [[Range<Int>]] = []
    for action in ActionSet(all).actions {
      let about = rules.filter { set.rules[$0].actions.contains(action) }
      let position: Int
      if let known = positions[about] {
        position = known
      } else {
        position = groups.count
        positions[about] = position
        groups.append(Group(cell: cell(about), rules: about, actions: ActionSet()))
        ranges.append([])
      }
      ranges[position].append(action.position..<action.position + 1)
    }
    for position in groups.indices { groups[position].actions = ActionSet(ranges[position]) }
    return groups
  }

  private func cell(_ rules: [RuleIndex]) -> Cell {
    func has(_ effect: Effect, always: Bool) -> Bool {
      rules.contains { index in
        let rule = set.rules[index]
        return rule.effect == effect && (rule.guardCondition == nil) == always
      }
    }
    if has(.deny, always: true) { return .denied }
    let isEverDenied = has(.deny, always: false)
    if has(.allow, always: true) { return isEverDenied ? .allowedOnCondition : .allowed }
    return has(.allow, always: false) ? .allowedOnCondition : .deniedOnCondition
  }
}
