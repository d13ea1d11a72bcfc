import PolicyCompiler
import PolicyEngine
import PolicyModel

extension SetSlice {
  /// Whether the mutant decides every request as the set does, or one that it decides otherwise.
  ///
  /// Principals who say who they are, and in which groups, are asked about first. Requests that leave
  /// that open are told apart by nothing but the diagrams; where these are not enough, values are
  /// tried.
  func comparison() -> MutantVerdict {
    let joined = JoinedSets(versions: old, new)
    let known = compare(joined, isFirstEnough: true)
    if let witness = witness(known, joined) { return .survived(witness) }
    guard known.isEmpty else { return .undecided }
    let whoever = compare(joined, isFirstEnough: true, assumesNothing: true)
    if whoever.isEmpty { return .equivalent }
    if let witness = witness(whoever, joined) ?? search(joined, whoever) {
      return .survived(witness)
    }
    return .undecided
  }

  private func witness(_ difference: Difference, _ joined: JoinedSets) -> MutantWitness? {
    difference.changes.lazy.compactMap { change in
      guard let evidence = change.widening ?? change.narrowing,
        let request = joined.request(evidence.request, .old),
        let old = evidence.decisions.old, let new = evidence.decisions.new
      else { return nil }
      return MutantWitness(request: request, decision: self.whole(old), mutated: new.effect)
    }.first
  }

  /// A decision with the rules of the whole set.
  private func whole(_ decision: Decision) -> Decision {
    Decision(
      effect: decision.effect,
      basis: decision.basis,
      deciding: decision.deciding.map { deciding in
        DecidingRule(
          rule: rules[deciding.rule.position],
          via: deciding.policy,
          grant: deciding.grant
        )
      }
    )
  }

  /// So many vectors of classes are tried for a policy.
  private static let mostVectors = 500

  /// A request that leaves open who makes it, or in which groups, among those of the vectors of what
  /// the differing cells read.
  private func search(_ joined: JoinedSets, _ difference: Difference) -> MutantWitness? {
    let diagrams = PolicyDiagrams(joined.set)
    let maker = RequestMaker(joined.set, diagrams)
    var random = SplitMix(seed: 11)
    for item in difference.undecided {
      guard let range = item.actions.ranges.first else { continue }
      let action = ActionIndex(range.lowerBound)
      var held: [PolicyIndex] = []
      if case .policy(let pair) = item.subject { held = [pair.old, pair.new].compactMap { $0 } }
      let cells = joined.set.policies.indices.map { diagrams.cell($0, action) }
      let read = Set(cells.flatMap { diagrams.store.support(of: $0) })
        .filter { $0.position < diagrams.variables.count }.sorted()
      let space = VectorSpace(read, diagrams.variables, joined.set)
      var left = Self.mostVectors
      var found: MutantWitness?
      space.forEach { vector in
        left -= 1
        if var request = maker.request(space.classes(vector), for: action, &random) {
          request.held = held.map { Holding($0) }
          found = shown(request, joined)
        }
        return left > 0 && found == nil
      }
      if let found { return found }
    }
    return nil
  }

  private func shown(_ request: RequestData, _ joined: JoinedSets) -> MutantWitness? {
    guard let own = joined.request(request, .old) else { return nil }
    let decision = interpret(own, in: old)
    let mutated = interpret(own, in: new).effect
    guard decision.effect != mutated else { return nil }
    return MutantWitness(request: own, decision: whole(decision), mutated: mutated)
  }
}
