import PolicyCompiler
import PolicyEngine
package import PolicyModel

/// Finds out exactly what access differs between two policy sets that check.
///
/// Both sets' diagrams are in one store, so that equal cells are one node, and only what differs is
/// looked at: cells of policies, and what assignments give to principals. Each change is judged for
/// somebody who holds the policy and what everyone holds, or who is the principal: a change that
/// another rule hides from everybody is none. Every change that is reported is shown by a request,
/// which the interpreters of both sets have decided.
/// - Complexity: About O(n log n) in the size of both, and a search for each change that is found.
package func compare(_ old: PolicySet, _ new: PolicySet) -> Difference {
  compare(JoinedSets(old: old, new: new))
}

/// Finds out what access differs between two joined sets.
///
/// The search ends with the first change where that is enough. Where nothing is assumed, principals may
/// be anyone and in any groups, so that what is found not to differ does not for requests either that
/// leave open who makes them.
func compare(
  _ joined: JoinedSets,
  isFirstEnough: Bool = false,
  assumesNothing: Bool = false
) -> Difference {
  var comparison = Comparison(joined, isFirstEnough: isFirstEnough, assumesNothing)
  comparison.compareBuiltIns()
  comparison.comparePolicies()
  comparison.comparePrincipals()
  return comparison.difference
}

private struct Comparison {
  private let joined: JoinedSets
  private let isFirstEnough: Bool
  private var judge: ChangeJudge
  private(set) var difference: Difference

  init(_ joined: JoinedSets, isFirstEnough: Bool, _ assumesNothing: Bool) {
    self.joined = joined
    self.isFirstEnough = isFirstEnough
    judge = ChangeJudge(joined, assumesNothing: assumesNothing)
    difference = Difference(joined: joined)
    difference.renamed = judge.pairs.pairs.filter { $0.isRenamed(in: joined.set) }
  }

  private var rules: PairRules { PairRules(joined: joined, guards: judge.finder.diagrams.guards) }

  private var isDone: Bool { isFirstEnough && !difference.changes.isEmpty }

  // MARK: Policies

  mutating func compareBuiltIns() {
    let set = joined.set
    for pair in judge.pairs.pairs {
      guard let old = pair.old, set.policies[old].isBuiltIn else { continue }
      var reason: AlteredBuiltIn.Reason?
      if let new = pair.new, !pair.isRenamed(in: set) {
        let differing = segments([old, new], judge.finder.diagrams.cells, within: joined.common)
          .filter { $0.cells[0] != $0.cells[1] }
        if !set.policies[new].isBuiltIn {
          reason = .unmarked
        } else if !differing.isEmpty {
          reason = .changed(ActionSet(differing.map(\.actions)))
        }
      } else {
        reason = .removed
      }
      if let reason {
        difference.alteredBuiltIns.append(AlteredBuiltIn(old: old, new: pair.new, reason: reason))
      }
    }
  }

  mutating func comparePolicies() {
    let gained = joined.own(.new)
    let lost = joined.own(.old)
    let directory = Directory(joined, &judge.finder)
    let everyone = directory.forces(of: directory.everyone, &judge.finder)
    let anonymous = directory.forces(of: directory.anonymous, &judge.finder)
    let all = ActionSet([0..<joined.set.catalogue.actions.count])
    let shared = Background(everyone, within: all, &judge.finder)
    let anyone = judge.known(.anyone)
    let nobody = judge.known(.anonymous)
    for pair in judge.pairs.pairs {
      let cells = [pair.old, pair.new].map { policy in
        policy.map { judge.finder.diagrams.cells[$0] } ?? []
      }
      guard cells[0] != cells[1] else { continue }
      func isGiven(_ forces: Forces) -> Bool {
        Side.allCases.contains { side in pair[side].map { forces[side][$0] != nil } ?? false }
      }
      let own =
        isGiven(everyone)
        ? Background(everyone.without(pair), within: all, &judge.finder) : shared
      let differing = segments([pair.old, pair.new], judge.finder.diagrams.cells, within: all)
        .filter { $0.cells[0] != $0.cells[1] }
      var changes = Pieces()
      var growth = SidePair(Pieces(), Pieces())
      for segment in differing {
        for part in own.parts(segment.actions) {
          let (old, new) = (part.decisions.old, part.decisions.new)
          let situation = Situation(
            widening: passage(segment.cells[0], segment.cells[1], old, new),
            narrowing: passage(segment.cells[1], segment.cells[0], new, old),
            known: anyone,
            isAnonymous: false
          )
          add(part.actions, situation, pair, &changes, &growth)
        }
      }
      var judged = judge.judge(changes.all, .anyone, holding: pair)
      if isGiven(anonymous) {
        var pieces = Pieces()
        let rest = Background(anonymous.without(pair), within: all, &judge.finder)
        let forces = SidePair(
          pair.old.flatMap { anonymous.old[$0] } ?? .no,
          pair.new.flatMap { anonymous.new[$0] } ?? .no
        )
        for segment in differing {
          for part in rest.parts(segment.actions) {
            let situation = anonymousSituation(segment, part.decisions, forces, nobody)
            for range in ActionSet([part.actions]).intersection(joined.common).ranges {
              pieces.add(range, situation, rules.causes(pair, ActionIndex(range.lowerBound)))
            }
          }
        }
        let more = judge.judge(pieces.all, .anonymous, holding: nil)
        judged.merge(more)
      }
      difference.record(judged, .policy(pair), pair)
      recordGrowth(growth.new.all, pair, gained, .widening)
      recordGrowth(growth.old.all, pair, lost, .narrowing)
      if isDone { return }
    }
    difference.joinSubjects()
  }

  /// What a cell does beside what everyone holds, on the way from one side to the other.
  private mutating func passage(
    _ before: Diagram,
    _ after: Diagram,
    _ backgroundBefore: Diagram,
    _ backgroundAfter: Diagram
  ) -> Passage {
    Passage(
      before: judge.finder.union(before, backgroundBefore),
      between: judge.finder.union(before, backgroundAfter),
      after: judge.finder.union(after, backgroundAfter)
    )
  }

  private mutating func anonymousSituation(
    _ segment: Segment,
    _ background: SidePair<Diagram>,
    _ forces: SidePair<Diagram>,
    _ known: Diagram
  ) -> Situation {
    let before = (force: forces.old, cell: segment.cells[0])
    let after = (force: forces.new, cell: segment.cells[1])
    // The cell of the one side, in force as it is on the other.
    let afterUndone = judge.finder.decision([(forces.new, segment.cells[0])])
    let beforeDone = judge.finder.decision([(forces.old, segment.cells[1])])
    let old = judge.finder.union(judge.finder.decision([before]), background.old)
    let new = judge.finder.union(judge.finder.decision([after]), background.new)
    return Situation(
      widening: Passage(
        before: old,
        between: judge.finder.union(afterUndone, background.new),
        after: new
      ),
      narrowing: Passage(
        before: new,
        between: judge.finder.union(beforeDone, background.old),
        after: old
      ),
      known: known,
      isAnonymous: true
    )
  }

  /// Files a run of actions under what both sides have, or what one of them lacks.
  private mutating func add(
    _ actions: Range<Int>,
    _ situation: Situation,
    _ pair: PolicyPair,
    _ changes: inout Pieces,
    _ growth: inout SidePair<Pieces>
  ) {
    for range in ActionSet([actions]).intersection(joined.common).ranges {
      changes.add(range, situation, rules.causes(pair, ActionIndex(range.lowerBound)))
    }
    let rest = ActionSet([actions]).subtracting(joined.common)
    for range in rest.ranges {
      for action in range {
        let index = ActionIndex(action)
        let side: Side = joined.action(index, .new) != nil ? .new : .old
        // Nobody was allowed what was not there.
        let arrival = situation.passage(side == .new ? .widening : .narrowing)
        let passage = Passage(before: .nothing, between: arrival.between, after: arrival.after)
        let own = Situation(
          widening: side == .new ? passage : .none,
          narrowing: side == .new ? .none : passage,
          known: situation.known,
          isAnonymous: situation.isAnonymous
        )
        var causes = rules.causes(pair, index)
        causes[side] = rules.of(pair, side, index).filter {
          joined.sets[side].rules[$0].effect == .allow
        }
        growth[side].add(action..<action + 1, own, causes)
      }
    }
  }

  private mutating func recordGrowth(
    _ pieces: [Piece],
    _ pair: PolicyPair,
    _ actions: ActionSet,
    _ direction: Direction
  ) {
    guard !pieces.isEmpty else { return }
    let side = direction.allowing
    let judged = judge.judge(pieces, .anyone, holding: pair)
    for (_, actions, causes, evidence) in judged.changes {
      guard let evidence = evidence[side] else { continue }
      let growth = Growth(
        policies: [pair],
        actions: actions,
        rules: causes[side],
        isByPattern: rules.areWordForWord(causes[side], pair, side),
        evidence: evidence
      )
      if side == .new { difference.gained.append(growth) } else { difference.lost.append(growth) }
    }
    difference.addUndecided(judged, .policy(pair))
  }

  // MARK: Principals

  mutating func comparePrincipals() {
    if isDone { return }
    let directory = Directory(joined, &judge.finder)
    for party in directory.changedParties(&judge, judge.pairs) {
      let pieces = party.pieces(&judge, within: joined.common)
      var judged = judge.judge(pieces, party.who, holding: nil)
      if party.isAnonymous {
        // Everyone is everyone, anonymous included.
        judged.changes.removeAll { change in
          difference.changes.contains {
            $0.subjects == [.principal("everyone")] && $0.kind == change.kind
              && $0.actions == change.actions
          }
        }
      }
      difference.record(judged, .principal(party.words), nil)
      if isDone { return }
    }
  }
}

extension Judged {
  fileprivate mutating func merge(_ other: Judged) {
    // What holders of the policy gain, the anonymous need not be told of again.
    for change in other.changes {
      let known = changes.filter { $0.kind == change.kind && $0.causes == change.causes }
        .reduce(ActionSet()) { $0.union($1.actions) }
      let rest = change.actions.subtracting(known)
      withoutEffect = withoutEffect.subtracting(change.actions)
      if !rest.isEmpty { changes.append((change.kind, rest, change.causes, change.3)) }
    }
    undecided += other.undecided
  }
}
