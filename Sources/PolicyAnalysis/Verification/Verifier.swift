import PolicyCompiler
import PolicyEngine
import PolicyModel

/// A comparison while it runs.
struct Verifier {
  let engine: PolicyEngine
  let set: PolicySet
  let options: VerificationOptions
  let maker: RequestMaker
  var random: SplitMix
  var coverage = VerificationCoverage()
  var difference: VerificationDifference?
  /// The vectors of what each cell reads, and how many there are.
  private var spaces: [Diagram: (space: VectorSpace, size: Int)] = [:]

  init(_ engine: PolicyEngine, _ set: PolicySet, _ options: VerificationOptions) {
    self.engine = engine
    self.set = set
    self.options = options
    maker = RequestMaker(set, PolicyDiagrams(set))
    random = SplitMix(seed: options.seed)
    coverage.policies = set.policies.count
    coverage.actions = set.catalogue.actions.count
    coverage.units = set.units.count + 2
  }

  /// The vectors of classes that decide a diagram, with what its derived variables stand for.
  private mutating func space(of diagram: Diagram) -> (space: VectorSpace, size: Int) {
    if let known = spaces[diagram] { return known }
    let store = maker.diagrams.store
    var found: Set<VariableIndex> = []
    var seen: Set<VariableIndex> = []
    var waiting = [diagram]
    while let next = waiting.popLast() {
      for variable in store.support(of: next) where seen.insert(variable).inserted {
        if variable.position < store.requestVariableCount {
          found.insert(variable)
        } else {
          waiting.append(store.derivation(of: variable))
        }
      }
    }
    let space = VectorSpace(found.sorted(), maker.diagrams.variables, set)
    let result = (space, space.count(upTo: options.budget / 2 + 1))
    spaces[diagram] = result
    return result
  }

  /// The most vectors that each cell can have for all of them to stay within a budget.
  private mutating func vectorLimit(_ budget: Int) -> Int {
    var cellsOfSize: [Int: Int] = [:]
    for policy in set.policies.indices {
      var constant = set.catalogue.actions.count
      for run in maker.diagrams.cells[policy] {
        cellsOfSize[space(of: run.cell).size, default: 0] += run.actions.count
        constant -= run.actions.count
      }
      cellsOfSize[1, default: 0] += constant
    }
    var (low, high) = (0, 1 << 40)
    while low < high {
      let middle = (low + high + 1) / 2
      var total = 0
      for (size, count) in cellsOfSize where total <= budget {
        let (product, overflows) = min(size, middle).multipliedReportingOverflow(by: count)
        total = overflows ? .max : min(.max - product, total) + product
      }
      if total <= budget { low = middle } else { high = middle - 1 }
    }
    return low
  }

  /// Compares the cells of all policies, or as many as the budget allows.
  mutating func compareCells() {
    let count = set.policies.count * set.catalogue.actions.count
    guard count > 0 else { return }
    let limit = vectorLimit(options.budget / 2)
    let boundaries = max(1, options.budget / 4 / count)
    if limit == 0 {
      for _ in 0..<options.budget / 2 where difference == nil {
        let policy = PolicyIndex(random.below(set.policies.count))
        let alone = PolicyAlone(policy, of: set)
        let action = ActionIndex(random.below(set.catalogue.actions.count))
        compareCell(alone, action, limit: 1, boundaries: 1)
      }
      return
    }
    for policy in set.policies.indices {
      let alone = PolicyAlone(policy, of: set)
      for action in set.catalogue.actions.indices {
        compareCell(alone, action, limit: limit, boundaries: boundaries)
        if difference != nil { return }
      }
    }
  }

  private mutating func compareCell(
    _ policy: PolicyAlone,
    _ action: ActionIndex,
    limit: Int,
    boundaries: Int
  ) {
    let (space, size) = space(of: maker.diagrams.cell(policy.policy, action))
    coverage.cells += 1
    if size <= limit {
      coverage.exhaustiveCells += 1
      space.forEach { vector in
        compareVector(policy, action, space, vector)
        return difference == nil
      }
    } else {
      for _ in 0..<limit where difference == nil {
        compareVector(policy, action, space, space.random(&random))
      }
    }
    if difference == nil { compareBoundaries(policy, action, boundaries) }
  }

  /// Compares a cell for one vector of the classes that it reads.
  private mutating func compareVector(
    _ policy: PolicyAlone,
    _ action: ActionIndex,
    _ space: VectorSpace,
    _ vector: [Int]?
  ) {
    guard let vector,
      let request = maker.request(space.classes(vector), for: action, &random)
    else {
      coverage.unmetVectors += 1
      return
    }
    let found = compare(policy, request)
    let isMet = zip(space.indices, vector).allSatisfy { found[$0.position] == UInt32($1) }
    if isMet { coverage.vectors += 1 } else { coverage.unmetVectors += 1 }
  }

  /// Compares a cell for values of the terms that its rules read, as many as the limit allows.
  private mutating func compareBoundaries(
    _ policy: PolicyAlone,
    _ action: ActionIndex,
    _ limit: Int
  ) {
    let terms = policy.terms(of: action)
    let counts = terms.map { maker.probes.count($0) }
    let total = counts.reduce(0, +)
    for step in 0..<min(limit, max(total, 1)) where difference == nil {
      var request = maker.principal(&random, action: action)
      maker.fill(&request, &random)
      if total > 0 {
        var number = total <= limit ? step : random.below(total)
        var position = 0
        while number >= counts[position] {
          number -= counts[position]
          position += 1
        }
        if let value = maker.probes.value(terms[position], number) {
          request.give(terms[position], value)
        }
      }
      _ = compare(policy, request)
      coverage.boundaries += 1
    }
  }

  /// Compares what a policy alone says of a request; returns the classes of the request.
  private mutating func compare(_ policy: PolicyAlone, _ request: RequestData) -> [UInt32] {
    let found = engine.cell(of: policy.policy, for: request)
    let meant = interpret(request, in: policy.set)
    let number: UInt32 = meant.basis == .byDefault ? 0 : meant.effect == .allow ? 1 : 2
    if found.outcome != number {
      difference = VerificationDifference(
        request: request,
        policy: policy.policy,
        decided: Decision(
          effect: found.outcome == 1 ? .allow : .deny,
          basis: found.outcome == 0 ? .byDefault : .rule,
          deciding: []
        ),
        meant: policy.restored(meant)
      )
    }
    return found.classes
  }
}

/// A set in which everyone has one policy and there is no other.
struct PolicyAlone {
  let policy: PolicyIndex
  let set: PolicySet
  /// The positions of the remaining rules in the whole set.
  private let rules: [RuleIndex]

  init(_ policy: PolicyIndex, of whole: PolicySet) {
    self.policy = policy
    var set = whole
    rules = whole.policies[policy].closure.flatMap { whole.policies[$0].rules }.sorted()
    set.rules = Table(rules.map { whole.rules[$0] })
    set.assignments = Table([
      Assignment(
        policies: [policy],
        subjects: [.everyone],
        places: [],
        condition: nil,
        annotations: [],
        span: whole.policies[policy].heading.span
      )
    ])
    self.set = set
  }

  /// What the rules for an action read, without the principal.
  func terms(of action: ActionIndex) -> [Term] {
    var found: [Term] = []
    for rule in set.rules.elements where rule.actions.contains(action) {
      for term in rule.guardCondition?.checks.flatMap(\.check.terms) ?? []
      where term != .principal && !found.contains(term) {
        found.append(term)
      }
    }
    return found
  }

  /// A decision with the rules numbered as in the whole set.
  func restored(_ decision: Decision) -> Decision {
    Decision(
      effect: decision.effect,
      basis: decision.basis,
      deciding: decision.deciding.map {
        DecidingRule(rule: rules[$0.rule.position], via: $0.policy, grant: $0.grant)
      }
    )
  }
}
