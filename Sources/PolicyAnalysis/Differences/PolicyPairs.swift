package import PolicyModel
import PolicyCompiler
package import PolicyEngine

/// A policy before and after, as the joined set knows it; nil on the side that lacks it.
package struct PolicyPair: Hashable, Sendable {
  package let old: PolicyIndex?
  package let new: PolicyIndex?

  package subscript(side: Side) -> PolicyIndex? { side == .old ? old : new }

  /// Whether both sides have it under different names.
  package func isRenamed(in set: PolicySet) -> Bool {
    guard let old, let new else { return false }
    return !set.policies[old].heading.name.utf8.elementsEqual(set.policies[new].heading.name.utf8)
  }
}

/// Which policies of two sets are the same ones.
struct PolicyPairs {
  /// Those of the new set in its order, then those that are gone, in the order of the old set.
  let pairs: [PolicyPair]
  /// The pair of each policy of the joined set.
  let pairOf: [Int]

  /// Matches policies by name, and those that are left by equal cells: they were renamed.
  ///
  /// A policy that decides nothing is matched by name only.
  /// - Complexity: O(policies + runs of those without a namesake).
  init(_ joined: JoinedSets, _ cells: Table<PolicyIndex, [CellRun]>) {
    let set = joined.set
    let all = set.policies.indices
    let olds = all.prefix(joined.firstNew.policy)
    let news = all.dropFirst(joined.firstNew.policy)
    var named: [String: PolicyIndex] = [:]
    for old in olds { named[set.policies[old].heading.name] = old }
    var partner: [PolicyIndex: PolicyIndex] = [:]
    for new in news { partner[new] = named[set.policies[new].heading.name] }
    let taken = Set(partner.values)
    func key(_ policy: PolicyIndex) -> [CellRun] {
      cells[policy].flatMap { run in
        ActionSet([run.actions]).intersection(joined.common).ranges.map {
          CellRun(actions: $0, cell: run.cell)
        }
      }
    }
    var waiting: [[CellRun]: [PolicyIndex]] = [:]
    for old in olds.reversed() where !taken.contains(old) {
      let key = key(old)
      if !key.isEmpty { waiting[key, default: []].append(old) }
    }
    for new in news where partner[new] == nil {
      if let old = waiting[key(new)]?.popLast() { partner[new] = old }
    }
    let kept = Set(partner.values)
    let pairs =
      news.map { PolicyPair(old: partner[$0], new: $0) }
      + olds.filter { !kept.contains($0) }.map { PolicyPair(old: $0, new: nil) }
    var pairOf = [Int](repeating: 0, count: all.count)
    for (index, pair) in pairs.enumerated() {
      if let old = pair.old { pairOf[old.position] = index }
      if let new = pair.new { pairOf[new.position] = index }
    }
    self.pairs = pairs
    self.pairOf = pairOf
  }
}
