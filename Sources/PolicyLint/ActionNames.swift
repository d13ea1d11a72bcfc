import PolicyEngine
import PolicyModel

extension PolicySet {
  /// Actions in words: the first in backquotes, and how many more there are.
  func named(_ actions: ActionSet) -> String {
    guard let first = actions.ranges.first?.lowerBound else { return "nothing" }
    let name = "`\(catalogue.actions[ActionIndex(first)].path)`"
    switch actions.count - 1 {
    case 0: return name
    case 1: return "\(name) and one more action"
    case let more: return "\(name) and \(more) more actions"
    }
  }

  /// The actions of the catalogue that something is true of.
  func actions(where isIncluded: (Action) -> Bool) -> ActionSet {
    ActionSet(
      catalogue.actions.indices.filter { isIncluded(catalogue.actions[$0]) }
        .map { $0.position..<$0.position + 1 }
    )
  }
}
