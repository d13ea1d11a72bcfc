import PolicyCompiler
import PolicyEngine
import PolicyModel
import PolicySource

/// Takes out of conditions what makes no difference, leaving the checks that their authors wrote.
///
/// Of a condition only where it is *true* counts here. With negations at the checks, `and` and `or`
/// are intersection and union of the requests of which their parts are true. So each part may be
/// anything where the rest decides already: its *care set* is where it does not, and what is true or
/// false all over that goes (don't-care minimisation as of logic circuits: G. De Micheli, "Synthesis
/// and Optimization of Digital Circuits", 1994, chapter 8, on the written form). Diagrams are
/// canonical, so that each question is a comparison.
struct ConditionReducer {
  private(set) var store: DiagramStore
  let variables: [Variable]
  private var diagramOfCheck: [Check: Diagram] = [:]
  private var truths: [Condition: Diagram] = [:]
  private let facts: PrincipalFacts
  private let values: TiedValues
  private let groups: Table<GroupIndex, Group>
  private let set: PolicySet
  private var knowledge: [Scenario.Who: Diagram] = [:]
  private var cares: [CareKey: Diagram] = [:]

  private struct CareKey: Hashable {
    let who: Scenario.Who
    let support: [VariableIndex]
  }

  /// The conditions are all that is going to be asked about, their negations at the checks.
  ///
  /// - Complexity: That of the diagrams of the conditions and of their checks.
  init(_ conditions: [Condition], in set: PolicySet) {
    self.set = set
    groups = set.groups
    var checks: [Check] = []
    var seen: Set<Check> = []
    for condition in conditions {
      condition.forEachCheck { check, _ in
        if seen.insert(check).inserted { checks.append(check) }
      }
    }
    var bare = PolicySet(sources: set.sources)
    bare.catalogue = set.catalogue
    let diagrams = PolicyDiagrams(
      bare,
      // The conditions are there for the order of the variables.
      extras: DiagramExtras(
        conditions: checks.map { .check($0, Condition.nowhere) } + conditions
      )
    )
    store = diagrams.store
    variables = diagrams.variables
    // A given owner is a principal whom the set may not name.
    facts = PrincipalFacts(diagrams.variables, in: set, and: checks)
    values = TiedValues(set, and: checks)
    for (check, diagram) in zip(checks, diagrams.extraConditions) {
      diagramOfCheck[check] = diagram
    }
  }

  /// Where a condition is true.
  mutating func truth(of condition: Condition) -> Diagram {
    if let known = truths[condition] { return known }
    let result: Diagram
    switch condition {
    case .constant(let value): result = value ? .yes : .no
    case .check(let check, _): result = store.map(.certain, diagramOfCheck[check] ?? .no)
    case .not(.check(let check, _)):
      result = store.map(Mapping(no: 2, unknown: 0, yes: 0), diagramOfCheck[check] ?? .no)
    case .not(let inner): result = truth(of: inner.opposite)
    case .all(let parts):
      let parts = parts.map { truth(of: $0) }
      result = store.reduce(.and, [.yes] + parts)
    case .any(let parts):
      let parts = parts.map { truth(of: $0) }
      result = store.reduce(.or, [.no] + parts)
    }
    truths[condition] = result
    return result
  }

  /// Yes for all classes that requests of somebody can have, as far as the variables of a condition
  /// go.
  mutating func care(_ condition: Condition, of who: Scenario.Who) -> Diagram {
    var checks: Set<Check> = []
    condition.forEachCheck { check, _ in checks.insert(check) }
    let read = Set(checks.flatMap { store.support(of: diagramOfCheck[$0] ?? .no) }).sorted()
    let key = CareKey(who: who, support: read)
    if let known = cares[key] { return known }
    if knowledge[who] == nil { knowledge[who] = facts.diagram(of: who, in: set, &store) }
    let known = knowledge[who] ?? .yes
    // What is known of the principal reads variables of its own.
    let tied = Set(read + store.support(of: known)).sorted()
    let ties = Ties(variables: variables, isAnonymous: who == .anonymous).diagram(of: tied, &store)
    let care = store.combine(.and, known, ties)
    cares[key] = care
    return care
  }

  /// The condition without what makes no difference to somebody's requests.
  ///
  /// - Complexity: O(parts) combinations of diagrams for each junction, a few times.
  mutating func reduced(_ condition: Condition, for who: Scenario.Who) -> Condition {
    let care = care(condition, of: who)
    var result = condition
    for _ in 0..<3 {
      let next = reduced(result, within: care)
      if next == result { break }
      result = next
    }
    return factored(result)
  }

  private mutating func reduced(_ condition: Condition, within care: Diagram) -> Condition {
    let truth = store.combine(.and, truth(of: condition), care)
    if truth == .no { return .constant(false) }
    if truth == care { return .constant(true) }
    switch condition {
    case .all(let parts): return .joined(all: reduced(parts, isAll: true, within: care))
    case .any(let parts): return .joined(any: reduced(parts, isAll: false, within: care))
    case .not, .check, .constant: return condition
    }
  }

  /// The parts, each without what the others decide; the largest give way first.
  private mutating func reduced(
    _ parts: [Condition],
    isAll: Bool,
    within care: Diagram
  ) -> [Condition] {
    let operation: PolicyCompiler.Operation = isAll ? .and : .or
    let neutral: Diagram = isAll ? .yes : .no
    let order = parts.indices.sorted { (-parts[$0].checkCount, -$0) < (-parts[$1].checkCount, -$1) }
    var parts = parts
    // What the parts that are still to come say together.
    var coming = [neutral]
    for index in order.reversed() {
      let own = truth(of: parts[index])
      coming.append(store.combine(operation, coming[coming.count - 1], own))
    }
    var done = neutral
    for index in order {
      coming.removeLast()
      let others = store.combine(operation, done, coming[coming.count - 1])
      let open = isAll ? others : store.map(.not, others)
      let inner = store.combine(.and, care, open)
      parts[index] = inner == .no ? .constant(isAll) : reduced(parts[index], within: inner)
      let own = truth(of: parts[index])
      done = store.combine(operation, done, own)
    }
    return parts
  }

  /// `a and (b or c)` for `a and b or a and c`, and the other way round.
  ///
  /// What is shared by most parts is taken out first, then what is shared by most of the rest.
  private func factored(_ condition: Condition) -> Condition {
    switch condition {
    case .all(let parts): return factored(parts.map { factored($0) }, isAll: true)
    case .any(let parts): return factored(parts.map { factored($0) }, isAll: false)
    case .not, .check, .constant: return condition
    }
  }

  private func factored(_ parts: [Condition], isAll: Bool) -> Condition {
    func joined(_ parts: [Condition], isAll: Bool) -> Condition {
      isAll ? .joined(all: parts) : .joined(any: parts)
    }
    let factors = parts.map { part -> [Condition] in
      switch part {
      case .any(let inner) where isAll: inner
      case .all(let inner) where !isAll: inner
      default: [part]
      }
    }
    var counts: [Condition: Int] = [:]
    for factor in factors.joined() { counts[factor, default: 0] += 1 }
    let best = factors.joined().max { (counts[$0] ?? 0) < (counts[$1] ?? 0) }
    guard let best, counts[best] ?? 0 > 1 else { return joined(parts, isAll: isAll) }
    var rests: [Condition] = []
    var others: [Condition] = []
    for (part, own) in zip(parts, factors) {
      if own.contains(best) {
        rests.append(joined(own.filter { $0 != best }, isAll: !isAll))
      } else {
        others.append(part)
      }
    }
    let taken = joined([best, factored(rests, isAll: isAll)], isAll: !isAll)
    return factored(others + [taken], isAll: isAll)
  }

  /// Classes that lead to yes, a way at a time, at most so many.
  func ways(_ diagram: Diagram, atMost limit: Int) -> [Way] {
    var found: [Way] = []
    store.forEachWay(to: diagram, variables, lastFirst: true) { way in
      found.append(way)
      return found.count < limit
    }
    return found
  }

  /// Requests of a scenario that should meet a condition, a few.
  mutating func requests(
    meeting condition: Condition,
    _ scenario: Scenario,
    for action: ActionIndex
  ) -> [RequestData] {
    let care = care(condition, of: scenario.who)
    let truth = truth(of: condition)
    let both = store.combine(.and, truth, care)
    let witness = Witness(facts: facts, values: values, scenario: scenario, set: set)
    return ways(both, atMost: 40).flatMap { witness.requests($0, for: action) }
  }
}

extension Condition {
  var checkCount: Int {
    var count = 0
    forEachCheck { _, _ in count += 1 }
    return count
  }
}
