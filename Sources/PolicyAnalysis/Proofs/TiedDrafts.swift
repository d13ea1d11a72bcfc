import PolicyCompiler
import PolicyEngine
import PolicyModel

extension TiedValues {
  /// How many drafts are made of the same classes, at most.
  private static let mostDrafts = 8
  /// How many values are tried before the search gives up.
  private static let mostSteps = 10_000

  /// A draft with other values for the terms of a way that are compared with each other, so that all
  /// of its classes are met; several, or none if none was found.
  ///
  /// A depth-first search through the values of each term that are in its classes. The principal is
  /// whom the draft is about, and stays.
  /// - Complexity: At most 10,000 values tried for each group of terms that are tied together.
  func drafts(_ draft: WitnessDraft, _ way: Way) -> [WitnessDraft] {
    let pairs = way.compactMap { TiedPair($0) }
    guard !pairs.isEmpty else { return [draft] }
    var drafts = [draft]
    for group in TiedValues.groups(pairs) {
      let found = solutions(of: group, draft, way)
      guard !found.isEmpty else { return [] }
      drafts = (0..<max(drafts.count, found.count)).map { number in
        var next = drafts[number % drafts.count]
        for (term, value) in found[number % found.count] { next.set(term, value) }
        return next
      }
    }
    return drafts
  }

  /// The pairs, those together that have terms in common, directly or through others.
  private static func groups(_ pairs: [TiedPair]) -> [[TiedPair]] {
    var groups: [[TiedPair]] = []
    for pair in pairs {
      let isNear = { (other: TiedPair) in
        // Everything may be compared with the principal, who is known: nothing is tied by that.
        [other.left, other.right].contains { term in
          term != .principal && (term == pair.left || term == pair.right)
        }
      }
      let near = groups.filter { $0.contains(where: isNear) }
      groups = groups.filter { !$0.contains(where: isNear) } + [near.flatMap { $0 } + [pair]]
    }
    return groups
  }

  private func solutions(
    of pairs: [TiedPair],
    _ draft: WitnessDraft,
    _ way: Way
  ) -> [[(term: Term, value: Value?)]] {
    var terms: [Term] = []
    for term in pairs.flatMap({ [$0.left, $0.right] }) where !terms.contains(term) {
      terms.append(term)
    }
    let known = self.known(terms, draft, way)
    let choices = terms.map { (term: $0, values: self.choices($0, draft, way, known)) }
      .sorted { $0.values.count < $1.values.count }
    // The pairs of which the term at each position is the last to get a value.
    var settled = [[(pair: TiedPair, left: Int, right: Int)]](repeating: [], count: choices.count)
    for pair in pairs {
      guard let left = choices.firstIndex(where: { $0.term == pair.left }),
        let right = choices.firstIndex(where: { $0.term == pair.right })
      else { continue }
      settled[max(left, right)].append((pair, left, right))
    }
    var steps = Self.mostSteps
    var found: [[(term: Term, value: Value?)]] = []
    var chosen: [Value?] = []
    func choose(_ position: Int) {
      guard position < choices.count else {
        return found.append(zip(choices, chosen).map { (term: $0.term, value: $1) })
      }
      for value in choices[position].values where steps > 0 && found.count < Self.mostDrafts {
        chosen.append(value)
        steps -= 1
        let isFine = settled[position].allSatisfy {
          $0.pair.holds(chosen[$0.left], chosen[$0.right])
        }
        if isFine { choose(position + 1) }
        chosen.removeLast()
      }
    }
    choose(0)
    return found
  }

  /// What the draft and the classes say of some terms.
  private func known(_ terms: [Term], _ draft: WitnessDraft, _ way: Way) -> [Value] {
    let inClasses = way.flatMap { step -> [Value] in
      guard let term = step.variable.subject.onlyTerm, terms.contains(term) else { return [] }
      return step.variable.witnesses[step.numbers].compactMap { witness in
        switch witness {
        case .value(let value), .element(let value, _): value
        case .elementUnder(let path, _): .path(path)
        default: nil
        }
      }
    }
    return terms.compactMap { draft[$0] } + inClasses
  }

  /// The values of a term that are in its classes, nil for missing.
  private func choices(
    _ term: Term,
    _ draft: WitnessDraft,
    _ way: Way,
    _ known: [Value]
  ) -> [Value?] {
    guard term != .principal else { return [draft[term]] }
    let own = way.filter { $0.variable.subject.onlyTerm == term }
    let mayBeMissing = own.allSatisfy { $0.numbers.contains(0) }
    let isSet = catalogue.type(of: term).element != nil
    let others = isSet ? known.filter(\.isSet) : []
    let base = draft[term]?.elements ?? []
    let bases = ([.strings([])] + others).map { other in
      WitnessDraft.collection(
        base + other.elements.filter { !base.contains($0) },
        catalogue.type(of: term)
      )
    }
    let values = self.values(term, bases: bases, known: known).filter { value in
      own.allSatisfy { step in
        step.variable.number(of: value).map { step.numbers.contains($0) } ?? false
      }
    }
    return (mayBeMissing ? [nil] : []) + values
  }
}
