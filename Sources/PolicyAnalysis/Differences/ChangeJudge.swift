import PolicyCompiler
import PolicyEngine
import PolicyModel

/// A situation that is the same for some actions.
struct Piece {
  let situation: Situation
  var actions: ActionSet
  let causes: Causes
}

/// Pieces by what they are equal in, in the order in which they were found.
struct Pieces {
  private struct Key: Hashable {
    let situation: Situation
    let causes: Causes
  }

  private var ranges: [[Range<Int>]] = []
  private var keys: [Key] = []
  private var indexOf: [Key: Int] = [:]

  mutating func add(_ actions: Range<Int>, _ situation: Situation, _ causes: Causes) {
    let key = Key(situation: situation, causes: causes)
    if let index = indexOf[key] { return ranges[index].append(actions) }
    indexOf[key] = keys.count
    keys.append(key)
    ranges.append([actions])
  }

  var all: [Piece] {
    zip(keys, ranges).map {
      Piece(situation: $0.situation, actions: ActionSet($1), causes: $0.causes)
    }
  }
}

/// A way in which a piece lets something through, to be shown by a request.
private struct Claim {
  let direction: Direction
  let actions: ActionSet
  /// Yes where it does.
  let diagram: Diagram
  /// A policy that allows what is no longer denied, and has to be held too.
  let companion: PolicyPair?
}

/// What was found out about one subject.
struct Judged {
  var changes: [(kind: ChangeKind, actions: ActionSet, causes: Causes, SidePair<Evidence?>)] = []
  var undecided: [(direction: Direction, actions: ActionSet)] = []
  /// The actions for which nothing is decided otherwise.
  var withoutEffect = ActionSet()
}

/// Judges changes for one subject after another.
struct ChangeJudge {
  let joined: JoinedSets
  let pairs: PolicyPairs
  var finder: GainFinder
  private var search: EvidenceSearch
  private let facts: PrincipalFacts
  private let assumesNothing: Bool

  init(_ joined: JoinedSets, assumesNothing: Bool) {
    self.joined = joined
    self.assumesNothing = assumesNothing
    let diagrams = PolicyDiagrams(joined.set)
    pairs = PolicyPairs(joined, diagrams.cells)
    facts = PrincipalFacts(diagrams.variables, in: joined.set)
    search = EvidenceSearch(joined, facts, diagrams.variables)
    finder = GainFinder(
      diagrams,
      principalTies: assumesNothing
        ? PrincipalTies(variables: diagrams.variables, groups: joined.set.groups) : nil
    )
  }

  /// Yes for the classes that whom a scenario speaks of can have.
  mutating func known(_ who: Scenario.Who) -> Diagram {
    let (facts, set, assumesNothing) = (facts, joined.set, assumesNothing)
    return finder.withStore { diagrams in
      assumesNothing
        ? facts.leastKnown(of: who, in: set, &diagrams.store)
        : facts.diagram(of: who, in: set, &diagrams.store)
    }
  }

  /// Both sides of some policies, as held by one principal.
  func held(_ held: [PolicyPair]) -> [PolicyIndex] {
    held.flatMap { [$0.old, $0.new].compactMap { $0 } }
  }

  /// What the pieces of one subject come to, each claim shown by a request.
  mutating func judge(
    _ pieces: [Piece],
    _ who: Scenario.Who,
    holding pair: PolicyPair?
  ) -> Judged {
    var judged = Judged()
    struct Key: Hashable {
      let kind: ChangeKind
      let causes: Causes
    }
    var order: [Key] = []
    var claims: [Key: [(piece: Piece, actions: ActionSet, claims: [Claim])]] = [:]
    for piece in pieces {
      let found = Direction.allCases.map { self.claims(piece, $0, who) }
      let wide = ActionSet(found[0].flatMap(\.actions.ranges))
      let narrow = ActionSet(found[1].flatMap(\.actions.ranges))
      judged.withoutEffect = judged.withoutEffect.union(
        piece.actions.subtracting(wide).subtracting(narrow)
      )
      let parts: [(ChangeKind, ActionSet)] = [
        (.widened, wide.subtracting(narrow)), (.narrowed, narrow.subtracting(wide)),
        (.reconditioned, wide.intersection(narrow)),
      ]
      for (kind, actions) in parts where !actions.isEmpty {
        let key = Key(kind: kind, causes: piece.causes)
        if claims[key] == nil { order.append(key) }
        claims[key, default: []].append((piece, actions, found[0] + found[1]))
      }
    }
    for key in order {
      // By what was shown: of what seemed to go both ways, one may be all that there is.
      var shown: [ChangeKind: (actions: ActionSet, evidence: SidePair<Evidence?>)] = [:]
      for part in claims[key] ?? [] {
        var evidence = SidePair<Evidence?>(nil, nil)
        for direction in Direction.allCases where key.kind.goes(direction) {
          let own = part.claims.filter { $0.direction == direction }
          // What is not tied needs no request of its own where another shows as much.
          let known = own.contains { isTied($0) } ? nil : shown[key.kind]?.evidence
          evidence[direction.allowing] =
            known?[direction.allowing] ?? show(own, within: part.actions, who, holding: pair)
          if evidence[direction.allowing] == nil {
            judged.undecided.append((direction, part.actions))
          }
        }
        guard let kind = ChangeKind(shownBy: evidence) else { continue }
        let before = shown[kind] ?? (ActionSet(), evidence)
        shown[kind] = (before.actions.union(part.actions), before.evidence)
      }
      for kind in ChangeKind.allCases {
        guard let (actions, evidence) = shown[kind] else { continue }
        judged.changes.append((kind, actions, key.causes, evidence))
      }
    }
    return judged
  }

  private mutating func isTied(_ claim: Claim) -> Bool { finder.isTied(claim.diagram) }

  private mutating func show(
    _ claims: [Claim],
    within actions: ActionSet,
    _ who: Scenario.Who,
    holding pair: PolicyPair?
  ) -> Evidence? {
    for claim in claims {
      guard let range = claim.actions.intersection(actions).ranges.first else { continue }
      let scenario = Scenario(
        who: who,
        held: held([pair, claim.companion].compactMap { $0 }),
        assignments: [],
        words: ""
      )
      let action = ActionIndex(range.lowerBound)
      let found = search.evidence(
        claim.diagram,
        scenario,
        action,
        claim.direction,
        in: finder.diagrams.store
      )
      if let found { return found }
    }
    return nil
  }

  private mutating func claims(
    _ piece: Piece,
    _ direction: Direction,
    _ who: Scenario.Who
  ) -> [Claim] {
    let gain = finder.gain(piece.situation, direction)
    if gain.direct != .no {
      return [
        Claim(direction: direction, actions: piece.actions, diagram: gain.direct, companion: nil)
      ]
    }
    // An anonymous principal holds nothing, so that no other policy can allow it more.
    guard gain.lifted != .no, who != .anonymous else { return [] }
    var claims: [Claim] = []
    var rest = piece.actions
    for pair in pairs.pairs where !rest.isEmpty {
      guard let policy = pair[direction.allowing] else { continue }
      for run in finder.diagrams.cells[policy] {
        let here = rest.intersection(ActionSet([run.actions]))
        guard !here.isEmpty else { continue }
        let taken = finder.taken(gain.lifted, by: run.cell)
        guard taken != .no else { continue }
        rest = rest.subtracting(here)
        claims.append(
          Claim(direction: direction, actions: here, diagram: taken, companion: pair)
        )
      }
    }
    return claims
  }
}

extension ChangeKind {
  /// What requests show, of each side that allows one; nil where there is none.
  fileprivate init?(shownBy evidence: SidePair<Evidence?>) {
    switch (evidence.old != nil, evidence.new != nil) {
    case (false, false): return nil
    case (false, true): self = .widened
    case (true, false): self = .narrowed
    case (true, true): self = .reconditioned
    }
  }

  fileprivate func goes(_ direction: Direction) -> Bool {
    switch self {
    case .widened: direction == .widening
    case .narrowed: direction == .narrowing
    case .reconditioned: true
    }
  }
}
