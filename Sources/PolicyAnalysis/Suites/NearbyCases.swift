import PolicyEngine
import PolicyModel

/// Makes cases that notice mistakes, as like to others as can be, so that tests read as variations.
struct NearbyCases {
  private let judge: MutantJudge
  private let classes: ActionClasses
  /// Cases that are allowed, by what their principal holds.
  private let bases: [[PolicyIndex]: [SuiteCase]]

  init(_ judge: MutantJudge, _ classes: ActionClasses, _ bases: [SuiteCase]) {
    self.judge = judge
    self.classes = classes
    self.bases = Dictionary(grouping: bases) { $0.request.held.map(\.policy) }
  }

  /// A case that a mutant decides otherwise; nil where no test can make such a request.
  ///
  /// A case that is allowed is changed in what the mistake is about, then in all that the rule asks; if
  /// that does not do, the witness itself is taken.
  func item(_ mutant: Mutant, _ witness: MutantWitness) -> SuiteCase? {
    let change = judge.change(mutant.mutation)
    let slice = SetSlice(judge.set, change)
    func effect(_ request: RequestData) -> Effect? {
      let old = interpret(request, in: slice.old).effect
      return old == interpret(request, in: slice.new).effect ? nil : old
    }
    var least = witness.request
    for holding in least.held {
      var fewer = least
      fewer.held.removeAll { $0 == holding }
      if effect(fewer) != nil { least = fewer }
    }
    let stated = StatedRequest(least, in: judge.set) { effect($0) != nil }
    guard let request = stated?.request else { return nil }
    let near = variations(of: request, mutant, change).first { effect($0) != nil } ?? request
    guard let result = effect(near) else { return nil }
    var actions = classes.around(near)
    if !actions.contains(near.action) {
      actions = ActionSet([near.action.position..<near.action.position + 1])
    }
    return SuiteCase(request: near, actions: actions, effect: result).about(actions)
  }

  /// Cases that are allowed, with some of what a witness says.
  private func variations(
    of request: RequestData,
    _ mutant: Mutant,
    _ change: SetChange
  ) -> [RequestData] {
    let near = (bases[request.held.map(\.policy)] ?? []).filter { base in
      base.actions.contains(request.action) && base.request.kind == request.kind
    }
    guard !near.isEmpty else { return [] }
    var own: Set<Term> = []
    if case .conditionChanged(let change) = mutant.mutation { own = change.target.terms }
    let guards = change.rules.keys.compactMap { judge.set.rules[$0].guardCondition }
    let whole = guards.reduce(into: Set<Term>()) { $0.formUnion($1.terms) }
    return near.flatMap { base in
      [own, whole].map { terms in
        var varied = base.request
        varied.action = request.action
        if case .named = request.identity { varied.identity = request.identity }
        if request.unit != .unknown { varied.unit = request.unit }
        varied.groups = request.groups
        for term in terms {
          switch term {
          case .attribute(let index): varied.values[index] = request.values[index]
          case .resource: varied.resourceID = request.resourceID
          case .principal: break
          }
        }
        return varied
      }
    }
  }
}

extension Condition {
  /// All that it reads.
  fileprivate var terms: Set<Term> {
    var terms: Set<Term> = []
    forEachCheck { check, _ in terms.formUnion(check.terms) }
    return terms
  }
}
