import PolicyCompiler
import PolicyEngine
import PolicyModel

/// Somebody to whom the two sets give different policies.
struct Party {
  let who: Scenario.Who
  let words: String
  let isAnonymous: Bool
  /// All that the sets give.
  let forces: Forces
  /// The policies whose force changed, everyone's left out.
  let changed: [PolicyPair]

  /// The pieces in which a changed policy says something.
  func pieces(_ judge: inout ChangeJudge, within common: ActionSet) -> [Piece] {
    let policies = forces.policies
    var sums = SidePair(forces, forces)
    // A side's own cells, in force as they are there but for the changed policies, which are in
    // force as they are on the other side.
    for side in Side.allCases {
      for pair in changed {
        guard let own = pair[side] else { continue }
        let force = pair[side.other].flatMap { forces[side.other][$0] } ?? .no
        if side == .old { sums.old.old[own] = force } else { sums.new.new[own] = force }
      }
    }
    let touched = Set(changed.flatMap { [$0.old, $0.new].compactMap { $0 } })
    var positions: [PolicyIndex] = policies
    for pair in changed {
      for policy in [pair.old, pair.new].compactMap({ $0 }) where !positions.contains(policy) {
        positions.append(policy)
      }
    }
    let known = judge.known(who)
    var result = Pieces()
    for segment in segments(positions, judge.finder.diagrams.cells, within: common) {
      let isTouched = zip(positions, segment.cells).contains { policy, cell in
        cell != .nothing && touched.contains(policy)
      }
      guard isTouched else { continue }
      func decision(_ given: [PolicyIndex: Diagram]) -> Diagram {
        judge.finder.decision(
          zip(positions, segment.cells).map { (force: given[$0] ?? .no, cell: $1) }
        )
      }
      let old = decision(forces.old)
      let new = decision(forces.new)
      let newUndone = decision(sums.new.new)
      let oldUndone = decision(sums.old.old)
      let situation = Situation(
        widening: Passage(before: old, between: newUndone, after: new),
        narrowing: Passage(before: new, between: oldUndone, after: old),
        known: known,
        isAnonymous: isAnonymous
      )
      result.add(segment.actions, situation, Causes([], []))
    }
    return result.all
  }
}

/// What the assignments of both sets give to whom.
struct Directory {
  let everyone: [AssignmentIndex]
  let anonymous: [AssignmentIndex]
  private let joined: JoinedSets
  private let reaches: [Diagram]
  private let memberships: Memberships
  private var direct: [PrincipalID: [AssignmentIndex]] = [:]
  private var ofGroup: [GroupIndex: [AssignmentIndex]] = [:]

  /// - Complexity: O(assignments and members).
  init(_ joined: JoinedSets, _ finder: inout GainFinder) {
    self.joined = joined
    let set = joined.set
    memberships = Memberships(set.groups)
    var everyone: [AssignmentIndex] = []
    var anonymous: [AssignmentIndex] = []
    for index in set.assignments.indices {
      var isForEveryone = false
      var isForAnonymous = false
      for subject in set.assignments[index].subjects {
        switch subject {
        case .everyone: isForEveryone = true
        case .anonymous: isForAnonymous = true
        case .principal(let id): direct[id, default: []].append(index)
        case .group(let group): ofGroup[group, default: []].append(index)
        }
      }
      if isForEveryone { everyone.append(index) }
      if isForEveryone || isForAnonymous { anonymous.append(index) }
    }
    self.everyone = everyone
    self.anonymous = anonymous
    reaches = finder.withStore { diagrams in
      set.assignments.indices.map { diagrams.reach(of: $0, in: set) }
    }
  }

  /// When some assignments give which policies.
  func forces(of assignments: [AssignmentIndex], _ finder: inout GainFinder) -> Forces {
    var forces = Forces()
    for index in assignments {
      for policy in joined.set.assignments[index].policies {
        let reach = reaches[index.position]
        if joined.side(index) == .old {
          forces.old[policy] = forces.old[policy].map { finder.union($0, reach) } ?? reach
        } else {
          forces.new[policy] = forces.new[policy].map { finder.union($0, reach) } ?? reach
        }
      }
    }
    return forces
  }

  /// Everybody whose policies, or when they are in force, changed.
  ///
  /// Principals whom neither assignments nor conditions tell apart are one party.
  func changedParties(_ judge: inout ChangeJudge, _ pairs: PolicyPairs) -> [Party] {
    struct Key: Hashable {
      let assignments: [AssignmentIndex]
      let known: Diagram
    }
    let shared = forces(of: everyone, &judge.finder)
    let sharedChanges = changed(shared, pairs)
    var parties: [Party] = []
    if !sharedChanges.isEmpty {
      parties.append(
        Party(
          who: .anyone,
          words: "everyone",
          isAnonymous: false,
          forces: shared,
          changed: sharedChanges
        )
      )
    }
    func add(_ who: Scenario.Who, _ words: String, _ assignments: [AssignmentIndex]) {
      let all = forces(of: assignments, &judge.finder)
      // What changed for everyone is told of everyone, unless it is more that changed here.
      let own = changed(all, pairs).filter { pair in
        Side.allCases.contains { side in
          pair[side].map { all[side][$0] != shared[side][$0] } ?? false
        }
      }
      guard !own.isEmpty else { return }
      parties.append(
        Party(
          who: who,
          words: words,
          isAnonymous: who == .anonymous,
          forces: all,
          changed: own
        )
      )
    }
    let anonymousForces = forces(of: anonymous, &judge.finder)
    let anonymousChanges = changed(anonymousForces, pairs)
    if !anonymousChanges.isEmpty {
      parties.append(
        Party(
          who: .anonymous,
          words: "anonymous",
          isAnonymous: true,
          forces: anonymousForces,
          changed: anonymousChanges
        )
      )
    }
    for group in joined.set.groups.indices where joined.set.groups[group].isOpen {
      let around = memberships.containers(of: [group])
      let given = around.flatMap { ofGroup[$0] ?? [] }
      guard !given.isEmpty else { continue }
      add(
        .member(group, in: around),
        "group \(joined.set.groups[group].heading.name)",
        Set(given + everyone).sorted()
      )
    }
    var classes: [Key: (who: Scenario.Who, names: [String])] = [:]
    var order: [Key] = []
    let principals = Set(direct.keys).union(memberships.principals)
    for id in principals.sorted(by: PrincipalID.precedes) {
      let groups = memberships.groups(of: id)
      let given = (direct[id] ?? []) + groups.flatMap { ofGroup[$0] ?? [] }
      guard !given.isEmpty else { continue }
      let who = Scenario.Who.principal(id, in: groups)
      let key = Key(assignments: Set(given + everyone).sorted(), known: judge.known(who))
      if classes[key] == nil {
        order.append(key)
        classes[key] = (who, [])
      }
      classes[key]?.names.append(describe(id))
    }
    for key in order {
      guard let (who, names) = classes[key] else { continue }
      let shown = names.prefix(3).joined(separator: ", ")
      add(who, names.count > 3 ? "\(shown) and \(names.count - 3) more" : shown, key.assignments)
    }
    return parties
  }

  /// The policies that are not in force on both sides under the same circumstances.
  private func changed(_ forces: Forces, _ pairs: PolicyPairs) -> [PolicyPair] {
    let positions = Set(forces.policies.map { pairs.pairOf[$0.position] }).sorted()
    return positions.map { pairs.pairs[$0] }.filter { pair in
      let old = pair.old.flatMap { forces.old[$0] } ?? .no
      let new = pair.new.flatMap { forces.new[$0] } ?? .no
      return old != new
    }
  }
}
