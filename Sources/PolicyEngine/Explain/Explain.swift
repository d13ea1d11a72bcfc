extension PolicyEngine {
  /// Decides a request and says why.
  ///
  /// Looks only at the rules that bear on the action, in the policies that are in force.
  /// - Complexity: O(policies + log rules of those in force + rules that bear on the action).
  package func explain(_ request: RequestData) -> Explanation {
    explain(request.action, classify(request))
  }

  /// Decides a request by names and says why.
  ///
  /// - Throws: `RequestRefusal` with everything in it that is wrong.
  public func explain(_ document: RequestDocument) throws(RequestRefusal) -> Explanation {
    explain(try document.resolved(in: self))
  }

  func explain(_ action: ActionIndex, _ classified: Classified) -> Explanation {
    unsafe classified.classes.withUnsafeBufferPointer { classes in
      guard let classes = classes.baseAddress else { return .byDefault }
      return unsafe explain(action, classified, classes)
    }
  }

  private func explain(
    _ action: ActionIndex,
    _ classified: Classified,
    _ classes: UnsafePointer<UInt32>
  ) -> Explanation {
    var denies: [Reason] = []
    var allows: [Reason] = []
    var misses: [NearMiss] = []
    for found in unsafe rules(for: action, classified, classes) {
      let record = tables.rules[found.rule]
      let force = min(found.force, found.truth)
      let isDeny = record.effect == 1
      let missing = unsafe missing(found, classified, classes)
      if isDeny ? force > 0 : force == 2 {
        let reason = reason(found, classified.subject, missing)
        if isDeny { denies.append(reason) } else { allows.append(reason) }
      } else if !isDeny {
        misses.append(
          NearMiss(
            rule: rule(found.rule),
            isInForce: found.force == 2,
            isRefused: found.truth == 0,
            missing: missing
          )
        )
      }
    }
    if !denies.isEmpty {
      return Explanation(
        decision: Decision(cell: 2),
        reasons: denies,
        nearMisses: []
      )
    }
    if !allows.isEmpty {
      return Explanation(decision: Decision(cell: 1), reasons: allows, nearMisses: [])
    }
    return Explanation(decision: Decision(cell: 0), reasons: [], nearMisses: misses)
  }

  /// A rule that bears on the action, in a policy that is in force, or may be.
  private struct FoundRule {
    let rule: UInt32
    let grant: SubjectGrant
    /// How surely its policy is in force: 1 or 2.
    let force: UInt32
    /// Whether its own conditions hold: 0 no, 1 unknown, 2 yes.
    let truth: UInt32
  }

  /// The rules that bear on an action, in their order, with the first of the best grants of each.
  private func rules(
    for action: ActionIndex,
    _ classified: Classified,
    _ classes: UnsafePointer<UInt32>
  ) -> [FoundRule] {
    var best = [(force: UInt32, grant: Int)](
      repeating: (0, 0),
      count: tables.policies.count
    )
    for (index, grant) in classified.grants.enumerated() {
      let force = unsafe tables.deciding.force(grant, unit: classified.unit, classes)
      guard force > 0 else { continue }
      for position in tables.policies[grant.policy].closure.range {
        let policy = Int(tables.policyLists[position])
        if force > best[policy].force { best[policy] = (force, index) }
      }
    }
    var found: [FoundRule] = []
    for (policy, (force, grant)) in best.enumerated() where force > 0 {
      let ranges = tables.policies[policy].ruleRanges.range
      tables.forEachRule(of: UInt32(action.position), in: ranges) { rule in
        let table = tables.rules[rule].guardTable
        let truth =
          unsafe table == ArtifactFormat.none ? 2 : tables.deciding.outcome(table, classes)
        found.append(
          FoundRule(rule: rule, grant: classified.grants[grant], force: force, truth: truth)
        )
      }
    }
    return found.sorted { $0.rule < $1.rule }
  }

  private func reason(
    _ found: FoundRule,
    _ subject: SubjectData,
    _ missing: [String]
  ) -> Reason {
    let isAssigned = found.grant.assignment != ArtifactFormat.none
    let isHeld = !isAssigned && found.grant.holding < subject.held.count
    return Reason(
      rule: rule(found.rule),
      policy: tables.text(tables.policies[found.grant.policy].name) ?? "",
      grant: isAssigned
        ? .assignment(place(ofAssignment: found.grant.assignment))
        : isHeld
          ? .held(unit: path(of: subject.held[found.grant.holding].unit))
          : granted(subject.given[found.grant.holding - subject.held.count]),
      missing: missing,
      policyIndex: PolicyIndex(Int(found.grant.policy)),
      assignment: isAssigned ? AssignmentIndex(Int(found.grant.assignment)) : nil,
      holding: isHeld ? found.grant.holding : nil
    )
  }

  private func granted(_ given: GivenPolicy) -> Grant {
    .granted(
      to: given.subject,
      unit: path(of: given.unit),
      condition: given.condition.flatMap { tables.conditionName(ofAssignment: $0) }
    )
  }

  private func path(of unit: UnitIndex?) -> String? {
    unit.flatMap { tables.text(tables.units[$0.position].path) }
  }

  /// What the request does not say of what a rule and its grant read; nothing for a sure one.
  private func missing(
    _ found: FoundRule,
    _ classified: Classified,
    _ classes: UnsafePointer<UInt32>
  ) -> [String] {
    var names: [String] = []
    if found.force == 1 {
      if found.grant.truth == 1 { names.append("the principal's id or groups") }
      let place = UnitCode.place(
        found.grant.low,
        found.grant.high,
        covers: classified.unit
      )
      if place == 1 { names.append("the resource's unit") }
      if found.grant.condition != ArtifactFormat.none {
        names += unsafe tables.missing(in: found.grant.condition, classes)
      }
    }
    let table = tables.rules[found.rule].guardTable
    if found.truth < 2, table != ArtifactFormat.none {
      names += unsafe tables.missing(in: table, classes)
    }
    var result: [String] = []
    for name in names where !result.contains(name) { result.append(name) }
    return result
  }
}

extension Tables {
  /// Calls a function with each rule that has a range around an action.
  ///
  /// The ranges of a policy are an implicit interval tree: the root is in the middle. A rule's own
  /// ranges are disjoint, so that it comes once. - Complexity: O(log ranges + rules found).
  func forEachRule(of action: UInt32, in ranges: Range<Int>, _ body: (UInt32) -> Void) {
    guard !ranges.isEmpty else { return }
    let middle = (ranges.lowerBound + ranges.upperBound) / 2
    let record = ruleRanges[middle]
    guard record.highest > action else { return }
    forEachRule(of: action, in: ranges.lowerBound..<middle, body)
    guard record.lower <= action else { return }
    if record.upper > action { body(record.rule) }
    forEachRule(of: action, in: middle + 1..<ranges.upperBound, body)
  }
}
