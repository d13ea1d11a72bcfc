import PolicyEngine
import PolicyModel

/// What a mutation changes in a policy set.
struct SetChange {
  var rules: [RuleIndex: Rule] = [:]
  var assignments: [AssignmentIndex: Assignment] = [:]
  var policies: [PolicyIndex: Policy] = [:]
  var assertions: [Int: Assertion] = [:]
  /// The actions of which anything is said otherwise.
  private(set) var actions = ActionSet()

  /// No change, with some actions to look at.
  init(lookingAt actions: ActionSet) { self.actions = actions }

  /// - Complexity: O(what is changed); for an include, O(policies × their closures).
  init(_ mutation: Mutation, in set: PolicySet, _ patterns: [RulePatterns], _ uses: ConditionUses) {
    switch mutation {
    case .ruleFlipped(let index):
      let flipped: Effect = set.rules[index].effect == .allow ? .deny : .allow
      change(index, in: set) { rule in
        rule.with(effect: flipped, actions: patterns[index.position].all.of(flipped))
      }
    case .ruleRemoved(let index):
      change(index, in: set) { $0.with(actions: ActionSet()) }
    case .patternDropped(let index, let part, _):
      let left = patterns[index.position].parts[part].without
      change(index, in: set) { $0.with(actions: left.of($0.effect)) }
    case .clauseDropped(let index, let clause):
      change(index, in: set) { rule in
        rule.with(
          condition: clause == .when ? .some(nil) : nil,
          exception: clause == .unless ? .some(nil) : nil
        )
      }
    case .conditionChanged(let change): rewrite(change, in: set, uses)
    case .includeRemoved(let policy, let included): remove(included, from: policy, in: set)
    case .assignmentRemoved(let index):
      self.change(index, in: set) { $0.with(policies: [], subjects: []) }
    case .policyUnassigned(let index, let policy):
      self.change(index, in: set) { assignment in
        assignment.with(policies: assignment.policies.filter { $0 != policy })
      }
    case .subjectDropped(let index, let subject):
      self.change(index, in: set) { assignment in
        assignment.with(subjects: assignment.subjects.filter { $0 != subject })
      }
    case .placeMoved(let index, let old, let new):
      self.change(index, in: set) { assignment in
        assignment.with(places: assignment.places.map { $0 == old ? new : $0 })
      }
    case .placesDropped(let index): self.change(index, in: set) { $0.with(places: []) }
    case .premiseDropped(let index): self.change(index, in: set) { $0.with(condition: .some(nil)) }
    }
  }

  private mutating func change(
    _ index: RuleIndex,
    in set: PolicySet,
    _ body: (Rule) -> Rule
  ) {
    let rule = set.rules[index]
    let changed = body(rule)
    rules[index] = changed
    let both = rule.actions.union(changed.actions)
    let isElsewhere =
      rule.effect != changed.effect || rule.condition != changed.condition
      || rule.exception != changed.exception
    actions = actions.union(
      isElsewhere ? both : both.subtracting(rule.actions.intersection(changed.actions))
    )
  }

  private mutating func change(
    _ index: AssignmentIndex,
    in set: PolicySet,
    _ body: (Assignment) -> Assignment
  ) {
    let assignment = set.assignments[index]
    assignments[index] = body(assignment)
    for policy in assignment.policies { touch(set.policies[policy].closure, in: set) }
  }

  private mutating func touch(_ policies: [PolicyIndex], in set: PolicySet) {
    let rules = policies.flatMap { set.policies[$0].rules }
    actions = actions.union(ActionSet(rules.flatMap { set.rules[$0].actions.ranges }))
  }

  private mutating func rewrite(
    _ change: ConditionChange,
    in set: PolicySet,
    _ uses: ConditionUses
  ) {
    func rewritten(_ condition: Condition?) -> Condition? {
      condition?.replacing(change.target, with: change.replacement)
    }
    for index in uses.rules(of: change.target) {
      let rule = set.rules[index]
      let (condition, exception) = (rewritten(rule.condition), rewritten(rule.exception))
      guard condition != rule.condition || exception != rule.exception else { continue }
      self.change(index, in: set) {
        $0.with(condition: .some(condition), exception: .some(exception))
      }
    }
    for index in uses.assignments(of: change.target) {
      let condition = rewritten(set.assignments[index].condition)
      guard condition != set.assignments[index].condition else { continue }
      self.change(index, in: set) { $0.with(condition: .some(condition)) }
    }
    for position in uses.assertions(of: change.target) {
      let assertion = set.assertions[position]
      assertions[position] = Assertion(
        claim: assertion.claim,
        places: assertion.places,
        condition: rewritten(assertion.condition),
        annotations: assertion.annotations,
        span: assertion.span
      )
      // What a premise says bears on all that is claimed.
      actions = actions.union(assertion.claim.actions)
    }
  }

  private mutating func remove(
    _ included: PolicyIndex,
    from policy: PolicyIndex,
    in set: PolicySet
  ) {
    var includes = set.policies.elements.map(\.includes)
    includes[policy.position].removeAll { $0 == included }
    for index in set.policies.indices where set.policies[index].closure.contains(policy) {
      var closure: Set<PolicyIndex> = [index]
      var waiting = [index]
      while let next = waiting.popLast() {
        for inner in includes[next.position] where closure.insert(inner).inserted {
          waiting.append(inner)
        }
      }
      let own = set.policies[index]
      policies[index] = Policy(
        heading: own.heading,
        isBuiltIn: own.isBuiltIn,
        isRole: own.isRole,
        includes: includes[index.position],
        rules: own.rules,
        closure: closure.sorted()
      )
    }
    touch(set.policies[included].closure, in: set)
  }

  /// The whole set with the change.
  ///
  /// - Complexity: O(rules).
  func applied(to set: PolicySet) -> PolicySet {
    var result = set
    for (index, rule) in rules { result.rules[index] = rule }
    for (index, assignment) in assignments { result.assignments[index] = assignment }
    for (index, policy) in policies { result.policies[index] = policy }
    for (position, assertion) in assertions { result.assertions[position] = assertion }
    return result
  }
}

extension Claim {
  /// The actions that it is about; none for `nobody holds`.
  var actions: ActionSet {
    switch self {
    case .can(_, let actions), .cannot(_, let actions), .only(_, let actions): actions
    case .nobodyHolds: ActionSet()
    }
  }

  /// The same claim about some of its actions.
  func about(_ actions: ActionSet) -> Claim {
    switch self {
    case .can(let who, _): .can(who, actions)
    case .cannot(let who, _): .cannot(who, actions)
    case .only(let policies, _): .only(policies, actions)
    case .nobodyHolds: self
    }
  }
}

extension Rule {
  /// The rule with something changed; an optional of nil takes a clause away.
  func with(
    effect: Effect? = nil,
    actions: ActionSet? = nil,
    condition: Condition?? = nil,
    exception: Condition?? = nil
  ) -> Rule {
    Rule(
      policy: policy,
      number: number,
      id: id,
      effect: effect ?? self.effect,
      actions: actions ?? self.actions,
      condition: condition ?? self.condition,
      exception: exception ?? self.exception,
      because: because,
      documentation: documentation,
      annotations: annotations,
      span: span,
      actionsSpan: actionsSpan
    )
  }
}

extension Assignment {
  /// The assignment with something changed; an optional of nil takes the condition away.
  func with(
    policies: [PolicyIndex]? = nil,
    subjects: [Subject]? = nil,
    places: [UnitIndex]? = nil,
    condition: Condition?? = nil
  ) -> Assignment {
    Assignment(
      policies: policies ?? self.policies,
      subjects: subjects ?? self.subjects,
      places: places ?? self.places,
      condition: condition ?? self.condition,
      annotations: annotations,
      span: span
    )
  }
}
