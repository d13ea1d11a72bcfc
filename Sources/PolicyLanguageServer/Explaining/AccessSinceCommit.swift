import PolicyAnalysis
import PolicyEngine
import PolicyModel

/// How the access that a policy gives differs from that in the last commit.
struct AccessSinceCommit {
  /// Its actions by the way in which access to them changed, in words.
  private var lines: [(words: String, actions: ActionSet, isNew: Bool)] = []
  private let set: PolicySet
  private var isNewPolicy = false

  init(_ policy: PolicyIndex, _ difference: Difference, in analysis: SetAnalysis) {
    set = difference.joined.set
    func isMeant(_ pair: PolicyPair) -> Bool {
      pair.new.map { difference.joined.own($0).policy == policy } ?? false
    }
    for change in difference.changes {
      for case .policy(let pair) in change.subjects where isMeant(pair) {
        if pair.old == nil { isNewPolicy = true }
        lines.append((change.kind.rawValue, change.actions, false))
      }
    }
    for growth in difference.gained where growth.policies.contains(where: isMeant) {
      lines.append(("widened by the catalogue", growth.actions, true))
    }
    for loss in difference.lost where loss.policies.contains(where: isMeant) {
      lines.append(("narrowed by the catalogue", loss.actions, true))
    }
  }

  /// One line; nil where nothing changed.
  var title: String? {
    guard !lines.isEmpty else { return nil }
    let parts = lines.map { "\($0.words) for \(ActionList.count($0.actions))" }
    let start = isNewPolicy ? "new since the last commit: " : "since the last commit: "
    return start + parts.joined(separator: ", ")
  }

  /// The actions, a line for each way in which access changed.
  var details: [String] {
    lines.map { line in
      let names = line.actions.actions.prefix(ActionList.longest)
        .map { set.catalogue.actions[$0].path }
      let more = line.actions.count - names.count
      return "\(line.words): " + names.joined(separator: ", ")
        + (more > 0 ? " and \(more) more" : "")
    }
  }
}
